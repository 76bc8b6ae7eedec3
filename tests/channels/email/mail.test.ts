import { createTransport } from "nodemailer";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Account } from "~/channels/channel";
import { deliver } from "~/channels/deliver";
import { closeTransports } from "~/channels/email/out/transports";
import { type MailServer, startMailServer } from "~/channels/email/smtp/server";
import { readInAddress } from "~/channels/email/thread/addresses";
import { readInbound } from "~/channels/receive";
import type { Context, StaffActor } from "~/context";
import { messageView } from "~/conversations/message-view";
import { reply } from "~/conversations/reply";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";
import {
  askZone,
  customersServer,
  mailAccount,
  mailDomain,
  signingDomain,
  type WrittenMail,
  writeMail,
  type Zone,
} from "../../support/mail";

let db: Database;
let shop: TestShop;
let ctx: Context;
let anna: Context<StaffActor>;
let account: Account;
let server: MailServer;
let customers: Awaited<ReturnType<typeof customersServer>>;
const zone: Zone = {};
const signs = signingDomain("customer.example", zone);
/** Its domain asks to refuse what it did not sign. */
const strictlySigns = signingDomain("strict.example", zone, "reject");

beforeAll(async () => {
  askZone(zone);
  customers = await customersServer();
  Object.assign(process.env, { SMTP_URL: customers.url, MAIL_FROM: "mail@throughline.example" });
  db = await testDatabase();
});
afterAll(async () => {
  closeTransports();
  await server?.close();
  await customers.close();
});
beforeEach(async () => {
  customers.sent.length = 0;
  customers.far.refuse = null;
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  anna = await shop.staff();
  account = await mailAccount(shop);
  await server?.close();
  server = await startMailServer(shop.base, { domain: mailDomain, host: "127.0.0.1", port: 0 });
});

/** What a customer's mail program sends, through the real server, and then read. */
async function arrives(
  mail: WrittenMail = {},
  to = `${account.settings["token"]}@${mailDomain}`,
  from = "mia@customer.example",
  sign = signs,
) {
  const transport = createTransport({ host: "127.0.0.1", port: server.port, ignoreTLS: true });
  const raw = await sign(
    writeMail({ ...mail, headers: [`Date: ${shop.clock.now().toUTCString()}`, ...(mail.headers ?? [])] }),
  );
  await transport.sendMail({ envelope: { from, to }, raw });
  shop.clock.advance(1_000);
  await readInbound(ctx, account.id);
}

const talks = () => db.prisma.conversation.findMany({ where: { shopId: ctx.shop.id }, orderBy: { openedAt: "asc" } });
const messages = () =>
  db.prisma.message.findMany({ where: { shopId: ctx.shop.id }, orderBy: [{ at: "asc" }, { id: "asc" }] });

async function answer(text = "Yes, down to 5 °C.") {
  const [talk] = await talks();
  const sent = await reply(anna, {
    conversationId: talk?.id ?? "",
    text,
    clientKey: newId(),
    attachmentIds: [],
    seenPosition: null,
  });
  // A mail can be taken back for a moment.
  shop.clock.advance(120_000);
  await deliver(ctx, sent.id);
  return sent;
}

/** Of the last mail that the app sent. */
function header(name: string): string {
  const raw = customers.sent.at(-1)?.raw ?? "";
  const head = raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
}
const bare = (text: string) => /<?([^<>\s]+@[^<>\s]+)>?\s*$/.exec(text)?.[1] ?? "";

describe("a customer's mail", () => {
  it("opens a conversation with its sender, who is proven by the signature of the domain", async () => {
    await arrives();
    const [message] = await messages();
    expect(message).toMatchObject({
      author: "shopper",
      channel: "email",
      text: "Hello, is the Field Jacket warm enough for March?",
    });
    expect(message?.content).toMatchObject({
      email: {
        subject: "Is the jacket warm?",
        from: { name: "Mia Lund", address: "mia@customer.example" },
        authentication: { verdict: "aligned", words: "Signed by customer.example" },
      },
    });
    const identity = await db.prisma.identity.findFirstOrThrow({ where: { shopId: ctx.shop.id } });
    expect(identity).toMatchObject({ kind: "email", value: "mia@customer.example", grade: "aligned-mail" });
  });

  it("is answered from the address, and the answer to that lands in the same conversation by the signed address alone", async () => {
    await arrives({ messageId: "first@customer.example" });
    const sent = await answer();
    expect(customers.sent).toHaveLength(1);
    expect(customers.sent[0]?.to).toEqual(["mia@customer.example"]);
    expect(header("Subject")).toBe("Re: Is the jacket warm?");
    expect(header("In-Reply-To")).toBe("<first@customer.example>");
    expect(header("References")).toContain("<first@customer.example>");
    expect(header("Auto-Submitted")).toBe("");
    expect(header("List-Unsubscribe")).toBe("");
    expect(header("From")).toContain("Anna Berg");
    expect(readInAddress(customers.sent[0]?.from ?? "", mailDomain)?.plus).toEqual({
      kind: "bounce",
      messageId: sent.id,
      part: 0,
    });
    expect(await messageView(ctx, sent.id)).toMatchObject({ delivery: { state: "sent" } });

    shop.clock.advance(60_000);
    // A program that keeps no references.
    await arrives({ subject: "thanks!", text: "Great.\r\n\r\n> Yes, down to 5 °C." }, bare(header("Reply-To")));
    expect(await talks()).toHaveLength(1);
    expect((await messages()).map(({ author, text }) => [author, text])).toEqual([
      ["shopper", "Hello, is the Field Jacket warm enough for March?"],
      ["staff", "Yes, down to 5 °C."],
      ["shopper", "Great."],
    ]);
  });

  it("to the signed address by a stranger is a matter of its own, and says why", async () => {
    await arrives();
    await answer();
    await arrives({ from: "Otto <otto@customer.example>" }, bare(header("Reply-To")), "otto@customer.example");
    const found = await talks();
    expect(found).toHaveLength(2);
    const facts = await db.prisma.event.findMany({
      where: { shopId: ctx.shop.id, conversationId: found[1]?.id ?? "" },
    });
    expect(JSON.stringify(facts.map(({ data }) => data))).toContain("omeone else answered");
  });

  it("of someone who was copied in joins as a third person, who stays themselves", async () => {
    await arrives({ headers: ["Cc: Otto <Otto@customer.example>"] });
    await answer();
    await arrives({ from: "Otto <otto@customer.example>" }, bare(header("Reply-To")), "otto@customer.example");
    expect(await talks()).toHaveLength(1);
    const people = new Set((await messages()).flatMap(({ customerId }) => customerId ?? []));
    expect(people.size).toBe(2);
  });

  it("forged by someone who was copied in is read there, and is not of the customer it names", async () => {
    const ada = { from: "Ada Moe <ada@strict.example>" };
    await arrives({ ...ada, headers: ["Cc: Otto <otto@customer.example>"] }, undefined, undefined, strictlySigns);
    await answer();
    // Otto got a copy, and with it the address that answers go to.
    await arrives({ ...ada, text: "Ship it to me instead." }, bare(header("Reply-To")), "otto@customer.example");
    const [talk, ...others] = await talks();
    expect(others).toEqual([]);
    const [first, , forged] = await messages();
    expect(first?.customerId).toBe(talk?.customerId);
    expect(forged).toMatchObject({
      conversationId: talk?.id,
      text: "Ship it to me instead.",
      content: { email: { authentication: { verdict: "forged" } } },
    });
    expect(forged?.customerId).not.toBe(first?.customerId);
    const claimed = await db.prisma.identity.findMany({ where: { customerId: forged?.customerId ?? "" } });
    expect(claimed.map(({ grade }) => grade)).toEqual(["claimed"]);
    const joined = await db.prisma.event.findFirstOrThrow({
      where: { shopId: ctx.shop.id, kind: "conversation.joined" },
    });
    expect(joined.data).toMatchObject({ because: expect.stringContaining("not trusted") });

    await arrives({ ...ada, text: "It is me." }, bare(header("Reply-To")), "ada@strict.example", strictlySigns);
    expect((await messages()).at(-1)).toMatchObject({ conversationId: talk?.id, customerId: first?.customerId });
  });

  it("that names a message of a stranger's conversation does not join it", async () => {
    await arrives({ messageId: "first@customer.example" });
    await answer();
    const reference = header("Message-ID");
    await arrives({
      from: "otto@customer.example",
      headers: [`In-Reply-To: ${reference}`, `References: ${reference}`],
    });
    expect(await talks()).toHaveLength(2);
  });

  it("without an id, or with an empty one, is threaded with nothing", async () => {
    await arrives({ messageId: "", headers: ["In-Reply-To: <>", "References: "], from: "a@customer.example" });
    await arrives({
      messageId: "",
      headers: ["In-Reply-To: <>", "References: "],
      from: "b@customer.example",
      text: "other",
    });
    expect(await talks()).toHaveLength(2);
    expect((await messages()).every(({ externalId }) => externalId?.startsWith("mail:"))).toBe(true);
  });
});

describe("what machines send", () => {
  const report = (to: string, action = "failed") => ({
    from: "Mail Delivery System <MAILER-DAEMON@customer.example>",
    to,
    subject: "Undelivered Mail Returned to Sender",
    headers: ["Auto-Submitted: auto-replied"],
    text: `The mail could not be delivered.\r\n\r\n<mia@customer.example>: 550 5.1.1 no such user (${action})`,
  });

  it("as a bounce to the envelope's address marks the message failed, with its reason, and opens nothing", async () => {
    await arrives();
    const sent = await answer();
    await arrives(report("x@y.example"), customers.sent[0]?.from ?? "", "");
    expect(await messageView(ctx, sent.id)).toMatchObject({
      delivery: { state: "failed", error: expect.stringMatching(/address/i) },
    });
    expect(await talks()).toHaveLength(1);
    expect(await messages()).toHaveLength(2);
  });

  it("as a bounce of mail that we never sent is shown, and fails nothing", async () => {
    await arrives();
    const sent = await answer();
    await arrives(report("x@y.example"), undefined, "");
    expect(await messageView(ctx, sent.id)).toMatchObject({ delivery: { state: "sent" } });
    expect((await messages()).at(-1)?.content).toMatchObject({ email: { automatic: "bounce" } });
  });

  it("as an absence note is a message for which nobody waits", async () => {
    await arrives();
    await answer();
    await arrives(
      { subject: "Out of office", headers: ["Auto-Submitted: auto-replied"], text: "I am away until Monday." },
      bare(header("Reply-To")),
    );
    const [talk] = await talks();
    expect(talk?.waitingSince).toBeNull();
    expect((await messages()).at(-1)?.content).toMatchObject({ email: { automatic: "auto-reply" } });
  });

  it("as our own mail coming back is left out, and the account says so", async () => {
    await arrives();
    await answer();
    const transport = createTransport({ host: "127.0.0.1", port: server.port, ignoreTLS: true });
    const to = `${account.settings["token"]}@${mailDomain}`;
    await transport.sendMail({ envelope: { from: "list@customer.example", to }, raw: customers.sent[0]?.raw ?? "" });
    await readInbound(ctx, account.id);
    expect(await messages()).toHaveLength(2);
    const row = await db.prisma.channelAccount.findFirstOrThrow({ where: { id: account.id } });
    expect(row.lastError).toContain("came back");
  });
});

describe("a mail of ours", () => {
  it.each([
    [{ at: "RCPT", line: "550 5.1.1 no such user" }, "failed", /no such address/],
    [{ at: "RCPT", line: "552 5.2.2 mailbox full" }, "failed", /full/],
    [{ at: "DATA", line: "554 5.7.1 refused" }, "failed", /does not allow/],
    [{ at: "RCPT", line: "451 4.7.1 greylisted" }, "queued", null],
    [{ at: "MAIL", line: "421 4.3.0 closing" }, "queued", null],
    ["cut", "unclear", /may or may not have arrived/],
  ] as const)("that meets %j is %s", async (refuse, state, words) => {
    await arrives();
    customers.far.refuse = refuse;
    await answer().catch(() => null);
    const message = (await messages()).at(-1);
    const { delivery } = await messageView(ctx, message?.id ?? "");
    expect(delivery?.state).toBe(state);
    if (words) expect(delivery?.error).toMatch(words);
  });

  it("has the same id at every try, and no other", async () => {
    await arrives();
    customers.far.refuse = { at: "DATA", line: "451 4.3.0 later" };
    await answer().catch(() => null);
    const message = (await messages()).at(-1);
    customers.far.refuse = null;
    shop.clock.advance(3_600_000);
    await db.prisma.delivery.updateMany({ where: { messageId: message?.id ?? "" }, data: { notBefore: null } });
    await deliver(ctx, message?.id ?? "");
    expect(header("Message-ID")).toContain("@");
    const kept = await db.prisma.delivery.findFirstOrThrow({ where: { messageId: message?.id ?? "" } });
    expect(kept).toMatchObject({ state: "sent", externalId: bare(header("Message-ID")) });
  });
});
