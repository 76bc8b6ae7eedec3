import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "~/platform/ids";
import { action, loader } from "~/routes/webhooks";
import { forgetWebhooks } from "~/shopify/webhooks/handle";
import { SHOP } from "../../dev/shopify/admin-api/small-world";
import { type Stage, setStage, webhook } from "../../support/stage";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

beforeEach(async () => {
  await stage.app.db.prisma.webhookDelivery.deleteMany();
  await stage.work();
});

const cart = (token: string, quantity: number, updatedAt: Date) => ({
  id: token,
  token,
  updated_at: updatedAt.toISOString(),
  created_at: updatedAt.toISOString(),
  note: null,
  line_items: [
    {
      id: 11,
      key: "11:a",
      variant_id: 11,
      product_id: 1,
      title: "Field Jacket",
      quantity,
      price: "199.00",
      line_price: String(199 * quantity),
      sku: "SKU-11",
      properties: {},
    },
  ],
});

async function send(request: Request, subject = "carts"): Promise<Response> {
  return action({ request, params: { subject }, context: { requestId: "test", address: "127.0.0.1" } });
}

const kept = () => stage.app.db.prisma.webhookDelivery.findMany();

describe("a webhook", () => {
  it("is kept and answered at once, and a job does the rest", async () => {
    const body = JSON.stringify(cart("door-1", 2, stage.clock.now()));
    const response = await send(webhook(SHOP, "carts/create", body));
    expect(response.status).toBe(200);
    expect(await stage.app.db.prisma.cart.count({ where: { token: "door-1" } })).toBe(0);
    await stage.work();
    expect(await stage.app.db.prisma.cart.findFirst({ where: { token: "door-1" } })).toMatchObject({
      itemCount: 2,
      total: 39_800,
    });
  });

  it("is forgotten but for its id once it was handled, because it holds people's addresses", async () => {
    await send(webhook(SHOP, "carts/create", JSON.stringify(cart("door-2", 1, stage.clock.now()))));
    await stage.work();
    expect(await kept()).toEqual([
      expect.objectContaining({ payload: {}, handledAt: expect.any(Date), failure: null }),
    ]);
    stage.clock.advance(8 * 86_400_000);
    await forgetWebhooks(stage.app);
    expect(await kept()).toEqual([]);
  });

  it("does its work once when it is delivered twice, also at once, and answers 200 each time", async () => {
    const id = newId();
    const body = JSON.stringify(cart("door-3", 1, stage.clock.now()));
    const deliveries = [1, 2, 3].map(() => send(webhook(SHOP, "carts/create", body, { "X-Shopify-Webhook-Id": id })));
    expect((await Promise.all(deliveries)).map(({ status }) => status)).toEqual([200, 200, 200]);
    await stage.work();
    const late = await send(webhook(SHOP, "carts/create", body, { "X-Shopify-Webhook-Id": id }));
    expect(late.status).toBe(200);
    await stage.work();
    expect(await kept()).toHaveLength(1);
    const row = await stage.app.db.prisma.cart.findFirstOrThrow({ where: { token: "door-3" } });
    // The cart, and then its lines with their pictures.
    expect(await stage.app.db.prisma.event.count({ where: { cartId: row.id } })).toBe(2);
    expect(row.lines).toEqual([
      expect.objectContaining({
        title: "Field Jacket",
        variantTitle: "Olive / M",
        image: expect.stringContaining("/cdn/"),
      }),
    ]);
  });

  it("that comes late does not bring back an older cart", async () => {
    const now = stage.clock.now().getTime();
    await send(webhook(SHOP, "carts/update", JSON.stringify(cart("door-4", 5, new Date(now - 1_000)))));
    await stage.work();
    await send(webhook(SHOP, "carts/update", JSON.stringify(cart("door-4", 1, new Date(now - 60_000)))));
    await stage.work();
    expect(await stage.app.db.prisma.cart.findFirst({ where: { token: "door-4" } })).toMatchObject({ itemCount: 5 });
  });

  it("is kept although it holds what PostgreSQL cannot: NUL and half of a surrogate pair", async () => {
    const odd = { ...cart("door-6", 1, stage.clock.now()), note: "cut\u0000 here \ud83d" };
    expect((await send(webhook(SHOP, "carts/create", JSON.stringify(odd)))).status).toBe(200);
    await stage.work();
    expect(await stage.app.db.prisma.cart.findFirst({ where: { token: "door-6" } })).toMatchObject({
      note: "cut here \ufffd",
    });
  });

  it("of a shop that we do not know is answered and dropped", async () => {
    const response = await send(webhook("nobody.myshopify.com", "carts/create", "{}"));
    expect(response.status).toBe(200);
    expect(await kept()).toEqual([]);
  });

  it("with a payload of another shape fails in the job with a reason that holds none of it, and stays", async () => {
    await send(webhook(SHOP, "carts/create", JSON.stringify({ token: 5, secret: "sam@example.com" })));
    await stage.work();
    const [row] = await kept();
    expect(row).toMatchObject({ handledAt: null, failure: "ZodError" });
    expect(row?.failure).not.toContain("sam");
  });
});

describe("the door", () => {
  const body = JSON.stringify(cart("door-5", 1, new Date("2026-11-21T12:00:00Z")));

  it.each<[string, () => Request, number]>([
    [
      "a signature of another secret",
      () => webhook(SHOP, "carts/create", body, { "X-Shopify-Hmac-Sha256": "AAAA" }),
      401,
    ],
    ["a body that was changed", () => changed(body), 401],
    ["no signature", () => without("X-Shopify-Hmac-Sha256"), 400],
    ["no topic", () => without("X-Shopify-Topic"), 400],
    ["no shop", () => without("X-Shopify-Shop-Domain"), 400],
    ["no id", () => without("X-Shopify-Webhook-Id"), 400],
    ["a body that is no JSON object", () => webhook(SHOP, "carts/create", "[1]"), 400],
    ["a body of 6 MB", () => webhook(SHOP, "carts/create", `{"x":"${"x".repeat(6_000_000)}"}`), 413],
  ])("refuses %s and keeps nothing", async (_what, request, status) => {
    expect((await send(request())).status).toBe(status);
    expect(await kept()).toEqual([]);
  });

  it("stops reading a body without a length once it is too large", async () => {
    let given = 0;
    const endless = new ReadableStream({
      pull(controller) {
        given += 1;
        if (given > 200) throw new Error("it read on");
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const { url, headers } = webhook(SHOP, "carts/create", body);
    const request = new Request(url, { method: "POST", headers, body: endless, duplex: "half" } as RequestInit);
    expect((await send(request)).status).toBe(413);
    expect(given).toBeLessThan(100);
  });

  it("has no other address", async () => {
    expect((await send(webhook(SHOP, "carts/create", body), "elsewhere")).status).toBe(404);
  });

  it("is for posting only", () => {
    expect(loader().status).toBe(405);
  });

  function without(header: string): Request {
    const request = webhook(SHOP, "carts/create", body);
    request.headers.delete(header);
    return request;
  }

  function changed(text: string): Request {
    const request = webhook(SHOP, "carts/create", text);
    return new Request(request, { body: text.replace("199.00", "1.00"), method: "POST", headers: request.headers });
  }
});

describe("app/uninstalled", () => {
  /** Whether Shopify takes the shop's token. */
  const takes = (good: boolean) => {
    const token = stage.small.shop.get("token", `shpat_${SHOP}`);
    if (token) stage.small.shop.put("token", token.accessToken, { ...token, revoked: !good });
  };
  const uninstall = async (triggeredAt: Date) => {
    const shop = JSON.stringify({ id: 1, domain: SHOP });
    await send(webhook(SHOP, "app/uninstalled", shop, { "X-Shopify-Triggered-At": triggeredAt.toISOString() }), "app");
    await stage.work();
    return stage.app.db.prisma.shop.findFirstOrThrow({ where: { domain: SHOP } });
  };

  it("ends the sessions and keeps the shop's data; one from before the last install changes nothing", async () => {
    const before = await stage.app.db.prisma.session.findMany({ where: { shop: SHOP } });
    expect(before).toHaveLength(1);
    expect((await uninstall(new Date("2025-01-01T00:00:00Z"))).uninstalledAt).toBeNull();
    expect(await stage.app.db.prisma.session.count({ where: { shop: SHOP } })).toBe(1);

    const at = stage.clock.now();
    takes(false);
    expect((await uninstall(at)).uninstalledAt).toEqual(at);
    expect(await stage.app.db.prisma.session.count({ where: { shop: SHOP } })).toBe(0);
    takes(true);

    await stage.app.db.prisma.session.createMany({ data: before });
    await stage.app.db.prisma.shop.updateMany({ where: { domain: SHOP }, data: { uninstalledAt: null } });
  });

  it("that is heard after the app was installed again ends nothing, and the installation begins anew", async () => {
    const { prisma, sql } = stage.app.db;
    const before = await prisma.session.findMany({ where: { shop: SHOP } });
    await prisma.syncRun.deleteMany();
    // Opened again in between: the door found a shop that is not marked, and a new token.
    const shop = await uninstall(stage.clock.now());
    expect(shop).toMatchObject({ uninstalledAt: null, installedAt: stage.clock.now() });
    expect(await prisma.session.findMany({ where: { shop: SHOP } })).toEqual(before);
    expect(await prisma.syncRun.count({ where: { shopId: shop.id } })).toBeGreaterThan(0);
    await prisma.syncRun.deleteMany();
    await sql.query(`SELECT graphile_worker.remove_job($1)`, [`sync ${shop.id}`]);
    stage.clock.advance(1_000);
  });

  it("waits for Shopify to say whether the token is taken, and keeps everything until then", async () => {
    const { prisma, sql } = stage.app.db;
    stage.trouble.next = Array.from({ length: 8 }, () => "502");
    expect((await uninstall(stage.clock.now())).uninstalledAt).toBeNull();
    stage.trouble.next = [];
    expect(await prisma.session.count({ where: { shop: SHOP } })).toBe(1);
    expect(await kept()).toEqual([
      expect.objectContaining({ handledAt: null, failure: expect.stringContaining("Error") }),
    ]);
    await sql.query(`DELETE FROM graphile_worker._private_jobs`);
  });
});

describe("what Shopify says of the shop and its customers", () => {
  it("is taken over: name, currency, time zone", async () => {
    const told = {
      name: "Northwind",
      email: "hi@north.example",
      currency: "EUR",
      country_code: "DE",
      iana_timezone: "Europe/Berlin",
    };
    await send(webhook(SHOP, "shop/update", JSON.stringify(told)), "app");
    await stage.work();
    expect(await stage.app.db.prisma.shop.findFirst({ where: { domain: SHOP } })).toMatchObject({
      name: "Northwind",
      timezone: "Europe/Berlin",
    });
  });

  it("is asked for anew when a customer changed, so that a late delivery brings nothing old back", async () => {
    const shopper = await stage.shopper({ signedInAs: "gid://shopify/Customer/601" });
    const stale = { id: 601, first_name: "Old", last_name: "Name", email: "old@example.com" };
    await send(webhook(SHOP, "customers/update", JSON.stringify(stale)), "customers");
    await stage.work();
    const where = { id: shopper.actor.customerId ?? "" };
    expect(await stage.app.db.prisma.customer.findFirst({ where })).toMatchObject({
      name: "Ada Berg",
      email: "ada@berg.example",
    });

    await send(webhook(SHOP, "customers/delete", JSON.stringify({ id: 601 })), "customers");
    await stage.work();
    expect(await stage.app.db.prisma.customer.findFirst({ where })).toMatchObject({
      shopifyCustomerId: null,
      name: "Ada Berg",
    });
  });

  it("shows a cart that is on its way to payment", async () => {
    const shopper = await stage.shopper();
    const { id, token } = await stage.cart(shopper);
    const at = stage.clock.now();
    const checkout = {
      id: 9,
      token: "co",
      cart_token: token,
      updated_at: at.toISOString(),
      note_attributes: [{ name: "__throughline", value: id }],
    };
    await send(webhook(SHOP, "checkouts/create", JSON.stringify(checkout)), "checkouts");
    await stage.work();
    expect(await stage.app.db.prisma.cart.findFirst({ where: { id } })).toMatchObject({
      checkoutAt: at,
      status: "active",
    });
  });

  it("updates the scopes of the offline session", async () => {
    const told = { id: 1, previous: [], current: ["write_draft_orders", "read_customers"] };
    await send(webhook(SHOP, "app/scopes_update", JSON.stringify(told)), "app");
    await stage.work();
    const session = await stage.app.db.prisma.session.findUniqueOrThrow({ where: { id: `offline_${SHOP}` } });
    expect(session.scope).toBe("read_customers,write_draft_orders");
  });
});
