import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Account } from "~/channels/channel";
import { keepInbound } from "~/channels/keep";
import { readInbound } from "~/channels/receive";
import type { Context } from "~/context";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { eraseCustomer } from "~/privacy/erase-customer";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";
import { askZone, mailAccount, writeMail } from "../../support/mail";

let db: Database;
let shop: TestShop;
let ctx: Context;
let account: Account;

beforeAll(async () => {
  askZone({});
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  account = await mailAccount(shop);
});

async function arrives(raw: string): Promise<void> {
  await keepInbound(ctx, [{ account: { shopId: ctx.shop.id, id: account.id }, key: newId(), body: Buffer.from(raw) }]);
  await readInbound(ctx, account.id);
}

const kept = () => db.prisma.inbound.findFirstOrThrow({ where: { accountId: account.id } });
const mail = () =>
  db.prisma.message.findFirstOrThrow({ where: { accountId: account.id }, include: { mailBody: true } });

/** Every row of the tables that hold what a mail says. */
async function everything(): Promise<string> {
  const tables = ["inbound", "message", "mail_body", "conversation", "event", "timeline_entry"];
  const all = await Promise.all(
    tables.map((name) =>
      db.sql.query<{ text: string | null }>(
        name === "inbound"
          ? `SELECT string_agg(i::text || encode(i."body", 'escape'), ' ') AS text FROM "inbound" i WHERE "shopId" = $1`
          : `SELECT string_agg(t::text, ' ') AS text FROM "${name}" t WHERE "shopId" = $1`,
        [ctx.shop.id],
      ),
    ),
  );
  return all.map(({ rows }) => rows[0]?.text ?? "").join("\n");
}

const alternative = (html: string) =>
  [
    "From: Mia <mia@customer.example>",
    "To: support@northwind.example",
    "Subject: Hello",
    `Message-ID: <${newId()}@customer.example>`,
    "MIME-Version: 1.0",
    'Content-Type: multipart/alternative; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Please see the formatted text.",
    "--b",
    "Content-Type: text/html; charset=utf-8",
    "",
    html,
    "--b--",
    "",
  ].join("\r\n");

describe("the raw of a mail", () => {
  it("stays with its message", async () => {
    await arrives(writeMail());
    const inbound = await kept();
    expect(Buffer.from(inbound.body).toString()).toContain("Subject: Is the jacket warm?");
    expect((await mail()).mailBody?.inboundId).toBe(inbound.id);
  });

  it.each([
    ["its text", writeMail({ text: "My card is 4242 4242 4242 4242, thank you" })],
    ["its subject", writeMail({ subject: "Card 4242 4242 4242 4242" })],
    ["what was folded away", writeMail({ text: "Yes.\r\n\r\nOn Mon, Shop wrote:\r\n> 4242 4242 4242 4242" })],
    ["its HTML alone", alternative("<p>Card <b>4242</b>&nbsp;4242&#160;4242 <i>4242</i></p>")],
  ])("goes when a card number stood in %s, and so does the HTML", async (_, raw) => {
    await arrives(raw);
    expect(await everything()).not.toMatch(/4242\D{0,20}4242/);
    expect(await kept()).toMatchObject({ state: "done", body: expect.objectContaining({ length: 0 }), meta: {} });
    const { mailBody, content } = await mail();
    expect(mailBody).toMatchObject({ html: null, inboundId: null });
    expect(content).toMatchObject({ email: { hasHtml: false } });
  });

  it("is not kept of a mail of which no message was made", async () => {
    const raw = writeMail({ messageId: "twice@customer.example" });
    await arrives(raw);
    await arrives(raw);
    const rows = await db.prisma.inbound.findMany({ where: { accountId: account.id }, orderBy: { number: "asc" } });
    expect(rows.map(({ state, body }) => [state, body.length > 0])).toEqual([
      ["done", true],
      ["done", false],
    ]);
  });
});

describe("a mailbox that is read anew", () => {
  it("does not bring back what an erased person had written, and takes in what they write since", async () => {
    const raw = (id: string, at: Date) =>
      writeMail({ messageId: `${id}@customer.example`, headers: [`Date: ${at.toUTCString()}`] });
    const old = raw("old", shop.clock.now());
    await arrives(old);
    const person = { shopifyCustomerId: "gid://shopify/Customer/551", email: "mia@customer.example", phone: null };
    shop.clock.advance(60_000);
    await eraseCustomer({ ...ctx, actor: { kind: "shopify" } }, person);
    const count = () => db.prisma.message.count({ where: { accountId: account.id } });
    expect(await count()).toBe(0);
    shop.clock.advance(60_000);
    await arrives(old);
    expect(await count()).toBe(0);
    expect(await everything()).not.toContain("Field Jacket");
    await arrives(raw("new", shop.clock.now()));
    expect(await count()).toBe(1);
  });
});
