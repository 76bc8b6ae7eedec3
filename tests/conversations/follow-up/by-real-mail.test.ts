import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Account } from "~/channels/channel";
import { deliver } from "~/channels/deliver";
import { closeTransports } from "~/channels/email/out/transports";
import { type MailServer, startMailServer } from "~/channels/email/smtp/server";
import { readInbound } from "~/channels/receive";
import type { Context } from "~/context";
import { followUp } from "~/conversations/follow-up/follow-up";
import type { Database } from "~/db.server";
import { claim } from "~/visitors/claim";
import { chatState } from "~/visitors/state";
import { type Chat, respond, say, startChat } from "../../support/chat";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";
import {
  askZone,
  customersServer,
  mailAccount,
  mailDomain,
  signingDomain,
  writeMail,
  type Zone,
} from "../../support/mail";

let db: Database;
let shop: TestShop;
let app: Context;
let account: Account;
let server: MailServer;
let customers: Awaited<ReturnType<typeof customersServer>>;
let chat: Chat;
const zone: Zone = {};
const signs = signingDomain("customer.example", zone);

beforeAll(async () => {
  askZone(zone);
  customers = await customersServer();
  Object.assign(process.env, { SMTP_URL: customers.url, MAIL_FROM: "mail@throughline.example" });
  db = await testDatabase();
  shop = await testShop(db);
  app = { ...shop.base, actor: { kind: "app" } };
  account = await mailAccount(shop);
  server = await startMailServer(shop.base, { domain: mailDomain, host: "127.0.0.1", port: 0 });
  chat = await startChat(shop);
  await claim(chat.shopper, { name: "Mia", email: "mia@customer.example" });
  const where = { shopId_id: { shopId: app.shop.id, id: chat.shopper.actor.visitorId } };
  await db.prisma.visitor.update({ where, data: { locale: "da-DK" } });
});
afterAll(async () => {
  closeTransports();
  await server.close();
  await customers.close();
});

const header = (name: string): string => {
  const raw = customers.sent.at(-1)?.raw ?? "";
  const head = raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
};
const shown = async () => (await chatState(chat.shopper)).conversation?.messages.map(({ text }) => text);

async function write(to: string, from: string, text: string): Promise<void> {
  const transport = createTransport({ host: "127.0.0.1", port: server.port, ignoreTLS: true });
  const date = `Date: ${shop.clock.now().toUTCString()}`;
  const raw = await signs(writeMail({ from: `Mia <${from}>`, text, headers: [date] }));
  await transport.sendMail({ envelope: { from, to }, raw });
  shop.clock.advance(1_000);
  await readInbound(app, account.id);
}

describe("a chat that goes on by e-mail", () => {
  it("reaches the shopper's mailbox in their language, and their answer stands in the chat when they return", async () => {
    await respond(await shop.staff("Anna Berg"), chat.id, "It left yesterday.");
    shop.clock.advance(6 * 60_000);
    await followUp(app, chat.id);
    const [mail] = await db.prisma.message.findMany({ where: { conversationId: chat.id, author: "app" } });
    await deliver(app, mail?.id ?? "");
    expect(customers.sent.map(({ to }) => to)).toEqual([["mia@customer.example"]]);
    expect(header("Subject")).toBe("Svar fra Northwind Outfitters");
    const raw = customers.sent[0]?.raw ?? "";
    expect(raw).toContain("It left yesterday.");
    expect(raw).toContain("text/html");
    expect(raw).not.toContain("Where is my parcel?");

    const signed = /<?([^<>\s]+@[^<>\s]+)>?\s*$/.exec(header("Reply-To"))?.[1] ?? "";
    expect(signed).toContain(mailDomain);
    await write(signed, "tom@customer.example", "I am somebody else");
    await write(signed, "mia@customer.example", "Thank you, by mail");
    expect(await shown()).toEqual(["Where is my parcel?", "It left yesterday.", "Thank you, by mail"]);

    const back = await say(chat.shopper, chat.id, "And here I am again");
    expect(back.conversationId).toBe(chat.id);
    expect((await shown())?.at(-1)).toBe("And here I am again");
  });
});
