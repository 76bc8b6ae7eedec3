import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalAdmin, startAdmin } from "./local-admin";

let admin: LocalAdmin;
beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.close());

describe("pages", () => {
  test.each([
    ["", "Latest orders"],
    ["/orders", "#10"],
    ["/orders?view=unfulfilled", "Orders"],
    ["/draft_orders", "#D"],
    ["/products", "in stock for"],
    ["/customers", "orders"],
    ["/themes", "meridian"],
    ["/settings/apps", "read_orders"],
  ])("%s shows what the shop has", async (path, text) => {
    const page = await admin.get(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain(text);
    expect(page.headers.get("content-security-policy")).toBe("frame-ancestors 'none'");
  });

  test("each order, draft, product and customer has its page", async () => {
    const { shop } = admin;
    const paths = [
      ...shop.all("order").map((each) => `/orders/${each.id}`),
      ...shop.all("draftOrder").map((each) => `/draft_orders/${each.id}`),
      ...shop.all("product").map((each) => `/products/${each.id}`),
      ...shop.all("customer").map((each) => `/customers/${each.id}`),
    ];
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) expect((await admin.get(path)).status, path).toBe(200);
  });

  test("what is not there, and another shop's, is not found", async () => {
    const other = admin.shopify.world.store.shop("lumen-home.myshopify.com").all("order")[0];
    expect((await admin.get("/orders/1")).status).toBe(404);
    expect((await admin.get(`/orders/${other?.id}`)).status).toBe(404);
    expect((await admin.get("/apps/another-app")).status).toBe(404);
    expect((await fetch(`${admin.shopify.origin}/store/nobody`)).status).toBe(404);
  });

  test("search finds by every word and shows markup as text", async () => {
    const customer = admin.shop.all("customer").find((each) => each.firstName);
    if (!customer) throw new Error("the seed has no customer");
    const script = "<script>alert(1)</script>";
    admin.shop.put("customer", customer.id, { ...customer, lastName: script, note: script });
    const list = await admin.get(`/customers?q=${encodeURIComponent(customer.firstName ?? "")}`);
    expect(list.text).toContain("&#60;script&#62;");
    expect(list.text).not.toContain(script);
    const page = await admin.get(`/customers/${customer.id}`);
    expect(page.text).not.toContain(script);
    expect((await admin.get("/customers?q=zzz-nobody")).text).toContain("No customers match.");
  });
});

describe("buttons", () => {
  test("a draft marked as paid becomes an order once, and the app hears of it", async () => {
    const draft = admin.shop.all("draftOrder").find((each) => each.status === "OPEN");
    const paid = await admin.post(`/draft_orders/${draft?.id}/complete`, { payment: "paid" });
    expect(paid.status).toBe(303);
    const again = await admin.post(`/draft_orders/${draft?.id}/complete`, { payment: "paid" });
    expect(again.headers.get("location")).toBe(paid.headers.get("location"));
    const order = admin.shop.all("order").find((each) => each.draftOrderId === draft?.id);
    expect(order?.financialStatus).toBe("PAID");
    expect(admin.shop.all("webhookDelivery").map((each) => each.topic)).toEqual(
      expect.arrayContaining(["orders/create", "orders/paid", "draft_orders/update"]),
    );
    expect((await admin.post(`/draft_orders/${draft?.id}/delete`)).status).toBe(404);
  });

  test("a draft that is deleted is gone, and the app hears of it", async () => {
    const draft = admin.shop.all("draftOrder").find((each) => each.status !== "COMPLETED");
    expect((await admin.post(`/draft_orders/${draft?.id}/delete`)).status).toBe(303);
    expect(admin.shop.get("draftOrder", draft?.id ?? 0)).toBeNull();
    const told = admin.shop.all("webhookDelivery").find((each) => each.topic === "draft_orders/delete");
    expect(JSON.parse(told?.body ?? "{}")).toMatchObject({ id: draft?.id });
  });

  test("an order that is sent has a tracking number and nothing left to send", async () => {
    const order = admin.shop.all("order").find((each) => !each.cancelledAt && each.fulfillmentStatus === "UNFULFILLED");
    await admin.post(`/orders/${order?.id}/fulfil`);
    await admin.post(`/orders/${order?.id}/fulfil`);
    const sent = admin.shop.get("order", order?.id ?? 0);
    expect(sent?.fulfillmentStatus).toBe("FULFILLED");
    expect(sent?.fulfillments).toHaveLength(1);
    expect(sent?.lines.every((line) => line.fulfilledQuantity === line.quantity)).toBe(true);
  });

  test("a parcel moves as the carrier reports, on its public page too, and the app hears of it", async () => {
    const order = admin.shop.all("order").find((each) => each.fulfillments[0]?.trackingUrl?.includes("/parcels/"));
    const parcel = order?.fulfillments[0];
    expect((await fetch(parcel?.trackingUrl ?? "")).status).toBe(200);
    await admin.post(`/orders/${order?.id}/parcels/${parcel?.id}`, { state: "DELIVERED" });
    expect(admin.shop.get("order", order?.id ?? 0)?.fulfillments[0]).toMatchObject({
      displayStatus: "DELIVERED",
      deliveredAt: expect.any(String),
    });
    expect(await (await fetch(parcel?.trackingUrl ?? "")).text()).toContain("It has arrived.");
    expect(admin.shop.all("webhookDelivery").map((each) => each.topic)).toContain("orders/updated");
    expect((await admin.post(`/orders/${order?.id}/parcels/${parcel?.id}`, { state: "EATEN" })).status).toBe(404);
    expect((await fetch(`${admin.shopify.origin}/parcels/nothing`)).status).toBe(404);
  });

  test("a paid order that is cancelled is refunded, its units are back, and the app hears of it once", async () => {
    const order = admin.shop
      .all("order")
      .find(
        (each) =>
          !each.cancelledAt &&
          each.fulfillments.length === 0 &&
          each.financialStatus === "PAID" &&
          each.lines[0]?.variantId,
      );
    const line = order?.lines[0];
    const stock = (): number | undefined =>
      admin.shop.get("product", line?.productId ?? 0)?.variants.find((each) => each.id === line?.variantId)
        ?.inventoryQuantity;
    const before = stock() ?? 0;
    await admin.post(`/orders/${order?.id}/cancel`);
    await admin.post(`/orders/${order?.id}/cancel`);
    expect(admin.shop.get("order", order?.id ?? 0)).toMatchObject({
      financialStatus: "REFUNDED",
      refunded: order?.totals.total,
    });
    expect(stock()).toBe(before + (line?.quantity ?? 0));
    const told = admin.shop
      .all("webhookDelivery")
      .filter((each) => each.topic === "orders/updated" && JSON.parse(each.body).cancelled_at);
    expect(told.map((each) => JSON.parse(each.body).id)).toEqual([order?.id]);
  });

  test("an order on account is paid once", async () => {
    const draft = admin.shop.all("draftOrder").find((each) => each.status !== "COMPLETED");
    const placed = await admin.post(`/draft_orders/${draft?.id}/complete`, { payment: "pending" });
    const id = Number(placed.headers.get("location")?.split("/").at(-1));
    expect(admin.shop.get("order", id)?.financialStatus).toBe("PENDING");
    await admin.post(`/orders/${id}/paid`);
    await admin.post(`/orders/${id}/paid`);
    expect(admin.shop.get("order", id)?.financialStatus).toBe("PAID");
    const told = admin.shop
      .all("webhookDelivery")
      .filter((each) => each.topic === "orders/paid" && JSON.parse(each.body).id === id);
    expect(told).toHaveLength(1);
  });

  test("stock is changed variant by variant", async () => {
    const product = admin.shop.all("product")[0];
    const variant = product?.variants[0];
    await admin.post(`/products/${product?.id}/stock`, { [`stock-${variant?.id}`]: "3", "stock-1": "9" });
    expect(admin.shop.get("product", product?.id ?? 0)?.variants[0]?.inventoryQuantity).toBe(3);
  });

  test("the theme's chat is switched off and on, with its settings", async () => {
    const off = await admin.post("/themes/current/embeds/chat", { back: "/store/northwind-outfitters/themes" });
    expect(off.headers.get("location")).toBe("/store/northwind-outfitters/themes");
    expect(await (await fetch(`${admin.base}/bridge/extensions`)).json()).toMatchObject([
      {
        handle: "storefront-chat",
        type: "theme_app_extension",
        activations: [
          { handle: "chat", status: "available", activations: [] },
          { handle: "contact-form", status: "available", activations: [] },
        ],
      },
    ]);
    await admin.post("/themes/current/embeds/chat", { on: "on", "setting-greeting": "Hej" });
    expect(await (await fetch(`${admin.base}/bridge/extensions`)).json()).toMatchObject([
      {
        activations: [
          { handle: "chat", target: "body", status: "active", activations: [{ target: "body" }] },
          { handle: "contact-form", target: "section", status: "available" },
        ],
      },
    ]);
    expect((await admin.get("/themes/current/editor")).text).toContain('value="Hej"');
  });

  test("another site cannot press them", async () => {
    const order = admin.shop.all("order").find((each) => !each.cancelledAt && each.fulfillments.length === 0);
    const path = `/orders/${order?.id}/cancel`;
    expect((await admin.post(path, {}, { origin: admin.appOrigin })).status).toBe(403);
    expect((await admin.post("/bridge/id-token", {}, { origin: "https://evil.example" })).status).toBe(403);
    expect(admin.shop.get("order", order?.id ?? 0)?.cancelledAt).toBeNull();
  });
});

describe("staff", () => {
  test("the owner is signed in until somebody else is, for one shop", async () => {
    const someone = admin.shop.all("staff").find((each) => !each.accountOwner);
    const owner = admin.shop.all("staff").find((each) => each.accountOwner);
    expect((await admin.get("")).text).toContain(`>${owner?.firstName} ${owner?.lastName}</span></summary>`);
    const switched = await admin.post("/staff", {
      staff: String(someone?.id),
      back: "/store/northwind-outfitters/orders",
    });
    expect(switched.headers.get("location")).toBe("/store/northwind-outfitters/orders");
    const cookie = switched.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await admin.get("", cookie)).text).toContain(
      `>${someone?.firstName} ${someone?.lastName}</span></summary>`,
    );
    const elsewhere = await fetch(`${admin.shopify.origin}/store/lumen-home`, { headers: { cookie } });
    expect(await elsewhere.text()).not.toContain(`${someone?.firstName} ${someone?.lastName}`);
  });

  test("nobody who does not work there can be signed in, and the way back stays in the shop", async () => {
    const stranger = admin.shopify.world.store.shop("lumen-home.myshopify.com").all("staff")[0];
    expect((await admin.post("/staff", { staff: String(stranger?.id) })).status).toBe(404);
    const owner = admin.shop.all("staff")[0];
    const away = await admin.post("/staff", { staff: String(owner?.id), back: "https://evil.example/" });
    expect(away.headers.get("location")).toBe("/store/northwind-outfitters");
  });
});

describe("the app", () => {
  test("uninstalled loses its tokens, is told, and is not opened until it is installed again", async () => {
    const { shop } = admin;
    shop.put("token", "offline", {
      accessToken: "offline",
      clientId: "throughline-local",
      kind: "offline",
      staffId: null,
      scopes: [],
      expiresAt: null,
      refreshToken: null,
      refreshTokenExpiresAt: null,
      revoked: false,
    });
    await admin.post("/settings/apps/uninstall");
    expect(shop.get("token", "offline")?.revoked).toBe(true);
    expect(shop.all("webhookDelivery").some((each) => each.topic === "app/uninstalled")).toBe(true);
    expect((await admin.get("/apps/throughline")).text).toContain("asks for access");
    await admin.post("/settings/apps/install");
    expect((await admin.get("/apps/throughline")).text).toContain("<iframe");
  });
});
