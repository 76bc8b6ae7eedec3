import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noteDue } from "~/reconcile/due";
import { markDeleted } from "~/reconcile/mark-deleted";
import { readAgain } from "~/reconcile/read-again";
import { readRecords } from "~/reconcile/read-records";
import { reconcile } from "~/reconcile/reconcile";
import { gid } from "../../dev/shopify/records";
import { putOrder } from "../dev/shopify/admin-api/small-world";
import { asShopify, pass, synced } from "../support/mirrored";
import { type Stage, setStage } from "../support/stage";

const minute = 60_000;
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  for (let day = 1; day < 4; day += 1) putOrder(stage.small, day);
  await synced(stage);
});
beforeEach(async () => {
  await prisma().shopifyDue.deleteMany();
  pass(stage, minute);
});

const prisma = () => stage.app.db.prisma;
const ctx = () => asShopify(stage);

describe("a deletion", () => {
  it("is found although our clock was ahead of Shopify's when the record was read", async () => {
    const order = putOrder(stage.small, 0);
    const id = gid("Order", order.id);
    await readRecords(ctx(), "orders", [id]);
    stage.small.shop.delete("order", order.id);
    const { toldAt } = await prisma().shopifyOrder.findFirstOrThrow({ where: { id } });
    const at = new Date(toldAt.getTime() - 2_000);
    pass(stage, 1_000);
    const told = (one: string) => prisma().$transaction((tx) => markDeleted(tx, ctx(), "orders", [one], at));
    expect(await told(id)).toEqual([]);
    await readAgain(ctx(), "orders");
    const row = await prisma().shopifyOrder.findFirstOrThrow({ where: { id } });
    expect(row.deletedAt).toEqual(expect.any(Date));
    // Marked, or never known: there is nothing to ask for.
    await prisma().shopifyDue.deleteMany();
    await told(id);
    await told(gid("Order", 404_404));
    expect(await prisma().shopifyDue.count()).toBe(0);
  });

  it("of a customer that no webhook told of parts whom we have met from it, when it is read", async () => {
    const shopper = await stage.shopper({ signedInAs: gid("Customer", 602) });
    stage.small.shop.delete("customer", 602);
    await prisma().$transaction((tx) => noteDue(tx, ctx(), [{ kind: "customers", id: gid("Customer", 602) }]));
    await readAgain(ctx(), "customers");
    const where = { id: shopper.actor.customerId ?? "" };
    expect(await prisma().customer.findFirst({ where })).toMatchObject({ shopifyCustomerId: null });
  });

  it("of a customer that no webhook told of parts whom we have met from it, when it is swept", async () => {
    const shopper = await stage.shopper({ signedInAs: gid("Customer", 603) });
    stage.small.shop.delete("customer", 603);
    pass(stage, 60 * minute);
    await reconcile(stage.app, { shopId: stage.staff.shop.id });
    const where = { id: shopper.actor.customerId ?? "" };
    expect(await prisma().customer.findFirst({ where })).toMatchObject({ shopifyCustomerId: null });
  });

  it("leaves a checkout that Shopify tells of an hour late to be found by the sweep", async () => {
    const asked: string[] = [];
    const real = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const body = String(init?.body);
      if (body.includes("CheckoutsChanged") || body.includes("OrdersChanged")) asked.push(body);
      return real(input, init);
    };
    pass(stage, 60 * minute);
    const last = await prisma().reconcileRun.findFirstOrThrow({ orderBy: { startedAt: "desc" } });
    await reconcile(stage.app, { shopId: stage.staff.shop.id }).finally(() => {
      globalThis.fetch = real;
    });
    const from = (name: string) => {
      const text = asked.find((body) => body.includes(name)) ?? "";
      return Date.parse(/updated_at:>='([^']+)'/.exec(text)?.[1] ?? "");
    };
    expect(last.windowTo.getTime() - from("CheckoutsChanged")).toBe(2 * 60 * minute);
    expect(last.windowTo.getTime() - from("OrdersChanged")).toBe(10 * minute);
  });
});
