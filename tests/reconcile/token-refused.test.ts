import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noteDue, takeUpDue } from "~/reconcile/due";
import { readAgain } from "~/reconcile/read-again";
import { adminFor } from "~/shopify/admin-for";
import { ShopDocument } from "~/shopify/queries/generated";
import { syncShop, syncShops } from "~/shopify-data/sync/advance";
import { startSync } from "~/shopify-data/sync/start";
import { bulkRunner } from "../../dev/shopify/admin-api/bulk/runner";
import { issueExpiringOffline } from "../../dev/shopify/admin-api/oauth/tokens";
import { putOrder, SHOP } from "../dev/shopify/admin-api/small-world";
import { asShopify, pass, sourceIds, synced } from "../support/mirrored";
import { type Stage, setStage } from "../support/stage";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  for (let day = 1; day < 6; day += 1) putOrder(stage.small, day);
  await synced(stage);
});

beforeEach(async () => {
  takes(true);
  await prisma().shop.update({ where: { id: shopId() }, data: { uninstalledAt: null } });
  await prisma().shopifyDue.deleteMany();
  await prisma().$transaction((tx) => startSync(tx, stage.staff, { anew: true }));
  const due = sourceIds(stage, "orders").map((id) => ({ kind: "orders" as const, id }));
  await prisma().$transaction((tx) => noteDue(tx, asShopify(stage), due));
});

const prisma = () => stage.app.db.prisma;
const shopId = () => stage.staff.shop.id;
const due = () => prisma().shopifyDue.count();
const states = async () =>
  new Set((await prisma().syncRun.findMany({ where: { shopId: shopId() } })).map(({ state }) => state));

/** Whether Shopify takes the shop's token. */
function takes(good: boolean): void {
  const token = stage.small.shop.get("token", `shpat_${SHOP}`);
  if (!token) throw new Error("the shop has no token");
  stage.small.shop.put("token", token.accessToken, { ...token, revoked: !good });
}

/** One moment in which Shopify answers 401. */
async function refused(): Promise<void> {
  takes(false);
  await syncShop(stage.app, { shopId: shopId() });
  await readAgain(asShopify(stage), "orders").catch(() => undefined);
  takes(true);
}

describe("a token that Shopify does not take for a moment", () => {
  it("costs nothing of what is due", async () => {
    const before = await due();
    expect(before).toBeGreaterThan(0);
    await refused();
    expect(await due()).toBe(before);
    pass(stage, 60_000);
    await takeUpDue(stage.app);
    await stage.work();
    expect(await due()).toBe(0);
  });

  it("does not end the sync: it is carried on by the clock", async () => {
    await refused();
    expect(await states()).toEqual(new Set(["stopped"]));
    await syncShops(stage.app);
    expect(await states()).toEqual(new Set(["stopped"]));
    pass(stage, 11 * 60_000);
    await syncShops(stage.app);
    expect(await states()).toEqual(new Set(["waiting"]));
    for (let step = 0; step < 40; step += 1) {
      await syncShop(stage.app, { shopId: shopId() });
      await bulkRunner(stage.small.world).settled();
      pass(stage, 30_000);
      if ((await states()).size === 1 && (await states()).has("done")) break;
    }
    expect(await states()).toEqual(new Set(["done"]));
  });

  it("does not bring a sync back where the app was uninstalled or nobody has a session", async () => {
    await refused();
    pass(stage, 11 * 60_000);
    await prisma().shop.update({ where: { id: shopId() }, data: { uninstalledAt: stage.clock.now() } });
    await syncShops(stage.app);
    expect(await states()).toEqual(new Set(["stopped"]));
    await prisma().shop.update({ where: { id: shopId() }, data: { uninstalledAt: null } });
    const sessions = await prisma().session.findMany({ where: { shop: SHOP } });
    await prisma().session.deleteMany({ where: { shop: SHOP } });
    await syncShops(stage.app);
    expect(await states()).toEqual(new Set(["stopped"]));
    await prisma().session.createMany({ data: sessions });
  });

  it("gives up what is due where the app was uninstalled", async () => {
    await prisma().shop.update({ where: { id: shopId() }, data: { uninstalledAt: stage.clock.now() } });
    takes(false);
    await readAgain(asShopify(stage), "orders");
    expect(await due()).toBe(0);
  });

  it("is asked for anew once the exchange under way is through", async () => {
    const { shop, world } = stage.small;
    takes(false);
    const where = { id: `offline_${SHOP}` };
    const before = await prisma().session.findUniqueOrThrow({ where });
    const locks = await stage.app.db.locks.connect();
    const named = [`token exchange of ${SHOP}`];
    await locks.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", named);
    const asked = adminFor(stage.staff, "background").ask(ShopDocument, {});
    asked.catch(() => undefined);
    // Shopify has answered the exchange; the new token is kept a moment later.
    const { accessToken } = issueExpiringOffline(world, shop, world.app.scopes);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await prisma().session.update({ where, data: { accessToken } });
    await locks.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", named);
    locks.release();
    expect((await asked).shop.name).toBeTruthy();
    await prisma().session.update({ where, data: { accessToken: before.accessToken } });
  });
});
