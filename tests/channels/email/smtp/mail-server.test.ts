import { connect, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Account } from "~/channels/channel";
import { type MailServer, startMailServer } from "~/channels/email/smtp/server";
import { bounceAddress, conversationAddress } from "~/channels/email/thread/addresses";
import type { AppContext } from "~/context";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../../../support/context";
import { testDatabase } from "../../../support/database";
import { mailAccount, mailDomain, writeMail } from "../../../support/mail";

let db: Database;
let shop: TestShop;
let app: AppContext;
let account: Account;
let other: Account;
let server: MailServer;
const at = (one: Account, plus = "") => `${one.settings["token"]}${plus}@${mailDomain}`;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
  app = shop.base;
  account = await mailAccount(shop);
  other = await mailAccount(await testShop(db));
});
beforeEach(async () => {
  await db.prisma.inbound.deleteMany({});
  server = await startMailServer(app, settings());
});
afterEach(() => server.close());

const settings = (limits = {}) => ({ domain: mailDomain, host: "127.0.0.1", port: 0, limits });

function send(to: string[], raw = writeMail(), from = "mia@customer.example", port = server.port) {
  const transport = createTransport({ host: "127.0.0.1", port, name: "mx.customer.example", ignoreTLS: true });
  return transport.sendMail({ envelope: { from, to }, raw });
}

const codeOf = (sending: Promise<unknown>) =>
  sending.then(
    () => 250,
    (error: { responseCode?: number }) => error.responseCode,
  );
const kept = () => db.prisma.inbound.findMany({ orderBy: { number: "asc" } });

describe("the server that takes mail", () => {
  it("keeps a mail with its envelope before it says yes", async () => {
    const raw = writeMail({ text: "Line one\r\n.a dot first" });
    await send([at(account)], raw);
    const [row] = await kept();
    expect(Buffer.from(row?.body ?? []).toString()).toBe(raw);
    expect(row).toMatchObject({ accountId: account.id, state: "waiting" });
    expect(row?.meta).toMatchObject({
      via: "smtp",
      ip: "127.0.0.1",
      helo: "mx.customer.example",
      mailFrom: "mia@customer.example",
      rcptTo: [at(account)],
    });
  });

  it("takes the signed addresses, and bounces with an empty sender", async () => {
    const token = String(account.settings["token"]);
    const answer = conversationAddress(token, newId(), mailDomain);
    await send([answer]);
    await send([bounceAddress(token, newId(), 0, mailDomain)], writeMail(), "");
    expect((await kept()).map((row) => (row.meta as { mailFrom: string }).mailFrom)).toEqual([
      "mia@customer.example",
      "",
    ]);
  });

  it("keeps one mail for each account that it is for, once however often it comes", async () => {
    const raw = writeMail();
    await send([at(account), at(other), at(account, "+c.what.ever")], raw);
    await send([at(account)], raw);
    const rows = await kept();
    expect(rows.map((row) => row.accountId).sort()).toEqual([account.id, other.id].sort());
    const ours = rows.filter((row) => row.accountId === account.id);
    expect(ours.map((row) => (row.meta as { rcptTo: string[] }).rcptTo.length)).toEqual([2]);
  });

  it("relays nothing and knows only its own addresses", async () => {
    expect(await codeOf(send(["someone@elsewhere.example"]))).toBe(550);
    expect(await codeOf(send([`aaaaaaaaaaaaaaaa@${mailDomain}`]))).toBe(550);
    expect(await codeOf(send([`postmaster@${mailDomain}`]))).toBe(550);
    expect(await kept()).toEqual([]);
  });

  it("takes mail of a paused account, and none of a disconnected one", async () => {
    const gone = await mailAccount(shop);
    const state = (to: string) => db.prisma.channelAccount.updateMany({ where: { id: gone.id }, data: { state: to } });
    await state("paused");
    expect(await codeOf(send([at(gone)]))).toBe(250);
    await state("disconnected");
    // It is still remembered, so the mail itself is refused.
    expect(await codeOf(send([at(gone)], writeMail({ text: "after" })))).toBe(550);
    expect(await kept()).toHaveLength(1);
  });

  it("refuses what is too large, said beforehand or not, and goes on", async () => {
    await server.close();
    server = await startMailServer(app, settings({ size: 100_000 }));
    const large = writeMail({ text: "x".repeat(70).concat("\r\n").repeat(3_000) });
    expect(await codeOf(send([at(account)], large))).toBe(552);
    const talk = await speak(server.port);
    await talk.say("EHLO mx.customer.example");
    expect(await talk.say("MAIL FROM:<mia@customer.example> SIZE=200000")).toMatch(/^552/);
    talk.end();
    expect(await codeOf(send([at(account)]))).toBe(250);
    expect(await kept()).toHaveLength(1);
  });

  it("asks to wait when all mails under way together are too much", async () => {
    await server.close();
    server = await startMailServer(app, settings({ underway: 1_000 }));
    expect(await codeOf(send([at(account)], writeMail({ text: "x".repeat(2_000) })))).toBe(452);
    expect(await codeOf(send([at(account)]))).toBe(250);
  });

  it("asks to wait when one peer, or the mail for one address, is too much", async () => {
    await server.close();
    server = await startMailServer(app, settings({ ofRecipient: 2 }));
    const codes = [];
    for (let count = 0; count < 3; count += 1) codes.push(await codeOf(send([at(account)], writeMail())));
    expect(codes).toEqual([250, 250, 450]);
    expect(await codeOf(send([at(other)], writeMail()))).toBe(250);
    await server.close();
    server = await startMailServer(app, settings({ ofPeer: 1 }));
    expect(await codeOf(send([at(account)], writeMail()))).toBe(250);
    expect(await codeOf(send([at(account)], writeMail()))).toBe(450);
  });

  it("lets nobody try out which addresses there are", async () => {
    await server.close();
    server = await startMailServer(app, settings({ unknown: 2 }));
    const talk = await speak(server.port);
    await talk.say("EHLO mx.guesser.example");
    await talk.say("MAIL FROM:<a@guesser.example>");
    const codes = [];
    for (const letter of "abc") {
      codes.push((await talk.say(`RCPT TO:<${letter.repeat(16)}@${mailDomain}>`)).slice(0, 3));
    }
    talk.end();
    expect(codes).toEqual(["550", "550", "421"]);
  });

  it("offers neither passwords nor, without a certificate, encryption", async () => {
    const talk = await speak(server.port);
    const offered = await talk.say("EHLO mx.customer.example");
    expect(offered).toContain(`SIZE ${25 * 1024 * 1024}`);
    expect(offered).not.toMatch(/AUTH|STARTTLS/);
    expect(await talk.say("AUTH PLAIN AGEAYg==")).toMatch(/^5/);
    talk.end();
  });

  it("asks to try later while the database is away", async () => {
    const away = { ...app, db: { ...db, sql: { query: () => Promise.reject(new Error("away")) } as never } };
    const broken = await startMailServer(away, settings());
    expect(await codeOf(send([at(account)], writeMail(), "mia@customer.example", broken.port))).toBe(451);
    await broken.close();
  });
});

/** A conversation in SMTP by hand. */
async function speak(port: number): Promise<{ say(line: string): Promise<string>; end(): void }> {
  const socket: Socket = connect(port, "127.0.0.1");
  let heard = "";
  let waiting: ((answer: string) => void) | null = null;
  const tell = () => {
    if (!waiting || !/^\d{3} .*\r\n$/m.test(heard)) return;
    waiting(heard);
    waiting = null;
    heard = "";
  };
  socket.on("data", (bytes) => {
    heard += bytes.toString();
    tell();
  });
  const answer = () =>
    new Promise<string>((resolve) => {
      waiting = resolve;
      tell();
    });
  await answer();
  return {
    say(line) {
      socket.write(`${line}\r\n`);
      return answer();
    },
    end: () => socket.destroy(),
  };
}
