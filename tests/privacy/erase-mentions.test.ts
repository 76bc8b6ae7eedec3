import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Account } from "~/channels/channel";
import { keepInbound } from "~/channels/keep";
import { readInbound } from "~/channels/receive";
import type { Context } from "~/context";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { eraseCustomer } from "~/privacy/erase-customer";
import { archive } from "~/privacy/export/archive";
import { rowsOf } from "~/privacy/export/rows-of";
import { forgetOld } from "~/privacy/forget-old";
import { scopeOf } from "~/privacy/scope";
import { personTables } from "~/privacy/tables/person-tables";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { askZone, mailAccount, signingDomain, type WrittenMail, writeMail, type Zone } from "../support/mail";

let db: Database;
let shop: TestShop;
let ctx: Context;
let account: Account;
const zone: Zone = {};
const signs = signingDomain("customer.example", zone);

beforeAll(async () => {
  askZone(zone);
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "shopify" } };
  account = await mailAccount(shop);
});

async function arrives(mail: WrittenMail): Promise<void> {
  const headers = [`Date: ${shop.clock.now().toUTCString()}`, ...(mail.headers ?? [])];
  const body = await signs(writeMail({ ...mail, headers }));
  await keepInbound(ctx, [{ account: { shopId: ctx.shop.id, id: account.id }, key: newId(), body }]);
  await readInbound(ctx, account.id);
  shop.clock.advance(1_000);
}

const leafOf = async (email: string) =>
  (await db.prisma.identity.findFirstOrThrow({ where: { shopId: ctx.shop.id, value: email } })).customerId;
const erase = (email: string) =>
  eraseCustomer(ctx, { shopifyCustomerId: `gid://shopify/Customer/${Date.now()}`, email, phone: null });
const texts = async () =>
  (await db.prisma.message.findMany({ where: { shopId: ctx.shop.id }, orderBy: { at: "asc" } })).map(
    ({ text }) => text,
  );

/** Ada's conversation, in which Bob, whom she copied in, wrote too. */
async function two(): Promise<void> {
  await arrives({
    from: "Ada <ada@customer.example>",
    messageId: "ada@customer.example",
    headers: ["Cc: Bob <bob@customer.example>, Cleo <cleo@customer.example>"],
    text: "Ada's words",
  });
  await arrives({ from: "Bob <bob@customer.example>", text: "Bob's words" });
  const [adas] = await db.prisma.conversation.findMany({ where: { customerId: await leafOf("ada@customer.example") } });
  await db.prisma.message.updateMany({
    where: { shopId: ctx.shop.id, customerId: await leafOf("bob@customer.example") },
    data: { conversationId: adas?.id ?? "", position: 9 },
  });
}

describe("somebody who was copied in and wrote in another's conversation", () => {
  it("goes with their words and their address, and the other stays", async () => {
    await two();
    await erase("bob@customer.example");
    expect(await texts()).toEqual(["Ada's words"]);
    const message = await db.prisma.message.findFirstOrThrow({ where: { shopId: ctx.shop.id } });
    expect(message.content).toMatchObject({
      email: {
        from: { address: "ada@customer.example" },
        to: [{ address: "support@northwind.example" }],
        cc: [{ name: "Cleo", address: "cleo@customer.example" }],
      },
    });
    const left = await db.sql.query(
      `SELECT 1 FROM "inbound" WHERE "shopId" = $1 AND lower(encode("body", 'escape')) LIKE '%bob@customer%'`,
      [ctx.shop.id],
    );
    expect(left.rowCount).toBe(0);
  });

  it("stays, with their words, when the other goes, and is in no file of the other's", async () => {
    await two();
    const ada = await leafOf("ada@customer.example");
    const scope = await db.prisma.$transaction((tx) =>
      scopeOf(tx, ctx, { customerIds: [ada], gids: [], emails: [], phones: [] }),
    );
    const seen: string[] = [];
    for (const rule of personTables) {
      if (rule.notExported) continue;
      for await (const row of rowsOf(ctx, rule, scope)) seen.push(JSON.stringify(row));
    }
    expect(seen.join("\n")).toContain("Ada's words");
    expect(seen.join("\n")).not.toContain("Bob's words");
    let size = 0;
    for await (const piece of archive(ctx, scope, { shop: "x", shopifyCustomerId: "x", madeAt: new Date() }))
      size += piece.length;
    expect(size).toBeGreaterThan(0);
  });
});

describe("what could not be read", () => {
  const aside = async (raw: string) => {
    const key = newId();
    await keepInbound(ctx, [{ account: { shopId: ctx.shop.id, id: account.id }, key, body: Buffer.from(raw) }]);
    await db.prisma.inbound.updateMany({ where: { key }, data: { state: "aside", problem: "Odd." } });
    return async () => (await db.prisma.inbound.findFirstOrThrow({ where: { key } })).body.length > 0;
  };

  it("goes with the person whom it names, and with nobody of a longer name", async () => {
    const [theirs, others] = [
      await aside("From: <Ada@Customer.example>\r\n\r\nx"),
      await aside("mada@customer.example"),
    ];
    await erase("ada@customer.example");
    expect([await theirs(), await others()]).toEqual([false, true]);
  });

  it("and raw mails go after thirty days, and then cannot be asked for", async () => {
    await arrives({ from: "Ada <ada@customer.example>" });
    const odd = await aside("odd");
    const old = async () =>
      (await db.prisma.inbound.findMany({ where: { accountId: account.id } })).filter(({ body }) => body.length > 0);
    shop.clock.advance(29 * 86_400_000);
    await forgetOld({ db, clock: shop.clock, signals: shop.signals });
    expect(await old()).toHaveLength(2);
    shop.clock.advance(2 * 86_400_000);
    await forgetOld({ db, clock: shop.clock, signals: shop.signals });
    expect(await old()).toHaveLength(0);
    expect(await odd()).toBe(false);
    expect(await texts()).toHaveLength(1);
  });
});
