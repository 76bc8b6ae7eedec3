import { beforeAll, describe, expect, it } from "vitest";
import { join } from "~/customers/join";
import { lockPeople } from "~/customers/settle";
import { unmerge } from "~/customers/unmerge";
import { resetLimits } from "~/http/limits";
import { verifyVisitorToken } from "~/http/visitor-token";
import { startChat } from "~/live-view/start-chat";
import { newId } from "~/platform/ids";
import { action as verify } from "~/routes/storefront.verify";
import type { ConfirmAnswer } from "~/visitors/answers";
import { codeOf } from "~/visitors/code";
import { say } from "~/visitors/say";
import { startSession } from "~/visitors/start-session";
import { chatState } from "~/visitors/state";
import { mirrorCustomer } from "../support/mirror";
import { post, type Storefront, testStorefront } from "../support/storefront";

/** Longer than a confirmed code holds. */
const tooLong = 31 * 86_400_000;

let front: Storefront;
beforeAll(async () => {
  // Nothing is sent: the codes are computed.
  process.env.SMTP_URL = "smtp://127.0.0.1:9";
  process.env.MAIL_FROM = "support@throughline.example";
  front = await testStorefront();
});

const shopId = () => front.shop.base.shop.id;
const ask = (token: string, body: object) => {
  resetLimits();
  return front.ask(verify, "/storefront/verify", token, post(body));
};
const proven = async (token: string, email: string): Promise<ConfirmAnswer> => {
  expect((await ask(token, { act: "request", email })).status).toBe(200);
  const { actor } = await front.shopper(token);
  const row = await front.app.db.prisma.emailCode.findFirstOrThrow({
    where: { visitorId: actor.visitorId, usedAt: null },
    orderBy: { createdAt: "desc" },
  });
  const response = await ask(token, { act: "confirm", code: codeOf(row) });
  expect(response.status).toBe(200);
  return (await response.json()) as ConfirmAnswer;
};
const write = async (token: string, text: string, more = {}) =>
  (await say(await front.shopper(token), { text, clientKey: newId(), attachmentIds: [], consented: false, ...more }))
    .message;
const visitorOf = async (token: string) => {
  const { actor } = await front.shopper(token);
  return front.app.db.prisma.visitor.findFirstOrThrow({ where: { id: actor.visitorId }, include: { customer: true } });
};
const reaches = async (token: string, conversationId: string) => {
  if (!(await verifyVisitorToken(token, front.app))) return false;
  return chatState(await front.shopper(token), null, conversationId).then(
    () => true,
    () => false,
  );
};
const again = (opened: { key: string | null }, customer?: number) =>
  front.open({ key: opened.key }, customer ? { customer } : {});

describe("a browser in which an address was confirmed", () => {
  it("stays closed to who confirms another there after it has lapsed", async () => {
    const phone = await front.open();
    const { conversationId } = await write(phone.token, "A's secret");
    await proven(phone.token, "a1@example.com");
    const shared = await front.open();
    await proven(shared.token, "a1@example.com");
    front.clock.advance(tooLong);
    const later = await again(shared);
    expect(later.key).not.toBeNull();
    expect(await reaches(later.token, conversationId)).toBe(false);
    await proven(later.token, "b1@example.com");
    expect(await reaches(later.token, conversationId)).toBe(false);
    const bPhone = await front.open();
    await proven(bPhone.token, "b1@example.com");
    expect(await reaches(bPhone.token, conversationId)).toBe(false);
  });

  it("is another visitor once another address is confirmed there, with a key of its own", async () => {
    const shared = await front.open();
    const { conversationId } = await write(shared.token, "A's secret");
    expect((await proven(shared.token, "a2@example.com")).key).toBeNull();
    const answer = await proven(shared.token, "b2@example.com");
    expect(answer.key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(answer).toMatchObject({ conversation: null, visitor: { confirmed: true, consented: false } });
    expect(await verifyVisitorToken(shared.token, front.app)).toBeNull();
    const b = await again(answer);
    expect(b).toMatchObject({ key: null, conversation: null, visitor: { confirmed: true } });
    expect(await reaches(b.token, conversationId)).toBe(false);
    const own = await write(b.token, "B's own");
    const bPhone = await front.open();
    expect((await proven(bPhone.token, "b2@example.com")).conversation?.id).toBe(own.conversationId);
    const aPhone = await front.open();
    expect((await proven(aPhone.token, "a2@example.com")).conversation?.id).toBe(conversationId);
    expect(await front.app.db.prisma.customerMerge.count({ where: { shopId: shopId() } })).toBe(0);
  });

  it("goes on when it is the same address once more", async () => {
    const { token } = await front.open();
    await proven(token, "a3@example.com");
    const before = await visitorOf(token);
    front.clock.advance(60_000);
    expect((await proven(token, "a3@example.com")).key).toBeNull();
    const after = await visitorOf(token);
    expect(after).toMatchObject({ id: before.id, customerId: before.customerId });
    expect(after.confirmedAt).not.toEqual(before.confirmedAt);
  });

  it("stays closed to who signs in there, and who signs in to it", async () => {
    const phone = await front.open();
    const secret = await write(phone.token, "A's secret");
    await proven(phone.token, "a4@example.com");
    const shared = await front.open();
    await proven(shared.token, "a4@example.com");
    const b = await again(shared, 70_002);
    expect(b.key).not.toBeNull();
    expect(await reaches(b.token, secret.conversationId)).toBe(false);
    const own = await write(b.token, "B's secret");
    const bPhone = await front.open({}, { customer: 70_002 });
    expect(await reaches(bPhone.token, secret.conversationId)).toBe(false);
    expect(await reaches((await again(phone)).token, own.conversationId)).toBe(false);
  });

  it("stays closed to another customer of Shopify's who signs in there", async () => {
    await mirrorCustomer(front.app.db, shopId(), 70_010, { email: "a5@example.com" });
    const shared = await front.open();
    await proven(shared.token, "a5@example.com");
    const { conversationId } = await write(shared.token, "A's words");
    expect(await reaches((await again(shared, 70_011)).token, conversationId)).toBe(false);
    expect(await reaches((await front.open({}, { customer: 70_010 })).token, conversationId)).toBe(true);
  });

  it("goes on for the customer of Shopify's whose address it is", async () => {
    const shared = await front.open();
    const { conversationId } = await write(shared.token, "Before I had an account");
    await proven(shared.token, "own@example.com");
    await mirrorCustomer(front.app.db, shopId(), 70_020, { email: "own@example.com" });
    await front.app.db.prisma.shopifyCustomer.updateMany({ data: { emailVerified: true } });
    const signedIn = await again(shared, 70_020);
    expect(signedIn.key).toBeNull();
    expect(await reaches((await front.open({}, { customer: 70_020 })).token, conversationId)).toBe(true);
  });

  it("does not when Shopify has not verified the address", async () => {
    const shared = await front.open();
    const { conversationId } = await write(shared.token, "A's words");
    await proven(shared.token, "unverified@example.com");
    await mirrorCustomer(front.app.db, shopId(), 70_021, { email: "unverified@example.com" });
    await front.app.db.prisma.shopifyCustomer.updateMany({ data: { emailVerified: false } });
    expect(await reaches((await again(shared, 70_021)).token, conversationId)).toBe(false);
  });

  it("writes nothing of the person's after it has lapsed, and nobody reads there what staff write to them", async () => {
    await mirrorCustomer(front.app.db, shopId(), 70_030, { email: "a6@example.com" });
    const shared = await front.open();
    await proven(shared.token, "a6@example.com");
    const { visitorId } = (await front.shopper(shared.token)).actor;
    const { conversationId } = await startChat(await front.shop.staff(), visitorId);
    expect(await reaches(shared.token, conversationId)).toBe(true);
    front.clock.advance(tooLong);
    expect(await verifyVisitorToken(shared.token, front.app)).toBeNull();
    const later = await again(shared);
    const strangers = await write(later.token, "I am a stranger");
    expect(await reaches(later.token, conversationId)).toBe(false);
    const a = await front.open({}, { customer: 70_030 });
    expect(await reaches(a.token, strangers.conversationId)).toBe(false);
    expect((await visitorOf(later.token)).customer?.shopifyCustomerId ?? null).toBeNull();
  });

  it("has a token that ends with the proof, before a new session is asked for", async () => {
    const { token } = await front.open();
    await proven(token, "a7@example.com");
    await front.app.db.prisma.visitor.updateMany({
      where: { id: (await visitorOf(token)).id },
      data: { confirmedAt: new Date(front.clock.now().getTime() - tooLong) },
    });
    expect(await verifyVisitorToken(token, front.app)).toBeNull();
  });
});

it("opens and joins nothing while somebody is signed in", async () => {
  const { token } = await front.open({}, { customer: 70_040 });
  const { conversationId } = await write(token, "The customer's");
  expect(await proven(token, "visitor@example.com")).toMatchObject({ key: null, visitor: { signedIn: true } });
  const phone = await front.open();
  await proven(phone.token, "visitor@example.com");
  expect(await reaches(phone.token, conversationId)).toBe(false);
});

describe("sign-ins at once", () => {
  const session = (key: string | null, customer: number) =>
    startSession({ ...front.shop.base, actor: { kind: "app" } } as never, {
      key,
      signedInAs: `gid://shopify/Customer/${customer}`,
      tracking: false,
      locale: null,
      countryCode: null,
    });

  it("of two guests' browsers as one new customer both succeed", async () => {
    for (let customer = 71_000; customer < 71_005; customer += 1) {
      const guests = [await front.open(), await front.open()];
      for (const guest of guests) await write(guest.token, "Hello");
      const [one, other] = await Promise.all(guests.map((guest) => session(guest.key, customer)));
      expect(one?.visitor.customerId).toBe(other?.visitor.customerId);
    }
  });

  it("of a guest's and of a browser without a key both succeed", async () => {
    for (let customer = 71_100; customer < 71_105; customer += 1) {
      const guest = await front.open();
      await write(guest.token, "Hello");
      const [one, other] = await Promise.all([session(guest.key, customer), session(null, customer)]);
      expect(one.visitor.customerId).toBe(other.visitor.customerId);
    }
  });

  it("wait for a merge that is under way, without waiting for each other", async () => {
    const guest = await front.open();
    await write(guest.token, "Hello");
    const fromId = (await visitorOf(guest.token)).customerId as string;
    const intoId = (await visitorOf((await front.open({}, { customer: 71_200 })).token)).customerId as string;
    const staff = await front.shop.staff();
    let signingIn: Promise<unknown> = Promise.resolve();
    await front.app.db.prisma.$transaction(async (tx) => {
      await lockPeople(tx, shopId());
      signingIn = session(guest.key, 71_201);
      await new Promise((resolve) => setTimeout(resolve, 300));
      // As a merge does: rows that the sign-in needs.
      await tx.$queryRaw`SELECT 1 FROM "visitor" WHERE "customerId" = ${fromId}::uuid FOR UPDATE`;
      await join(tx, staff, { fromId, intoId, evidence: "staff" });
    });
    await signingIn;
    expect((await visitorOf(((await again(guest, 71_201)) as { token: string }).token)).signedInAs).toContain("71201");
  });
});

describe("an undone merge", () => {
  it("of a sign-in ends the browser that had both", async () => {
    const guest = await front.open();
    const { conversationId } = await write(guest.token, "The guest's words");
    const fromId = (await visitorOf(guest.token)).customerId as string;
    const elsewhere = await front.open({}, { customer: 72_001 });
    const signedIn = await again(guest, 72_001);
    expect(await reaches(signedIn.token, conversationId)).toBe(true);
    const row = await front.app.db.prisma.customerMerge.findFirstOrThrow({ where: { fromId } });
    await unmerge(await front.shop.staff(), row.id);
    expect(await verifyVisitorToken(signedIn.token, front.app)).toBeNull();
    const anew = await again(guest, 72_001);
    expect(anew.key).not.toBeNull();
    expect(await reaches(anew.token, conversationId)).toBe(false);
    expect(await verifyVisitorToken(elsewhere.token, front.app)).not.toBeNull();
  });

  it("of an e-mailed code does too, also for what was written in the other's chat", async () => {
    const phone = await front.open();
    const first = await write(phone.token, "A's");
    await proven(phone.token, "a8@example.com");
    const laptop = await front.open();
    front.clock.advance(1_000);
    const own = await write(laptop.token, "B's before");
    const fromId = (await visitorOf(laptop.token)).customerId as string;
    front.clock.advance(1_000);
    await proven(laptop.token, "a8@example.com");
    const row = await front.app.db.prisma.customerMerge.findFirstOrThrow({ where: { fromId } });
    await unmerge(await front.shop.staff(), row.id);
    expect(await verifyVisitorToken(laptop.token, front.app)).toBeNull();
    expect(await reaches(phone.token, first.conversationId)).toBe(true);
    expect(await reaches(phone.token, own.conversationId)).toBe(false);
  });
});
