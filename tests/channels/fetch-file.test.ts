import { beforeAll, beforeEach, expect, it } from "vitest";
import { Retryable } from "~/channels/channel";
import { fetchFile } from "~/channels/fetch-file";
import { adapters } from "~/channels/registry";
import type { Context } from "~/context";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { arrive, plainAccount, plainChannel } from "../support/plain-channel";

let db: Database;
let shop: TestShop;
let ctx: Context;
let id: string;
plainChannel();

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
  ctx = { ...shop.base, actor: { kind: "app" } };
  const account = await plainAccount(shop, newId());
  const identifier = { kind: "phone", value: "+4520123456" } as const;
  const from = { address: "+4520123456", name: null, identifier, grade: "provider-verified", proof: "wrote" } as const;
  const files = [{ name: "photo.jpg", mediaType: "image/jpeg", reference: "there" }];
  await arrive(ctx, account.id, [
    { type: "message", externalId: newId(), at: shop.clock.now(), from, text: "Look", files },
  ]);
  id = (await db.prisma.attachment.findFirstOrThrow({ where: { shopId: ctx.shop.id } })).id;
});

it("waits for a file while its provider is down, and says that it never came after the last try", async () => {
  if (adapters.sms)
    adapters.sms.fetchFile = () => Promise.reject(new Retryable({ code: "503", words: "The provider is down." }));
  const file = () => db.prisma.attachment.findFirstOrThrow({ where: { id } });
  await expect(fetchFile(ctx, id)).rejects.toThrow(Retryable);
  expect(await file()).toMatchObject({ state: "waiting" });
  await expect(fetchFile(ctx, id, true)).rejects.toThrow(Retryable);
  expect(await file()).toMatchObject({ state: "failed", reason: expect.stringContaining("could not be fetched") });
});
