import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noteDue } from "~/reconcile/due";
import { readAgain } from "~/reconcile/read-again";
import { reconcile } from "~/reconcile/reconcile";
import { gid } from "../../dev/shopify/records";
import { putOrder } from "../dev/shopify/admin-api/small-world";
import { asShopify, pass, synced } from "../support/mirrored";
import { type Stage, setStage } from "../support/stage";

const minute = 60_000;
const hour = 60 * minute;
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  for (let count = 0; count < 30; count += 1) putOrder(stage.small, 2);
  await synced(stage);
});

beforeEach(async () => {
  await stage.app.db.prisma.shopifyDue.deleteMany();
  await stage.app.db.sql.query("DELETE FROM graphile_worker._private_jobs");
  stage.trouble.next = [];
  pass(stage, 2 * hour);
});

const orders = () => stage.small.shop.all("order");
const now = () => stage.small.world.clock().toISOString();
const due = () => stage.app.db.prisma.shopifyDue.count({ where: { kind: "orders" } });
const fresh = (email: string) => stage.app.db.prisma.shopifyOrder.count({ where: { email } });

function set(id: number, changes: object): void {
  const order = stage.small.shop.get("order", id);
  if (!order) throw new Error("no such order");
  stage.small.shop.put("order", id, { ...order, ...changes, updatedAt: now() });
}

async function tell(ids: string[]): Promise<void> {
  const noted = ids.map((id) => ({ kind: "orders" as const, id }));
  await stage.app.db.prisma.$transaction((tx) => noteDue(tx, asShopify(stage), noted));
  pass(stage, minute);
}

/** Reads some turns, as the jobs would; answers how many failed. */
async function turns(count: number): Promise<number> {
  let failed = 0;
  for (let turn = 0; turn < count; turn += 1) {
    await readAgain(asShopify(stage), "orders").catch(() => {
      failed += 1;
    });
    pass(stage, minute);
  }
  return failed;
}

describe("a record that cannot be read", () => {
  it.each([
    ["the database does not take", () => set(orders()[0]?.id ?? 0, { processedAt: "0000-01-01T00:00:00Z" }), null],
    ["Shopify does not know for an id", () => undefined, "x"],
  ])("because %s holds up no other", async (why, spoil, other) => {
    const before = orders()[0];
    spoil();
    await tell([other ?? gid("Order", before?.id ?? 0)]);
    const email = `${why.length}@example.com`;
    for (const order of orders().slice(1)) set(order.id, { email });
    await tell(
      orders()
        .slice(1)
        .map((order) => gid("Order", order.id)),
    );
    expect(await turns(3)).toBe(0);
    expect(await fresh(email)).toBe(orders().length - 1);
    expect(await due()).toBe(1);
    // It is tried ever later, and given up in the end.
    for (let tries = 0; tries < 12; tries += 1) {
      pass(stage, 6 * hour);
      await turns(1);
    }
    expect(await due()).toBe(0);
    set(before?.id ?? 0, { processedAt: before?.processedAt });
  });

  it("is told from Shopify that is down", async () => {
    const told = orders().slice(0, 6);
    await tell(told.map((order) => gid("Order", order.id)));
    // Its four tries fail; those before and after it do not.
    stage.trouble.next = Array.from({ length: 4 }, () => "502" as const);
    expect(await turns(1)).toBe(0);
    expect(await due()).toBe(1);
    pass(stage, 10 * minute);
    await turns(1);
    expect(await due()).toBe(0);
    await tell(told.map((order) => gid("Order", order.id)));
    stage.trouble.next = Array.from({ length: 40 }, () => "502" as const);
    expect(await turns(1)).toBe(1);
    stage.trouble.next = [];
    expect(await due()).toBe(6);
    expect(await turns(1)).toBe(0);
    expect(await due()).toBe(0);
  }, 60_000);

  it("keeps no later kind from being compared", async () => {
    const [bad] = orders();
    set(bad?.id ?? 0, { processedAt: "0000-01-01T00:00:00Z" });
    const product = stage.small.shop.get("product", 2);
    if (product) stage.small.shop.put("product", 2, { ...product, title: "Trail Mug", updatedAt: now() });
    pass(stage, hour);
    const shopId = stage.staff.shop.id;
    await reconcile(stage.app, { shopId });
    const last = await stage.app.db.prisma.reconcileRun.findFirstOrThrow({ orderBy: { startedAt: "desc" } });
    expect(last).toMatchObject({ failure: null, endedAt: expect.any(Date) });
    expect(await stage.app.db.prisma.shopifyProduct.count({ where: { title: "Trail Mug" } })).toBe(1);
    expect(await due()).toBe(1);
  });
});
