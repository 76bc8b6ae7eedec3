import { beforeAll, beforeEach, expect, it } from "vitest";
import { deliver } from "~/channels/deliver";
import type { Context, StaffActor } from "~/context";
import { close } from "~/conversations/close";
import { reply } from "~/conversations/reply";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { arrive, plainAccount, plainChannel } from "../support/plain-channel";

let db: Database;
let shop: TestShop;
let ctx: Context;
let anna: Context<StaffActor>;
let account: { id: string };
let conversationId: string;
plainChannel();
const number = "+4520123456";

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  anna = await shop.staff();
  account = await plainAccount(shop, newId());
  const identifier = { kind: "phone", value: number } as const;
  const from = { address: number, name: null, identifier, grade: "provider-verified", proof: "wrote" } as const;
  await arrive(ctx, account.id, [
    { type: "message", externalId: newId(), at: shop.clock.now(), from, text: "Hello", files: [] },
  ]);
  conversationId = (await db.prisma.conversation.findFirstOrThrow({ where: { shopId: ctx.shop.id } })).id;
});

const write = async () =>
  (await reply(anna, { conversationId, text: "Hi", clientKey: newId(), attachmentIds: [], seenPosition: null })).id;
const status = async () => (await db.prisma.conversation.findFirstOrThrow({ where: { id: conversationId } })).status;

it("a failure brings a closed conversation back once, not with each receipt of another part that follows", async () => {
  const id = await write();
  await deliver(ctx, id);
  const first = await db.prisma.delivery.findFirstOrThrow({ where: { messageId: id } });
  await db.prisma.delivery.create({ data: { ...first, part: 1, externalId: "part-1" } });
  await close(anna, conversationId);
  const at = shop.clock.now();
  await arrive(ctx, account.id, [{ type: "receipt", externalId: first.externalId ?? "", state: "failed", at }]);
  expect(await status()).toBe("open");
  await close(anna, conversationId);
  await arrive(ctx, account.id, [{ type: "receipt", externalId: "part-1", state: "delivered", at }]);
  await arrive(ctx, account.id, [{ type: "receipt", externalId: "part-1", state: "read", at }]);
  expect(await status()).toBe("closed");
});
