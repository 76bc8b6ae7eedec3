import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { rate } from "~/conversations/rate";
import { dismissSuggestion } from "~/customers/dismiss-suggestion";
import { followShopifyMerge } from "~/customers/follow-shopify-merge";
import { keepIdentity } from "~/customers/keep-identity";
import { link } from "~/customers/link";
import { membersOf } from "~/customers/members";
import { merge } from "~/customers/merge";
import { mergePreview } from "~/customers/merging/preview";
import { leavePeople } from "~/customers/settle";
import { suggestions } from "~/customers/suggest";
import { unlink } from "~/customers/unlink";
import { unmerge } from "~/customers/unmerge";
import type { Database } from "~/db.server";
import { Invalid, NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { bind } from "~/visitors/bind";
import { proofOf } from "~/visitors/proven";
import { respond, say, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { customerGid, mirrorCustomer } from "../support/mirror";

let db: Database;
let shop: TestShop;
let ctx: Context<StaffActor>;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
  ctx = await shop.staff();
});

const shopId = () => ctx.shop.id;
const person = async (about: { name?: string; gid?: string | null } = {}) => {
  const id = newId();
  const at = shop.clock.now();
  const { name = "Mia", gid = null } = about;
  await db.prisma.customer.create({
    data: { shopId: shopId(), id, name, shopifyCustomerId: gid, createdAt: at, updatedAt: at },
  });
  shop.clock.advance(1_000);
  return id;
};
const identity = (id: string, kind: "email" | "phone", value: string, grade: "claimed" | "emailed-code" = "claimed") =>
  db.prisma.$transaction((tx) => keepIdentity(tx, ctx, id, { kind, value }, { grade, proof: "test" }));
const join = (customerId: string, otherId: string, seen: string[] = []) => merge(ctx, { customerId, otherId, seen });
const personOf = async (id: string) => (await membersOf(db.prisma, shopId(), id)).personId;
const rows = () => db.prisma.customerMerge.findMany({ where: { shopId: shopId() } });

describe("merging", () => {
  it("makes two people one, whom Shopify's customer stands for, and moves nothing", async () => {
    const chat = await startChat(shop);
    const { customerId: guest } = await db.prisma.conversation.findFirstOrThrow({ where: { id: chat.id } });
    const known = await person({ name: "Ada Lund", gid: customerGid(1) });
    const { personId, mergeId } = await join(guest, known);
    expect(personId).toBe(known);
    expect((await membersOf(db.prisma, shopId(), guest)).customerIds).toEqual([known, guest]);
    expect((await db.prisma.conversation.findFirstOrThrow({ where: { id: chat.id } })).customerId).toBe(guest);
    const [entry] = await db.prisma.auditEntry.findMany({ where: { shopId: shopId(), action: "customer.merged" } });
    expect(entry?.detail).toMatchObject({ mergeId });
    const events = await db.prisma.event.findMany({ where: { shopId: shopId(), kind: "customer.merged" } });
    expect(events).toMatchObject([{ actorId: ctx.actor.id, data: { opens: false, evidence: "staff" } }]);
  });

  it("is not possible with oneself, a stranger, or another shop's person", async () => {
    const one = await person();
    await expect(join(one, one)).rejects.toThrow(Invalid);
    await expect(join(one, newId())).rejects.toThrow(NotFound);
    await expect(join(one, "nobody")).rejects.toThrow(NotFound);
    const other = await testShop(db);
    const staff = await other.staff();
    const there = newId();
    await db.prisma.customer.create({
      data: { shopId: staff.shop.id, id: there, createdAt: shop.clock.now(), updatedAt: shop.clock.now() },
    });
    await expect(join(one, there)).rejects.toThrow(NotFound);
    expect(await rows()).toEqual([]);
  });

  it("comes out the same when two agents do it at once, in either direction, or again", async () => {
    const [one, two, three] = [await person(), await person(), await person()];
    const results = await Promise.all([
      join(one, two),
      join(two, one),
      join(one, two),
      join(two, three),
      join(three, one),
    ]);
    expect(new Set(await Promise.all([one, two, three].map(personOf)))).toEqual(new Set([one]));
    expect(await rows()).toHaveLength(2);
    expect(results.filter((each) => each.mergeId === null)).toHaveLength(3);
    expect(await join(three, two)).toEqual({ personId: one, mergeId: null });
  });

  it("asks first when something speaks against it", async () => {
    const [one, two] = [await person({ gid: customerGid(1) }), await person({ gid: customerGid(2) })];
    await identity(one, "email", "one@example.com", "emailed-code");
    await identity(two, "email", "two@example.com", "emailed-code");
    await identity(two, "phone", "+4520123456");
    const preview = await mergePreview(ctx, { customerId: one, otherId: two });
    expect(preview.contradictions.map(({ key }) => key)).toEqual(["two-shopify-customers", "different-emails"]);
    expect(preview.contradictions[1]?.words).toContain("one@example.com and two@example.com");
    await expect(join(one, two, ["two-shopify-customers"])).rejects.toMatchObject({
      status: 409,
      code: "contradicted",
    });
    await dismissSuggestion(ctx, { customerId: one, otherId: two });
    await expect(join(one, two, ["two-shopify-customers", "different-emails"])).rejects.toMatchObject({ status: 409 });
    const seen = ["two-shopify-customers", "different-emails", "said-not-the-same"];
    expect((await join(one, two, seen)).mergeId).not.toBeNull();
    expect((await mergePreview(ctx, { customerId: two, otherId: one })).alreadyOne).toBe(true);
  });

  it("counts what would come together", async () => {
    const chat = await startChat(shop);
    const { customerId: guest } = await db.prisma.conversation.findFirstOrThrow({ where: { id: chat.id } });
    const known = await person({ gid: customerGid(1) });
    const { sides } = await mergePreview(ctx, { customerId: guest, otherId: known });
    expect(sides[0]).toMatchObject({ id: guest, counts: { conversations: 1, browsers: 1, notes: 0 } });
    expect(sides[1]).toMatchObject({ id: known, shopifyCustomerId: customerGid(1), counts: { conversations: 0 } });
  });
});

describe("undoing a merge", () => {
  it("splits the tree at a row in its middle", async () => {
    const [one, two, three] = [await person(), await person(), await person()];
    const first = await join(one, two);
    const second = await join(two, three);
    expect(await unmerge(ctx, first.mergeId as string)).toEqual({ apart: true });
    // The second merge was of the person whom `one` stood for.
    expect(await personOf(three)).toBe(one);
    expect(await personOf(two)).toBe(two);
    await unmerge(ctx, second.mergeId as string);
    expect(new Set(await Promise.all([one, two, three].map(personOf))).size).toBe(3);
  });

  it("is the same done twice, at once or later, and names nobody of another shop", async () => {
    const [one, two] = [await person(), await person()];
    const { mergeId } = await join(one, two);
    await Promise.all([unmerge(ctx, mergeId as string), unmerge(ctx, mergeId as string)]);
    expect(await unmerge(ctx, mergeId as string)).toEqual({ apart: true });
    expect(await db.prisma.event.count({ where: { shopId: shopId(), kind: "customer.unmerged" } })).toBe(1);
    const stranger = await (await testShop(db)).staff();
    await expect(unmerge(stranger, mergeId as string)).rejects.toThrow(NotFound);
    await expect(unmerge(ctx, "none")).rejects.toThrow(NotFound);
  });

  it("leaves two people one whom the shopper has proven to be one as well", async () => {
    const chat = await startChat(shop);
    const conversation = await db.prisma.conversation.findFirstOrThrow({ where: { id: chat.id } });
    const known = await person({ gid: customerGid(7) });
    const { mergeId } = await join(conversation.customerId, known);
    const visitor = await db.prisma.visitor.findFirstOrThrow({ where: { id: conversation.visitorId as string } });
    await db.prisma.$transaction((tx) => bind(tx, ctx, visitor, customerGid(7)));
    expect(await unmerge(ctx, mergeId as string)).toEqual({ apart: false });
    expect(await personOf(conversation.customerId)).toBe(known);
  });

  it("cuts a conversation in which both wrote, each message to its writer's", async () => {
    const chat = await startChat(shop, "Guest one");
    await respond(ctx, chat.id, "Answer to the guest");
    shop.clock.advance(60_000);
    const conversation = await db.prisma.conversation.findFirstOrThrow({ where: { id: chat.id } });
    const known = await person({ gid: customerGid(7) });
    const visitor = await db.prisma.visitor.findFirstOrThrow({ where: { id: conversation.visitorId as string } });
    await db.prisma.$transaction((tx) => bind(tx, ctx, visitor, customerGid(7)));
    const bound = await db.prisma.visitor.findFirstOrThrow({ where: { id: visitor.id } });
    const proof = await proofOf(db.prisma, shopId(), bound, shop.clock.now());
    const shopper = { ...chat.shopper, actor: { ...chat.shopper.actor, ...proof } };
    await say(shopper, chat.id, "Customer one");
    await respond(ctx, chat.id, "Answer to the customer");
    shop.clock.advance(60_000);
    await say(shopper, chat.id, "Customer two");
    await rate(shopper, { conversationId: chat.id, score: 1, comment: "The customer's opinion" });
    const draft = (name: string, createdAt: Date) =>
      db.prisma.draftOrder.create({
        data: {
          ...{ shopId: shopId(), id: newId(), shopifyDraftOrderId: `gid://shopify/DraftOrder/${name}`, name },
          ...{ conversationId: chat.id, status: "open", currency: "EUR", total: 100, createdAt, updatedAt: createdAt },
        },
      });
    await draft("#D1", new Date(shop.clock.now().getTime() - 120_000));
    await draft("#D2", shop.clock.now());
    const [row] = await rows();
    expect(row).toMatchObject({ evidence: "signed-in", opens: true });
    await unmerge(ctx, row?.id as string);
    const all = await db.prisma.conversation.findMany({
      where: { shopId: shopId() },
      orderBy: { openedAt: "asc" },
      include: { messages: { orderBy: { position: "asc" } } },
    });
    expect(all.map((each) => [each.customerId, each.messages.map(({ text }) => text)])).toEqual([
      [conversation.customerId, ["Guest one", "Answer to the guest"]],
      [known, ["Customer one", "Answer to the customer", "Customer two"]],
    ]);
    expect(all[0]).toMatchObject({
      lastMessageText: "Answer to the guest",
      lastMessageFrom: "staff",
      waitingSince: null,
    });
    expect(all[1]).toMatchObject({ lastMessageText: "Customer two", waitingSince: shop.clock.now(), status: "open" });
    const positions = all.flatMap((each) => each.messages.map(({ position }) => position));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    const drafts = await db.prisma.draftOrder.findMany({ where: { shopId: shopId() }, orderBy: { name: "asc" } });
    expect(drafts.map((each) => each.conversationId)).toEqual([all[0]?.id, all[1]?.id]);
    const ratings = await db.prisma.rating.findMany({ where: { shopId: shopId() } });
    expect(ratings).toMatchObject([{ conversationId: all[1]?.id, comment: "The customer's opinion" }]);
    const rated = await db.prisma.timelineEntry.findMany({ where: { shopId: shopId(), kind: "conversation.rated" } });
    expect(rated).toMatchObject([{ subjectId: known, ref: all[1]?.id }]);
    // The story went along: what the customer wrote is told under the customer.
    const told = await db.prisma.timelineEntry.findMany({ where: { shopId: shopId(), kind: "message.received" } });
    const ofKnown = told.filter((entry) => entry.subjectId === known);
    expect(ofKnown.map((entry) => entry.ref)).toEqual([all[1]?.id, all[1]?.id]);
    // And what is written next finds its place.
    await say({ ...shopper, actor: { ...shopper.actor, alsoProven: [] } }, all[1]?.id as string, "Customer three");
  });
});

describe("Shopify's own merge", () => {
  it("is followed once, stands for the customer that stays, and cannot be undone here", async () => {
    const gone = await person({ gid: customerGid(1) });
    for (let times = 0; times < 3; times += 1) {
      await followShopifyMerge(ctx, { from: customerGid(1), into: customerGid(2) });
    }
    const { personId, shopifyCustomerIds } = await membersOf(db.prisma, shopId(), gone);
    expect(personId).not.toBe(gone);
    expect(shopifyCustomerIds).toEqual([customerGid(2), customerGid(1)]);
    const [row, ...more] = await rows();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ evidence: "shopify", opens: false });
    await expect(unmerge(ctx, row?.id as string)).rejects.toThrow(/cannot be undone/);
    // A customer who was never in touch leaves nothing to merge.
    await followShopifyMerge(ctx, { from: customerGid(8), into: customerGid(9) });
    expect(await rows()).toHaveLength(1);
  });
});

describe("a leaf that is erased", () => {
  it("leaves the others, whose pages are told", async () => {
    const [one, two, three] = [await person({ gid: customerGid(5) }), await person(), await person()];
    await join(one, two);
    await join(one, three);
    await db.prisma.$transaction((tx) => leavePeople(tx, ctx, [one]));
    expect(await personOf(two)).toBe(two);
    expect(await personOf(three)).toBe(three);
    const told = await db.prisma.event.findMany({ where: { shopId: shopId(), kind: "customer.parted" } });
    expect(told.map((event) => event.customerId).sort()).toEqual([two, three].sort());
    expect(told.map((event) => event.data)).toEqual([{}, {}]);
  });
});

describe("suggestions", () => {
  const keys = async (id: string) => (await suggestions(ctx, id)).map(({ key }) => key);

  it("say who has the same address or number, and how each has it", async () => {
    const guest = await person({ name: "Guest" });
    await identity(guest, "email", "ada@example.com");
    const proven = await person({ name: "Ada" });
    await identity(proven, "email", "ada@example.com", "emailed-code");
    await mirrorCustomer(db, shopId(), 31, { name: "Ada Lund", email: "Ada@example.com" });
    const found = await suggestions(ctx, guest);
    expect(found.map(({ key }) => key)).toEqual([proven, "shopify/31"]);
    expect(found[0]?.evidence[0]).toBe(
      "Same e-mail address, ada@example.com: this customer says it is theirs; the other has proven it. So does one more.",
    );
    expect(found[1]).toMatchObject({ otherId: null, shopifyCustomerId: customerGid(31), name: "Ada Lund" });
    expect(await keys(proven)).toEqual(["shopify/31", guest]);
  });

  it("say nothing of what a crowd shares, of empty values, and of oneself", async () => {
    const one = await person();
    await identity(one, "phone", "+4520123456");
    for (let count = 0; count < 9; count += 1) {
      await mirrorCustomer(db, shopId(), 100 + count, { name: `Family ${count}`, phone: "+4520123456" });
    }
    await mirrorCustomer(db, shopId(), 200, { email: null, phone: null });
    expect(await keys(one)).toEqual([]);
    const two = await person({ gid: customerGid(200) });
    expect(await keys(two)).toEqual([]);
  });

  it("name a browser that was both", async () => {
    const chat = await startChat(shop);
    const { customerId, visitorId } = await db.prisma.conversation.findFirstOrThrow({ where: { id: chat.id } });
    const other = await person();
    await db.prisma.visitor.updateMany({ where: { id: visitorId as string }, data: { customerId: other } });
    expect((await suggestions(ctx, other))[0]).toMatchObject({
      key: customerId,
      evidence: ["They have used the same browser."],
    });
    expect(await keys(customerId)).toEqual([other]);
  });

  it("are never made again of two who are not the same, also when one of them is merged", async () => {
    const [one, two, three] = [await person(), await person(), await person()];
    for (const id of [one, two]) await identity(id, "email", "shared@example.com");
    expect(await keys(one)).toEqual([two]);
    await dismissSuggestion(ctx, { customerId: one, otherId: two });
    await dismissSuggestion(ctx, { customerId: two, otherId: one });
    expect(await keys(one)).toEqual([]);
    expect(await keys(two)).toEqual([]);
    await join(three, two);
    expect(await keys(one)).toEqual([]);
    expect(await keys(three)).toEqual([]);
    await expect(dismissSuggestion(ctx, { customerId: three, otherId: two })).rejects.toThrow(Invalid);
    expect(await db.prisma.auditEntry.count({ where: { shopId: shopId(), action: "customer.kept-apart" } })).toBe(1);
  });
});

describe("links", () => {
  it("hold two people together who stay two, once, until they are ended", async () => {
    const [one, two] = [await person(), await person()];
    const { linkId } = await link(ctx, { customerId: one, otherId: two, kind: "household" });
    expect(await link(ctx, { customerId: two, otherId: one, kind: "household" })).toEqual({ linkId });
    const gift = await link(ctx, { customerId: two, otherId: one, kind: "gift-giver" });
    expect(gift.linkId).not.toBe(linkId);
    expect(await personOf(one)).not.toBe(await personOf(two));
    const against = await mergePreview(ctx, { customerId: one, otherId: two });
    expect(against.contradictions.map(({ key }) => key)).toEqual(["linked"]);
    for (const id of [linkId, linkId, gift.linkId]) await unlink(ctx, id);
    expect((await mergePreview(ctx, { customerId: one, otherId: two })).contradictions).toEqual([]);
    await expect(link(ctx, { customerId: one, otherId: one, kind: "household" })).rejects.toThrow(Invalid);
    await expect(link(ctx, { customerId: one, otherId: two, kind: "rival" })).rejects.toThrow(Invalid);
    await expect(unlink(ctx, newId())).rejects.toThrow(NotFound);
  });
});
