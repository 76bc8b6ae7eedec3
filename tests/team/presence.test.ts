import { beforeAll, expect, it } from "vitest";
import type { Database } from "~/db.server";
import { awayAfterMilliseconds, seenNow, someoneThere, tellIfAway } from "~/team/presence";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;

beforeAll(async () => {
  db = await testDatabase();
});

it("somebody is there from their first sign of life until a while after the last, in their own shop only", async () => {
  const [shop, elsewhere] = [await testShop(db), await testShop(db)];
  const [anna, bo, stranger] = [await shop.staff("Anna"), await shop.staff("Bo"), await elsewhere.staff()];
  expect(await someoneThere(anna)).toBe(false);
  await seenNow(anna);
  await seenNow(bo);
  await seenNow(anna);
  expect(await someoneThere(anna)).toBe(true);
  expect(await someoneThere(stranger)).toBe(false);
  expect(shop.signals.sent).toEqual([{ kind: "staff-presence", shopId: shop.base.shop.id, someoneThere: true }]);
  shop.clock.advance(awayAfterMilliseconds);
  expect(await someoneThere(anna)).toBe(false);
  await seenNow(bo);
  expect(shop.signals.sent).toHaveLength(2);
});

it("shoppers are told that nobody is there only when the last of the team is gone", async () => {
  const shop = await testShop(db);
  const [anna, bo] = [await shop.staff("Anna"), await shop.staff("Bo")];
  await seenNow(anna);
  shop.clock.advance(awayAfterMilliseconds - 1);
  await seenNow(bo);
  shop.clock.advance(1);
  await tellIfAway(anna);
  expect(shop.signals.sent).toHaveLength(1);
  shop.clock.advance(awayAfterMilliseconds);
  await tellIfAway(bo);
  expect(shop.signals.sent[1]).toEqual({ kind: "staff-presence", shopId: shop.base.shop.id, someoneThere: false });
});
