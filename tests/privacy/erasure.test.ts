import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";
import { verifyReceipts } from "~/commands";
import type { Context, ShopperActor } from "~/context";
import { note } from "~/conversations/note";
import { findOrOpen } from "~/conversations/open";
import { receive } from "~/conversations/receive";
import { createDraft } from "~/draft-orders/create";
import { prepareDraft } from "~/draft-orders/prepare";
import { change } from "~/events/change";
import { NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { downloadDataRequest, listDataRequests } from "~/privacy/data-requests";
import { eraseCustomer } from "~/privacy/erase-customer";
import { eraseShop, shopTables } from "~/privacy/erase-shop";
import { isGenuine, type Receipt } from "~/privacy/receipt";
import { viewPage } from "~/visitors/view-page";
import { SHOP } from "../dev/shopify/admin-api/small-world";
import { type Stage, setStage, webhook } from "../support/stage";
import { unzip } from "../support/unzip";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

const ada = { shopifyCustomerId: "gid://shopify/Customer/601", email: "ada@berg.example", phone: "+49301234567" };

/** Someone who wrote, looked at pages, filled a cart and got a draft order, with a note by staff and a picture. */
async function life(options: { signedInAs?: string; email?: string }) {
  const shopper = await stage.shopper(options);
  const { prisma } = stage.app.db;
  const visitor = await prisma.visitor.findFirstOrThrow({ where: { id: shopper.actor.visitorId } });
  const customerId = visitor.customerId ?? "";
  if (options.email) {
    const now = stage.clock.now();
    const identity = { kind: "email", value: options.email, grade: "claimed", proof: "typed in the chat" };
    await prisma.identity.create({
      data: { shopId: shopper.shop.id, id: newId(), customerId, ...identity, firstSeenAt: now, lastSeenAt: now },
    });
  }
  const conversation = await change(shopper, (tx) => findOrOpen(tx, shopper));
  const attachment = await attach(shopper);
  const message = { text: "My address is Torstraße 1 <b>bold</b>", clientKey: newId(), attachmentIds: [attachment] };
  await receive(shopper, { conversationId: conversation.id, ...message });
  await note(stage.staff, { conversationId: conversation.id, text: "Lives in Berlin", clientKey: newId() });
  await viewPage(shopper, { url: "/products/field-jacket", title: "Field Jacket", productId: 1 });
  const cart = await stage.cart(shopper);
  const { form } = await prepareDraft(stage.staff, { cartId: cart.id, conversationId: conversation.id });
  const draft = await createDraft(stage.staff, form);
  return { shopper, customerId, conversation, cart, draft };
}

async function attach(shopper: Context<ShopperActor>): Promise<string> {
  const id = newId();
  await stage.app.db.prisma.attachment.create({
    data: {
      shopId: shopper.shop.id,
      id,
      owner: `visitor:${shopper.actor.visitorId}`,
      name: "me.png",
      mediaType: "image/png",
      size: 3,
      content: Buffer.from("png"),
      at: stage.clock.now(),
    },
  });
  return id;
}

/** Rows of each table in which one of these ids or texts occurs anywhere. */
async function tracesOf(...marks: string[]): Promise<string[]> {
  const { rows } = await stage.app.db.sql.query<{ table: string }>(
    `SELECT c.table_name AS "table" FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND c.column_name IN ('shopId', 'shopDomain') AND t.table_type = 'BASE TABLE'
      GROUP BY 1 ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { table } of rows) {
    const text = `SELECT count(*)::int AS n FROM "${table}" r WHERE ${marks.map((_, i) => `strpos(r::text, $${i + 1}) > 0`).join(" OR ")}`;
    const { rows: counted } = await stage.app.db.sql.query<{ n: number }>(text, marks);
    if ((counted[0]?.n ?? 0) > 0) found.push(table);
  }
  return found;
}

describe("customers/redact", () => {
  it("leaves nothing of the person and everything of the others", async () => {
    const one = await life({ signedInAs: ada.shopifyCustomerId });
    const other = await life({ email: "someone@else.example" });
    const marks = [one.customerId, one.shopper.actor.visitorId, one.conversation.id, one.cart.id, one.draft.id];
    expect((await tracesOf(...marks)).length).toBeGreaterThan(8);
    const before = await tracesOf(other.customerId, other.shopper.actor.visitorId, other.conversation.id);

    const payload = {
      shop_id: 1,
      shop_domain: SHOP,
      customer: { id: 601, email: ada.email, phone: ada.phone },
      orders_to_redact: [],
    };
    const { action } = await import("~/routes/webhooks");
    const request = webhook(SHOP, "customers/redact", JSON.stringify(payload));
    expect(
      (
        await action({
          request,
          params: { subject: "compliance" },
          context: { requestId: "test", address: "127.0.0.1" },
        })
      ).status,
    ).toBe(200);
    await stage.work();

    // The audit log keeps our own ids, which lead nowhere any more.
    expect((await tracesOf(...marks)).filter((table) => table !== "audit_entry")).toEqual([]);
    expect(await tracesOf(ada.email, ada.shopifyCustomerId)).toEqual([]);
    expect(await tracesOf(other.customerId, other.shopper.actor.visitorId, other.conversation.id)).toEqual(before);
  });

  it("finds the person by address where nothing says that it is someone else", async () => {
    const claimed = await life({ email: ada.email });
    const { erased } = await eraseCustomer(stage.staff, ada);
    for (const table of ["customer", "conversation", "message", "note", "cart", "visitor"]) {
      expect(erased.find((line) => line.table === table)?.rows, table).toBe(1);
    }
    expect(await tracesOf(claimed.customerId, claimed.conversation.id)).toEqual([]);
  });

  it("takes only the address from another customer who once typed it", async () => {
    const ben = await life({ signedInAs: "gid://shopify/Customer/602", email: ada.email });
    await eraseCustomer(stage.staff, ada);
    expect(await stage.app.db.prisma.conversation.count({ where: { id: ben.conversation.id } })).toBe(1);
    expect(await tracesOf(ada.email)).toEqual([]);
  });

  it("is harmless when repeated, and reaches no other shop", async () => {
    const { erased } = await eraseCustomer(stage.stranger, ada);
    expect(erased.every(({ rows }) => rows === 0)).toBe(true);
  });
});

describe("customers/data_request", () => {
  it("gathers what we keep, for staff to hand over, once a request", async () => {
    const cy = await life({ signedInAs: "gid://shopify/Customer/603" });
    // Somebody else, who typed the address: what they wrote is not to be handed to its owner.
    const stranger = await life({ email: "cy@example.com" });
    const payload = {
      shop_domain: SHOP,
      orders_requested: [],
      customer: { id: 603, email: "cy@example.com", phone: null },
      data_request: { id: 77 },
    };
    const { action } = await import("~/routes/webhooks");
    for (const _ of [1, 2]) {
      const request = webhook(SHOP, "customers/data_request", JSON.stringify(payload));
      await action({
        request,
        params: { subject: "compliance" },
        context: { requestId: "test", address: "127.0.0.1" },
      });
      await stage.work();
    }
    const requests = await stage.app.db.prisma.dataRequest.findMany({ where: { requestId: "77" } });
    expect(requests).toHaveLength(1);
    expect(await listDataRequests(stage.staff)).toEqual([
      expect.objectContaining({ id: requests[0]?.id, downloadedAt: null }),
    ]);
    const download = (ctx = stage.staff) => downloadDataRequest(ctx, requests[0]?.id ?? "");
    const { name, content } = await download();
    expect(name).toBe("data-of-customer-603.zip");
    const files = unzip(await buffer(content));
    expect([...files.keys()]).toEqual(["your-data.html", "data.json", "files/1-me.png"]);
    expect(files.get("files/1-me.png")?.toString()).toBe("png");
    const text = files.get("data.json")?.toString() ?? "";
    const page = files.get("your-data.html")?.toString() ?? "";
    const data = JSON.parse(text) as Record<string, unknown[]>;
    expect(data.message).toHaveLength(1);
    expect(data.customer).toEqual([expect.objectContaining({ id: cy.customerId })]);
    for (const word of ["Torstraße 1", "Lives in Berlin", "/products/field-jacket", cy.draft.name, "files/1-me.png"]) {
      expect(page).toContain(word);
    }
    // A page of its own: nothing is loaded from anywhere, and what people wrote is no markup.
    expect(page).not.toMatch(/<script|src=|href="(?!files\/)|@import|url\(/);
    expect(page).toContain("&lt;b&gt;bold&lt;/b&gt;");
    for (const word of [
      cy.customerId,
      "Torstraße 1",
      "Lives in Berlin",
      "/products/field-jacket",
      cy.cart.id,
      cy.draft.name,
      "me.png",
    ]) {
      expect(text).toContain(word);
    }
    expect(text).not.toContain(stranger.customerId);
    expect(text).not.toContain(stranger.cart.id);
    expect(page).not.toContain(stranger.conversation.id);
    expect(requests[0]?.unprovenConversationIds).toEqual([stranger.conversation.id]);
    // What proves a browser stays ours.
    expect(text).not.toContain("keyHash");

    const audited = await stage.app.db.prisma.auditEntry.count({ where: { action: "data-request.downloaded" } });
    expect(audited).toBe(1);
    expect((await listDataRequests(stage.staff))[0]?.downloadedAt).not.toBeNull();
    expect(await listDataRequests(stage.stranger)).toEqual([]);
    await expect(download(stage.stranger)).rejects.toBeInstanceOf(NotFound);
  });
});

describe("shop/redact", () => {
  it("knows every table that has rows of a shop", async () => {
    const { rows } = await stage.app.db.sql.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'shopId'
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...shopTables].sort());
  });

  it("does nothing to a shop that is installed, and erases one that is not", async () => {
    const { action } = await import("~/routes/webhooks");
    const redact = async () => {
      const request = webhook(SHOP, "shop/redact", JSON.stringify({ shop_id: 1, shop_domain: SHOP }));
      await action({
        request,
        params: { subject: "compliance" },
        context: { requestId: "test", address: "127.0.0.1" },
      });
      await stage.work();
    };
    await redact();
    expect(await stage.app.db.prisma.shop.count({ where: { domain: SHOP } })).toBe(1);

    // Shopify that does not answer proves nothing: the job is tried again instead.
    stage.trouble.next = ["502", "502", "502", "502"];
    await redact();
    expect(await stage.app.db.prisma.shop.count({ where: { domain: SHOP } })).toBe(1);

    await stage.app.db.prisma.shop.updateMany({ where: { domain: SHOP }, data: { uninstalledAt: stage.clock.now() } });
    await redact();
    expect(await tracesOf(stage.staff.shop.id, SHOP)).toEqual([]);
    expect(await stage.app.db.prisma.session.count({ where: { shop: SHOP } })).toBe(0);
    expect(await stage.app.db.prisma.shop.count()).toBe(1);
    await eraseShop(stage.staff);
    // One receipt, which names no shop, whatever was repeated.
    const receipts = await stage.app.db.prisma.shopErasure.findMany();
    expect(receipts).toHaveLength(1);
    expect(receipts.every(isGenuine)).toBe(true);
    expect(receipts[0]?.body).not.toContain(SHOP);
    const { erased } = JSON.parse(receipts[0]?.body ?? "") as Receipt;
    expect(erased.find(({ table }) => table === "shop")?.rows).toBe(1);
    expect(erased.find(({ table }) => table === "message")?.rows).toBeGreaterThan(0);
    expect(await verifyReceipts(stage.app.db, { say: () => undefined, signal: new AbortController().signal })).toBe(0);
    await stage.app.db.prisma.shopErasure.updateMany({ data: { signature: "AAAA" } });
    expect(await verifyReceipts(stage.app.db, { say: () => undefined, signal: new AbortController().signal })).toBe(1);
  });
});
