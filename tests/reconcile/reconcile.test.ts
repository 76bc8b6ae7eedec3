import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { reconcile, reconcileShops } from "~/reconcile/reconcile";
import { gid } from "../../dev/shopify/records";
import { putOrder } from "../dev/shopify/admin-api/small-world";
import { countQuestions, differences, type Mirrored, mirroredIds, pass, same, synced } from "../support/mirrored";
import { type Stage, setStage } from "../support/stage";

const hour = 3_600_000;
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  for (let day = 3; day < 8; day += 1) putOrder(stage.small, day);
  await synced(stage);
});

beforeEach(() => {
  stage.trouble.next = [];
  pass(stage, 2 * hour);
});

const shopId = () => stage.staff.shop.id;
const run = () => reconcile(stage.app, { shopId: shopId() });
const last = () =>
  stage.app.db.prisma.reconcileRun.findFirstOrThrow({ where: { shopId: shopId() }, orderBy: { startedAt: "desc" } });
const now = () => stage.small.world.clock().toISOString();

async function isSame(): Promise<void> {
  // What somebody bought changes what is known of them.
  await stage.work();
  for (const kind of ["customers", "orders", "draft-orders", "products"] satisfies Mirrored[]) {
    expect({ kind, ...(await differences(stage, kind)) }).toEqual({ kind, ...same });
  }
}

function changeOrder(id: number, note: string): void {
  const order = stage.small.shop.get("order", id);
  if (!order) throw new Error("no such order");
  stage.small.shop.put("order", id, { ...order, email: `${note}@example.com`, updatedAt: now() });
}

const orders = () => stage.small.shop.all("order");

describe("the comparison with Shopify", () => {
  it("finds nothing where nothing was lost, and asks little", async () => {
    await run();
    expect(await last()).toMatchObject({ missing: 0, stale: 0, gone: 0, failure: null, endedAt: expect.any(Date) });
    pass(stage, hour);
    const read = countQuestions("OrderRecords");
    await run();
    read.stop();
    expect(read.count).toBe(0);
    expect(await last()).toMatchObject({ compared: 0, missing: 0, stale: 0, gone: 0 });
  });

  it("repairs what no webhook told of, and says how many", async () => {
    const [first, second] = orders();
    changeOrder(first?.id ?? 0, "one");
    changeOrder(second?.id ?? 0, "two");
    putOrder(stage.small, 0);
    const customer = stage.small.shop.get("customer", 602);
    if (customer) stage.small.shop.put("customer", 602, { ...customer, firstName: "Benno", updatedAt: now() });
    const product = stage.small.shop.get("product", 2);
    if (product) stage.small.shop.put("product", 2, { ...product, title: "Trail Cup", updatedAt: now() });
    pass(stage, hour);
    await run();
    expect(await last()).toMatchObject({ missing: 1, stale: 4, gone: 0, failure: null });
    await isSame();
  });

  it("finds deletions, which change no record", async () => {
    const victim = orders().at(-1);
    stage.small.shop.delete("order", victim?.id ?? 0);
    stage.small.shop.delete("product", 3);
    await run();
    expect(await last()).toMatchObject({ gone: 2 });
    expect(await mirroredIds(stage, "orders")).not.toContain(gid("Order", victim?.id ?? 0));
    await isSame();
  });

  it("leaves an order alone that Shopify does not tell of any more because of its age", async () => {
    const old = putOrder(stage.small, 0);
    pass(stage, hour);
    await run();
    await stage.work();
    pass(stage, 70 * 24 * hour);
    await run();
    expect(await mirroredIds(stage, "orders")).toContain(gid("Order", old.id));
    stage.small.shop.delete("order", old.id);
    await stage.app.db.prisma.shopifyOrder.deleteMany({ where: { shopId: shopId() } });
    for (const order of orders()) stage.small.shop.delete("order", order.id);
  });

  it("takes a second look at what was read in the second of its change", async () => {
    const order = putOrder(stage.small, 0);
    pass(stage, hour);
    await run();
    // Changed twice in one second: read in between, and no webhook told of the second change.
    changeOrder(order.id, "first");
    await synced(stage);
    changeOrder(order.id, "second");
    pass(stage, hour);
    await run();
    expect(await last()).toMatchObject({ stale: 1 });
    await isSame();
  });

  it("goes on with its page after a failure, counts nothing twice, and begins where the last one ended", async () => {
    for (let count = 0; count < 3; count += 1) {
      putOrder(stage.small, 0);
      pass(stage, 60_000);
    }
    const customer = stage.small.shop.get("customer", 603);
    if (customer) stage.small.shop.put("customer", 603, { ...customer, firstName: "Cy", updatedAt: now() });
    pass(stage, hour);
    // Somewhere on the way every try begins to fail, for longer than what would be taken for the fault of some records.
    const answers: Stage["trouble"]["next"] = Array.from({ length: 40 }, () => "502" as const);
    const failing = run();
    await new Promise((resolve) => setTimeout(resolve, 60));
    stage.trouble.next = answers;
    await failing.catch(() => undefined);
    stage.trouble.next = [];
    await run();
    expect(await last()).toMatchObject({ missing: 3, stale: 1, failure: null });
    expect(await stage.app.db.prisma.reconcileRun.count({ where: { shopId: shopId(), endedAt: null } })).toBe(0);
    await isSame();
  });

  it("is done by one at a time, however many ask", async () => {
    const before = await stage.app.db.prisma.reconcileRun.count();
    putOrder(stage.small, 0);
    pass(stage, hour);
    await Promise.all([run(), run(), run()]);
    expect(await stage.app.db.prisma.reconcileRun.count()).toBe(before + 1);
    expect(await last()).toMatchObject({ missing: 1 });
  });

  it("is asked for by the clock, for shops whose sync came to its end", async () => {
    await reconcileShops(stage.app);
    const { rows } = await stage.app.db.sql.query(
      `SELECT payload->>'shopId' AS shop FROM graphile_worker._private_jobs j
         JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'reconcile'`,
    );
    expect(rows).toEqual([{ shop: shopId() }]);
    await stage.work();
    expect(await last()).toMatchObject({ missing: 0, failure: null });
  });

  it("does nothing for a shop that has taken the app away", async () => {
    const before = await stage.app.db.prisma.reconcileRun.count();
    await stage.app.db.prisma.shop.update({ where: { id: shopId() }, data: { uninstalledAt: stage.clock.now() } });
    await run();
    expect(await stage.app.db.prisma.reconcileRun.count()).toBe(before);
  });
});
