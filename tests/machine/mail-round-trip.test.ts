import { rmSync } from "node:fs";
import { join } from "node:path";
import { ImapFlow } from "imapflow";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Account } from "~/channels/channel";
import { deliver } from "~/channels/deliver";
import { identifyAccount } from "~/channels/email/identify";
import { watchMailboxes } from "~/channels/email/imap/watch";
import { closeTransports } from "~/channels/email/out/transports";
import { type MailServer, startMailServer } from "~/channels/email/smtp/server";
import { newToken } from "~/channels/email/thread/addresses";
import { readInbound } from "~/channels/receive";
import type { Context, StaffActor } from "~/context";
import { messageView } from "~/conversations/message-view";
import { reply } from "~/conversations/reply";
import type { Database } from "~/db.server";
import { Invalid } from "~/http/errors";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { until } from "../support/listening";
import { askZone, mailAccount, mailDomain } from "../support/mail";
import { type MailServers, startMailServers, whyNoMailServers } from "./support/mail-servers";

const why = whyNoMailServers();
if (why && process.env["CI"]) throw new Error(`Mail through real servers cannot be tested: ${why}`);
if (why) process.stdout.write(`Mail through Dovecot and Postfix was skipped: ${why}.\n`);

let db: Database;
let shop: TestShop;
let ctx: Context;
let anna: Context<StaffActor>;
let forwarded: Account;
let server: MailServer;
let servers: MailServers;

beforeAll(async () => {
  if (why) return;
  askZone({});
  db = await testDatabase();
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  anna = await shop.staff();
  server = await startMailServer(shop.base, { domain: mailDomain, host: "127.0.0.1", port: 0 });
  const token = newToken();
  servers = await startMailServers({
    mailboxes: ["mia@customer.example", "help@shop.example", "other@shop.example"],
    routes: { [mailDomain]: `smtp:[127.0.0.1]:${server.port}` },
    aliases: { "support@northwind.example": `${token}@${mailDomain}` },
  });
  const SMTP_URL = `smtp://127.0.0.1:${servers.smtpPort}?ignoreTLS=true`;
  Object.assign(process.env, { SMTP_URL, MAIL_FROM: "mail@throughline.example" });
  forwarded = await mailAccount(shop, { address: "support@northwind.example", token });
});
afterAll(async () => {
  closeTransports();
  await server?.close();
  await servers?.close();
});

/** A mail program of somebody's, at their own provider. */
async function mailbox(user: string): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: "127.0.0.1",
    port: servers.imapPort,
    secure: false,
    auth: { user, pass: servers.password },
    logger: false,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function sources(user: string, folder = "INBOX"): Promise<string[]> {
  const client = await mailbox(user);
  try {
    const box = await client.mailboxOpen(folder);
    if (box.exists === 0) return [];
    const found: string[] = [];
    for await (const mail of client.fetch("1:*", { source: true })) found.push(String(mail.source));
    return found;
  } finally {
    await client.logout();
  }
}

/** What somebody's mail program hands to its own provider's server. */
function submit(mail: object) {
  return createTransport({ host: "127.0.0.1", port: servers.smtpPort, ignoreTLS: true }).sendMail(mail);
}

function header(raw: string, name: string): string {
  const head = raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
}

const messages = (accountId: string) =>
  db.prisma.message.findMany({ where: { shopId: ctx.shop.id, accountId }, orderBy: { position: "asc" } });

async function read(account: Account, count: number) {
  await until(async () => {
    await readInbound(ctx, account.id);
    return (await messages(account.id)).length >= count;
  }, `${count} messages are there`);
  return messages(account.id);
}

async function answer(conversationId: string, text: string): Promise<string> {
  const sent = await reply(anna, { conversationId, text, clientKey: newId(), attachmentIds: [], seenPosition: null });
  shop.clock.advance(120_000);
  await deliver(ctx, sent.id);
  return sent.id;
}

describe.skipIf(why)("mail through Postfix and Dovecot", () => {
  it("goes round: the customer writes, staff answer, the customer answers that, one conversation", async () => {
    const mia = { from: "Mia Lund <mia@customer.example>" };
    await submit({ ...mia, to: "support@northwind.example", subject: "Is it warm?", text: "Is the jacket warm?" });
    const [first] = await read(forwarded, 1);
    expect(first).toMatchObject({ text: "Is the jacket warm?", channel: "email" });
    const sentId = await answer(first?.conversationId ?? "", "Yes, down to 5 °C.");
    expect(await messageView(ctx, sentId)).toMatchObject({ delivery: { state: "sent" } });

    let inbox: string[] = [];
    await until(async () => {
      inbox = await sources("mia@customer.example");
      return inbox.length === 1;
    }, "the answer is in the customer's mailbox");
    const [got = ""] = inbox;
    expect(header(got, "Subject")).toBe("Re: Is it warm?");
    expect(header(got, "Return-Path")).toContain("+b.");
    await submit({
      ...mia,
      to: header(got, "Reply-To"),
      subject: header(got, "Subject"),
      inReplyTo: header(got, "Message-ID"),
      references: header(got, "Message-ID"),
      text: "Then I take it.\n\n> Yes, down to 5 °C.",
    });
    const all = await read(forwarded, 3);
    expect(new Set(all.map((one) => one.conversationId)).size).toBe(1);
    expect(all.map((one) => one.text)).toEqual(["Is the jacket warm?", "Yes, down to 5 °C.", "Then I take it."]);
  });

  it("says what became of an answer to a mailbox that is gone: the server's own bounce comes back", async () => {
    const from = "Gone <gone@elsewhere.example>";
    await submit({ from, to: "support@northwind.example", subject: "Hello", text: "Write to me." });
    const before = (await messages(forwarded.id)).length;
    const all = await read(forwarded, Math.max(before, 4));
    const written = all.find((one) => one.text === "Write to me.");
    const sentId = await answer(written?.conversationId ?? "", "Here I am.");
    await until(async () => {
      await readInbound(ctx, forwarded.id);
      return (await messageView(ctx, sentId)).delivery?.state === "failed";
    }, "the message is marked failed");
  });
});

describe.skipIf(why)("a merchant's own mailbox", () => {
  const address = "help@shop.example";
  const times = { look: 1_000, again: 100, most: 500, refused: 60_000 };
  const settings = () => ({
    ...{
      address,
      incoming: "imap",
      imapHost: "127.0.0.1",
      imapPort: servers.imapPort,
      imapSecurity: "none",
      imapUser: address,
    },
    ...{ outgoing: "own", smtpHost: "127.0.0.1", smtpPort: servers.smtpPort, smtpSecurity: "none" },
  });

  it("is connected by really logging in, and a mistake stands at its field", async () => {
    const good = await identifyAccount({ settings: settings(), credentials: { imapPassword: servers.password } });
    expect(good).toMatchObject({ externalId: address, settings: { token: expect.stringMatching(/^[a-z2-7]{16}$/) } });
    const wrong = (changes: object, imapPassword = servers.password) =>
      identifyAccount({ settings: { ...settings(), ...changes }, credentials: { imapPassword } }).catch(
        (error: unknown) => (error instanceof Invalid ? error.fields.map(({ field }) => field) : error),
      );
    expect(await wrong({}, "not it")).toEqual(["imapPassword"]);
    expect(await wrong({ imapPort: 1, smtpPort: 1 })).toEqual(["imapHost", "smtpHost"]);
    expect(await wrong({ imapSecurity: "tls" })).toEqual(["imapHost"]);
  });

  it("is read as mail comes, by one of two workers, with what the store wrote elsewhere, and nothing twice", async () => {
    await submit({ from: "old@customer.example", to: address, subject: "Old", text: "From before." });
    await until(async () => (await sources(address)).length === 1, "the old mail is there");
    const account = await mailAccount(shop, settings(), { imapPassword: servers.password });
    const workers = [1, 2].map(() => watchMailboxes(shop.base, { look: 100, times }));
    try {
      await until(async () => {
        const row = await db.prisma.channelAccount.findFirstOrThrow({ where: { id: account.id } });
        return JSON.stringify(row.progress).includes("INBOX");
      }, "the mailbox was looked at");
      await submit({ from: "Mia <mia@customer.example>", to: address, subject: "Size?", text: "Do you have it in L?" });
      const [first] = await read(account, 1);
      expect(first?.text).toBe("Do you have it in L?");

      // Staff answer from their own mail program, which puts a copy into the folder of sent mail.
      const client = await mailbox(address);
      const raw = [
        `From: ${address}`,
        "To: Mia <mia@customer.example>",
        "Subject: Re: Size?",
        "Message-ID: <elsewhere@shop.example>",
        `In-Reply-To: <${first?.externalId}>`,
        "",
        "We do.",
      ];
      await client.append("Sent", raw.join("\r\n"));
      await client.logout();
      const both = await read(account, 2);
      expect(both[1]).toMatchObject({ author: "staff", text: "We do.", conversationId: first?.conversationId });

      const sentId = await answer(first?.conversationId ?? "", "And in M.");
      expect(await messageView(ctx, sentId)).toMatchObject({ delivery: { state: "sent" } });

      // The server numbers its mail anew: everything is read again and nothing is there twice.
      for (const file of ["dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"]) {
        rmSync(join(servers.home(address), "Maildir", file), { force: true });
      }
      await submit({ from: "Mia <mia@customer.example>", to: address, subject: "Re: Size?", text: "L it is." });
      await until(async () => (await read(account, 4)).some((one) => one.text === "L it is."), "the new mail is there");
      // "Since" is a day in IMAP (RFC 3501 section 6.4.4), so what came earlier on that day may be among them, once.
      const texts = (await messages(account.id)).map((one) => one.text).filter((text) => text !== "From before.");
      expect(texts.sort()).toEqual(["And in M.", "Do you have it in L?", "L it is.", "We do."]);
    } finally {
      await Promise.all(workers.map((one) => one.close()));
    }
  });

  it("whose password was changed says so at the account", async () => {
    const other = "other@shop.example";
    const account = await mailAccount(
      shop,
      { ...settings(), address: other, imapUser: other },
      { imapPassword: "not it" },
    );
    const worker = watchMailboxes(shop.base, { look: 100, times });
    await until(async () => {
      const row = await db.prisma.channelAccount.findFirstOrThrow({ where: { id: account.id } });
      return row.lastError?.includes("refused the user name or password") ?? false;
    }, "the account says what is wrong");
    await worker.close();
  });
});
