import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Inbound } from "~/channels/channel";
import { deliver } from "~/channels/deliver";
import { keepInbound } from "~/channels/keep";
import { readInbound, takeUpInbound } from "~/channels/receive";
import type { Context } from "~/context";
import { reply } from "~/conversations/reply";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { arrive, plainAccount, plainChannel } from "../support/plain-channel";

let db: Database;
let shop: TestShop;
let ctx: Context;
let account: { id: string };
const far = plainChannel();
const number = "+4520123456";

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  far.sent.length = 0;
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  account = await plainAccount(shop, newId());
  await arrive(ctx, account.id, [said("Hello")]);
});

function said(text: string): Inbound {
  const identifier = { kind: "phone", value: number } as const;
  const from = { address: number, name: null, identifier, grade: "provider-verified", proof: "wrote" } as const;
  return { type: "message", externalId: newId(), at: shop.clock.now(), from, text, files: [] };
}

const install = (uninstalledAt: Date | null) =>
  db.prisma.shop.update({ where: { id: ctx.shop.id }, data: { uninstalledAt } });

describe("a shop that took the app away", () => {
  it("sends nothing any more, and says so where it stands", async () => {
    const { id: conversationId } = await db.prisma.conversation.findFirstOrThrow({ where: { shopId: ctx.shop.id } });
    const written = { conversationId, text: "Hi", clientKey: newId(), attachmentIds: [], seenPosition: null };
    const { id } = await reply(await shop.staff(), written);
    await install(shop.clock.now());
    await deliver(ctx, id);
    await install(null);
    await deliver(ctx, id);
    expect(far.sent).toEqual([]);
    const row = await db.prisma.delivery.findFirstOrThrow({ where: { messageId: id } });
    expect(row).toMatchObject({ state: "failed", errorCode: "uninstalled" });
  });

  it("has what comes in wait until it is back", async () => {
    await db.sql.query(`DELETE FROM graphile_worker._private_jobs`);
    await install(shop.clock.now());
    const body = Buffer.from(JSON.stringify([said("Still there?")]));
    await keepInbound(ctx, [{ account: { shopId: ctx.shop.id, id: account.id }, key: newId(), body }]);
    await readInbound(ctx, account.id);
    const waiting = () => db.prisma.inbound.count({ where: { shopId: ctx.shop.id, state: "waiting" } });
    const jobs = async () => (await db.sql.query(`SELECT 1 FROM graphile_worker._private_jobs`)).rowCount;
    expect(await waiting()).toBe(1);
    await db.sql.query(`DELETE FROM graphile_worker._private_jobs`);
    shop.clock.advance(120_000);
    await takeUpInbound(shop.base);
    expect(await jobs()).toBe(0);
    await install(null);
    await takeUpInbound(shop.base);
    expect(await jobs()).toBe(1);
    await readInbound(ctx, account.id);
    expect(await waiting()).toBe(0);
  });
});
