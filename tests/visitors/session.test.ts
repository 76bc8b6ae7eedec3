import { beforeAll, describe, expect, it } from "vitest";
import { join } from "~/customers/join";
import { verifyVisitorToken } from "~/http/visitor-token";
import { newId } from "~/platform/ids";
import { claim } from "~/visitors/claim";
import { say } from "~/visitors/say";
import { type Storefront, testStorefront } from "../support/storefront";

let front: Storefront;
beforeAll(async () => {
  front = await testStorefront();
});

const gid = (id: number) => `gid://shopify/Customer/${id}`;
const write = async (token: string, text: string, more = {}) =>
  say(await front.shopper(token), { text, clientKey: newId(), attachmentIds: [], consented: false, ...more });
const visitorOf = async (token: string) => {
  const { shop, actor } = await front.shopper(token);
  return front.app.db.prisma.visitor.findUniqueOrThrow({
    where: { shopId_id: { shopId: shop.id, id: actor.visitorId } },
    include: { customer: { include: { identities: true } } },
  });
};

describe("a browser's session", () => {
  it("gives a key once, keeps only its hash, and goes on with it", async () => {
    const first = await front.open();
    expect(first.key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const visitor = await visitorOf(first.token);
    expect(JSON.stringify(visitor)).not.toContain(first.key);
    const again = await front.open({ key: first.key });
    expect(again.key).toBeNull();
    expect((await visitorOf(again.token)).id).toBe(visitor.id);
  });

  it.each([["unknown"], [{ $ne: null }], [""], ["A".repeat(43)], [7]])(
    "takes the key %j for none and gives a new one",
    async (key) => {
      expect((await front.open({ key })).key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    },
  );

  it("counts a new visit after half an hour of silence, not before", async () => {
    const { key } = await front.open();
    front.clock.advance(29 * 60_000);
    expect((await visitorOf((await front.open({ key })).token)).visits).toBe(1);
    front.clock.advance(31 * 60_000);
    expect((await visitorOf((await front.open({ key })).token)).visits).toBe(2);
  });

  it("keeps page and country only when tracking is allowed", async () => {
    const page = { url: "/products/field-jacket?email=a@b.example", title: "Field Jacket", product: 12 };
    const silent = await visitorOf((await front.open({ page, country: "DK", tracking: false })).token);
    expect(silent).toMatchObject({ pageUrl: null, countryCode: null, trackingAllowed: false });
    const allowed = await visitorOf((await front.open({ page, country: "DK", tracking: true })).token);
    expect(allowed).toMatchObject({ pageUrl: "/products/field-jacket", pageTitle: "Field Jacket", countryCode: "DK" });
    const views = await front.app.db.prisma.pageView.findMany({ where: { visitorId: allowed.id } });
    expect(views).toMatchObject([{ path: "/products/field-jacket", productId: "gid://shopify/Product/12" }]);
    expect(await front.app.db.prisma.pageView.count({ where: { visitorId: silent.id } })).toBe(0);
  });

  it("is the same customer on every device where they are signed in, with the same chat", async () => {
    const phone = await front.open({}, { customer: 41 });
    const { message } = await write(phone.token, "Where is my parcel?");
    const laptop = await front.open({}, { customer: 41 });
    expect(laptop.key).not.toBe(phone.key);
    expect(laptop.conversation?.messages.map((each) => each.id)).toEqual([message.id]);
    const [one, two] = [await visitorOf(phone.token), await visitorOf(laptop.token)];
    expect(one.customerId).toBe(two.customerId);
    expect(one.customer).toMatchObject({ shopifyCustomerId: gid(41) });
    expect(one.customer?.identities).toMatchObject([{ kind: "shopify-customer", value: gid(41), grade: "signed-in" }]);
  });

  it("asks Shopify who a customer is when they are first met, and not again", async () => {
    const asked = async () =>
      (
        await front.app.db.sql.query(
          `SELECT 1 FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
            WHERE t.identifier = 'know-customer' AND j.payload->>'shopifyCustomerId' = $1`,
          [gid(49)],
        )
      ).rowCount;
    await front.open();
    expect(await asked()).toBe(0);
    await front.open({}, { customer: 49 });
    await front.open({}, { customer: 49 });
    expect(await asked()).toBe(1);
  });

  it("makes one customer of two devices that come at once", async () => {
    const opened = await Promise.all([1, 2, 3, 4].map(() => front.open({}, { customer: 42 })));
    const visitors = await Promise.all(opened.map((each) => visitorOf(each.token)));
    expect(new Set(visitors.map((each) => each.customerId)).size).toBe(1);
    expect(new Set(visitors.map((each) => each.id)).size).toBe(4);
  });

  it("takes a guest's chat along when they sign in, and what they typed as a claim", async () => {
    const guest = await front.open();
    const { message } = await write(guest.token, "Hello", { name: "Mia", email: "mia@example.com" });
    const before = await visitorOf(guest.token);
    const signedIn = await front.open({ key: guest.key }, { customer: 43 });
    expect(signedIn.key).toBeNull();
    expect(signedIn.conversation?.messages.map((each) => each.id)).toEqual([message.id]);
    const after = await visitorOf(signedIn.token);
    expect(after.id).toBe(before.id);
    expect(after.customer?.identities.map(({ kind, grade }) => `${kind} ${grade}`).sort()).toEqual([
      "email claimed",
      "shopify-customer signed-in",
    ]);
    expect(await verifyVisitorToken(guest.token, front.app)).toBeNull();
  });

  it("makes a guest who signs in one person with the customer who is known already, and moves nothing", async () => {
    const known = await front.open({}, { customer: 44 });
    const guest = await front.open();
    const { message } = await write(guest.token, "Hello", { email: "kim@example.com" });
    const nobody = (await visitorOf(guest.token)).customerId as string;
    const joined = await front.open({ key: guest.key }, { customer: 44 });
    const customerId = (await visitorOf(known.token)).customerId;
    expect((await visitorOf(joined.token)).customerId).toBe(customerId);
    const conversation = await front.app.db.prisma.conversation.findFirst({ where: { id: message.conversationId } });
    expect(conversation?.customerId).toBe(nobody);
    const leaf = await front.app.db.prisma.customer.findFirst({ where: { id: nobody } });
    expect(leaf).toMatchObject({ personId: customerId, provenId: customerId });
    const ledger = await front.app.db.prisma.customerMerge.findMany({ where: { fromId: nobody } });
    expect(ledger).toMatchObject([{ intoId: customerId, evidence: "signed-in", opens: true, undoneAt: null }]);
    const identities = await front.app.db.prisma.identity.findMany({ where: { customerId: nobody } });
    expect(identities).toMatchObject([{ kind: "email", value: "kim@example.com", grade: "claimed" }]);
  });

  it("opens what a guest wrote before signing in on the customer's other devices, and takes their answer there", async () => {
    const phone = await front.open({}, { customer: 51 });
    const guest = await front.open();
    const { message } = await write(guest.token, "Do you ship to Norway?");
    await front.open({ key: guest.key }, { customer: 51 });
    const again = await front.open({ key: phone.key }, { customer: 51 });
    expect(again.conversation?.messages.map((each) => each.id)).toEqual([message.id]);
    const answer = await write(again.token, "To Bergen", { conversationId: message.conversationId, consented: true });
    const kept = await front.app.db.prisma.message.findFirst({ where: { id: answer.message.id } });
    const customer = (await visitorOf(again.token)).customerId;
    expect(kept).toMatchObject({ conversationId: message.conversationId, customerId: customer });
    expect((await front.open({ key: phone.key }, { customer: 51 })).conversation?.messages).toHaveLength(2);
  });

  it("opens nothing to a shopper because staff hold two people for one", async () => {
    const owner = await front.open({}, { customer: 52 });
    const { message } = await write(owner.token, "A secret");
    const other = await front.open({}, { customer: 53 });
    const [one, two] = [await visitorOf(owner.token), await visitorOf(other.token)];
    const ctx = { ...front.shop.base, actor: { kind: "app" as const } };
    await front.app.db.prisma.$transaction((tx) =>
      join(tx, ctx, { fromId: one.customerId as string, intoId: two.customerId as string, evidence: "staff" }),
    );
    expect((await front.open({ key: other.key }, { customer: 53 })).conversation).toBeNull();
    const said = write(other.token, "Let me in", { conversationId: message.conversationId, consented: true });
    await expect(said).rejects.toThrow(/conversation/);
  });

  it.each([
    ["a guest", undefined],
    ["another customer", 46],
  ])("shows nothing of a customer to %s who sits down after them", async (_who, next) => {
    const first = await front.open({}, { customer: 45 });
    await write(first.token, "My order is late");
    const second = await front.open({ key: first.key }, next ? { customer: next } : {});
    expect(second.key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(second.conversation).toBeNull();
    expect((await visitorOf(second.token)).customer?.shopifyCustomerId ?? null).toBe(next ? gid(next) : null);
    // The tab that the first one left open can do nothing more either, and the old key is worth nothing.
    expect(await verifyVisitorToken(first.token, front.app)).toBeNull();
    const stolen = await front.open({ key: first.key });
    expect(stolen.conversation).toBeNull();
  });

  it("gives a guest's typed address no power: not over the customer who has it", async () => {
    const owner = await front.open({}, { customer: 47 });
    await write(owner.token, "A secret");
    await front.app.db.prisma.customer.updateMany({
      where: { shopifyCustomerId: gid(47) },
      data: { email: "owner@example.com", name: "Olga" },
    });
    const guest = await front.open();
    const { state } = await write(guest.token, "Hi", { email: "owner@example.com" });
    expect(state?.conversation?.messages).toHaveLength(1);
    const [one, two] = [await visitorOf(owner.token), await visitorOf(guest.token)];
    expect(two.customerId).not.toBe(one.customerId);
    expect(two.customer?.identities).toMatchObject([{ kind: "email", grade: "claimed" }]);
  });

  it("keeps Shopify's name over a typed one while signed in", async () => {
    const { token } = await front.open({}, { customer: 48 });
    await front.app.db.prisma.customer.updateMany({ where: { shopifyCustomerId: gid(48) }, data: { name: "Olga" } });
    await claim(await front.shopper(token), { name: "Somebody Else", email: "else@example.com" });
    expect((await visitorOf(token)).customer).toMatchObject({ name: "Olga", email: null });
  });

  it("keeps shops apart: a key of one is unknown to the other", async () => {
    const here = await front.open();
    const there = await front.open({ key: here.key }, { shop: front.other });
    expect(there.key).not.toBeNull();
    expect((await visitorOf(there.token)).shopId).toBe(front.other.base.shop.id);
  });
});
