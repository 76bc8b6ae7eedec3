import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { InboundMessage } from "~/channels/channel";
import { deliver } from "~/channels/deliver";
import { adapters } from "~/channels/registry";
import { keepConsent } from "~/consent/keep";
import type { Context, StaffActor } from "~/context";
import { followUp } from "~/conversations/follow-up/follow-up";
import { shopperReceipt } from "~/conversations/seen";
import type { Database } from "~/db.server";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { claim } from "~/visitors/claim";
import { chatState } from "~/visitors/state";
import { type Chat, conversationRow, respond, say, startChat } from "../../support/chat";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";
import { arrive, plainAccount, plainChannel } from "../../support/plain-channel";

const { sent, far } = plainChannel();
Object.assign(adapters, { email: { ...adapters.sms, kind: "email" } });

let db: Database & { url: string };
let shop: TestShop;
let anna: Context<StaffActor>;
let app: Context;
let chat: Chat;
let accountId: string;
const address = "mia@example.com";
const minute = 60_000;

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  sent.length = 0;
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
  app = { ...shop.base, actor: { kind: "app" } };
  chat = await startChat(shop);
  await claim(chat.shopper, { email: address });
  accountId = (await plainAccount(shop, `help@${shopId()}.example`, "email")).id;
});

const shopId = () => shop.base.shop.id;
const jobs = async () => {
  const { rows } = await db.sql.query<{ name: string; at: Date }>(
    `SELECT t."identifier" AS "name", j."run_at" AS "at" FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t."id" = j."task_id"
      WHERE j."payload"->>'shopId' = $1 ORDER BY j."id"`,
    [shopId()],
  );
  return rows;
};
const mails = () =>
  db.prisma.message.findMany({
    where: { shopId: shopId(), conversationId: chat.id, author: "app" },
    include: { deliveries: { include: { endpoint: true } } },
    orderBy: { position: "asc" },
  });
/** The job, as late as it would come, and what it sends. */
const look = async (minutes: number): Promise<void> => {
  shop.clock.advance(minutes * minute);
  await followUp(app, chat.id);
};
const send = async (): Promise<void> => {
  for (const { id, deletedAt } of await mails()) if (!deletedAt) await deliver(app, id);
};
const answer = (more: Partial<InboundMessage> = {}): InboundMessage => ({
  type: "message",
  externalId: newId(),
  at: shop.clock.now(),
  from: { address, name: "Mia", identifier: { kind: "email", value: address }, grade: "emailed-code", proof: "signed" },
  text: "By mail: thank you!",
  files: [],
  thread: { conversationId: chat.id, references: [], others: [] },
  ...more,
});
const shown = async (of = chat) => ((await chatState(of.shopper)).conversation?.messages ?? []).map(({ text }) => text);

describe("replies that nobody saw", () => {
  it("follow in one mail, once, a while after the first of them", async () => {
    await respond(anna, chat.id, "It left yesterday.");
    const [asked] = (await jobs()).filter(({ name }) => name === "follow-up-chat");
    expect(asked?.at).toEqual(new Date(shop.clock.now().getTime() + 5 * minute));
    await respond(anna, chat.id, "Here is the number: 123.");
    expect((await jobs()).filter(({ name }) => name === "follow-up-chat")).toHaveLength(1);
    await look(4);
    expect(await mails()).toHaveLength(0);
    await look(1);
    await look(0);
    const [mail, ...more] = await mails();
    expect(more).toHaveLength(0);
    expect(mail?.text).toContain("It left yesterday.");
    expect(mail?.text).toContain("Here is the number: 123.");
    expect(mail?.text).not.toContain("Where is my parcel?");
    expect(mail?.deliveries[0]?.endpoint).toMatchObject({ address, accountId });
    await send();
    await send();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.outbound).toMatchObject({ address, conversationId: chat.id });
    expect(sent[0]?.outbound.mail?.subject).toBe("Reply from Northwind Outfitters");
    // The list goes on to show the reply, and nobody waits.
    expect(await conversationRow(db, shopId(), chat.id)).toMatchObject({
      ...{ lastMessageText: "Here is the number: 123.", lastMessageFrom: "staff", channel: "chat", waitingSince: null },
    });
  });

  it("do not follow who saw or answered them, or who is still there", async () => {
    const first = await respond(anna, chat.id, "One");
    await shopperReceipt(chat.shopper, { conversationId: chat.id, position: first.position, what: "seen" });
    await look(60);
    await respond(anna, chat.id, "Two");
    await say(chat.shopper, chat.id, "I am here");
    await look(60);
    await respond(anna, chat.id, "Three");
    const where = { shopId_id: { shopId: shopId(), id: chat.shopper.actor.visitorId } };
    shop.clock.advance(60 * minute);
    await db.prisma.visitor.update({ where, data: { lastSeenAt: shop.clock.now() } });
    await look(0);
    expect(await mails()).toHaveLength(0);
    await look(1);
    expect((await mails()).map(({ text }) => [text.includes("Three"), text.includes("Two")])).toEqual([[true, false]]);
  });

  it("leave a while between two mails, and tell nothing twice", async () => {
    await respond(anna, chat.id, "One");
    await look(5);
    await respond(anna, chat.id, "Two");
    await look(5);
    expect(await mails()).toHaveLength(1);
    await look(5);
    expect((await mails()).map(({ text }) => text.includes("One"))).toEqual([true, false]);
  });

  it("stay here when the shopper comes back before the mail has left, and are not sent then", async () => {
    const reply = await respond(anna, chat.id, "One");
    await look(5);
    await shopperReceipt(chat.shopper, { conversationId: chat.id, position: reply.position, what: "seen" });
    const [mail] = await mails();
    expect(mail).toMatchObject({ text: "", deletedAt: expect.any(Date), deliveries: [] });
    await deliver(app, mail?.id ?? "");
    expect(sent).toHaveLength(0);
  });

  it.each([
    ["it is switched off", () => set({ followUpByEmail: false })],
    ["the shop has no account for mail", () => db.prisma.channelAccount.deleteMany({ where: { shopId: shopId() } })],
    [
      "its account is paused",
      () => db.prisma.channelAccount.updateMany({ where: { shopId: shopId() }, data: { state: "paused" } }),
    ],
    ["they said no to e-mail", () => forbid()],
    ["mail to them came back", () => bounced()],
  ])("go nowhere when %s", async (_, prepare) => {
    await prepare();
    await respond(anna, chat.id, "One");
    await look(60);
    expect(await mails()).toHaveLength(0);
    expect((await conversationRow(db, shopId(), chat.id)).followedUpTo).toBe(0);
  });

  it("go nowhere from a chat in which no address was given", async () => {
    chat = await startChat(shop, "No address");
    await respond(anna, chat.id, "One");
    await look(60);
    expect(await mails()).toHaveLength(0);
  });

  it("are not shown to the shopper a second time, as the mail", async () => {
    await respond(anna, chat.id, "One");
    await look(5);
    expect(await shown()).toEqual(["Where is my parcel?", "One"]);
  });

  it("bring the conversation back to the team when the mail fails", async () => {
    await respond(anna, chat.id, "One");
    await look(5);
    far.rule = () => ({ open: false, words: "Closed.", instead: null });
    await send();
    far.rule = () => ({ open: true, until: null, words: "Any time." });
    expect((await conversationRow(db, shopId(), chat.id)).waitingSince).not.toBeNull();
  });
});

describe("the answer to such a mail", () => {
  beforeEach(async () => {
    await respond(anna, chat.id, "One");
    await look(5);
    await send();
  });

  it("joins the conversation and stands in the chat of the browser that it went out from", async () => {
    await arrive(app, accountId, [answer()]);
    expect(await shown()).toEqual(["Where is my parcel?", "One", "By mail: thank you!"]);
    expect(await conversationRow(db, shopId(), chat.id)).toMatchObject({ channel: "email", status: "open" });
  });

  it("is known by the id of the mail alone, where the account has no signed addresses", async () => {
    const [delivery] = await db.prisma.delivery.findMany({ where: { shopId: shopId() } });
    const thread = { references: [delivery?.externalId ?? ""], others: [] };
    await arrive(app, accountId, [answer({ thread })]);
    expect(await shown()).toContain("By mail: thank you!");
  });

  it("is not shown there when it is from somebody else, when it is forged, or when it answers nothing", async () => {
    const from = {
      ...answer().from,
      address: "tom@example.com",
      identifier: { kind: "email" as const, value: "tom@example.com" },
    };
    await arrive(app, accountId, [answer({ from, text: "From Tom" })]);
    const authentication = { verdict: "forged" as const, words: "" };
    const email = {
      subject: "",
      from: { name: null, address },
      to: [],
      cc: [],
      hasHtml: false,
      hasFolded: false,
      authentication,
    };
    await arrive(app, accountId, [answer({ content: { email }, text: "Forged" })]);
    await arrive(app, accountId, [answer({ thread: { references: [], others: [] }, text: "Out of the blue" })]);
    expect(await shown()).toEqual(["Where is my parcel?", "One"]);
  });

  it("opens nothing else: the browser is as unproven as before, and a stranger's sees nothing", async () => {
    await arrive(app, accountId, [answer()]);
    const stranger = await startChat(shop, "Another");
    expect(await shown(stranger)).toEqual(["Another"]);
    const visitor = await db.prisma.visitor.findFirstOrThrow({ where: { id: chat.shopper.actor.visitorId } });
    expect([visitor.signedInAs, visitor.confirmedAt]).toEqual([null, null]);
  });
});

async function set(settings: object): Promise<void> {
  await db.prisma.shop.update({ where: { id: shopId() }, data: { settings } });
}

async function forbid(): Promise<void> {
  await change(app, (tx) =>
    keepConsent(tx, app, {
      ...{ customerId: chat.shopper.actor.customerId, visitorId: chat.shopper.actor.visitorId, channel: "email" },
      ...{ purpose: "service", state: "withdrawn", at: shop.clock.now(), touchpoint: "Said so", wording: null },
      ...{ language: null, source: "staff", endpoint: { kind: "email", value: address } },
    }),
  );
}

async function bounced(): Promise<void> {
  const { customerId } = await conversationRow(db, shopId(), chat.id);
  await db.prisma.endpoint.create({
    data: {
      ...{ shopId: shopId(), id: newId(), accountId, customerId, address, createdAt: shop.clock.now() },
      ...{ closedAt: shop.clock.now(), closedBecause: "There is no such mailbox." },
    },
  });
}
