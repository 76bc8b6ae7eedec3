import { vi } from "vitest";
import type { Context } from "~/context";
import { readRecords } from "~/reconcile/read-records";
import { type Kind, kinds } from "~/shopify-data/kinds";
import { gid } from "../../dev/shopify/records";
import type { Stage } from "./stage";

const records = {
  customers: ["customer", "Customer", "shopify_customer"],
  orders: ["order", "Order", "shopify_order"],
  "draft-orders": ["draftOrder", "DraftOrder", "shopify_draft_order"],
  products: ["product", "Product", "shopify_product"],
} as const;

export type Mirrored = keyof typeof records;

/** What Shopify has of a kind, as ids. */
export function sourceIds(stage: Stage, kind: Mirrored): string[] {
  const [record, type] = records[kind];
  return stage.small.shop.all(record).map((one) => gid(type, one.id));
}

/** What is kept of a kind and not marked as gone, as ids. */
export async function mirroredIds(stage: Stage, kind: Mirrored): Promise<string[]> {
  const { rows } = await stage.app.db.sql.query<{ id: string }>(
    `SELECT "id" FROM "${records[kind][2]}" WHERE "shopId" = $1::uuid AND "deletedAt" IS NULL`,
    [stage.staff.shop.id],
  );
  return rows.map((row) => row.id);
}

/** What differs between the mirror and Shopify: ids on one side only, and records that say something else. */
export async function differences(stage: Stage, kind: Mirrored) {
  const [there, here] = [sourceIds(stage, kind), await mirroredIds(stage, kind)];
  const read = await readRecords(asShopify(stage), kind, there);
  return {
    missing: there.filter((id) => !here.includes(id)),
    extra: here.filter((id) => !there.includes(id)),
    other: read.created + read.changed,
  };
}

export const same = { missing: [], extra: [], other: 0 };

export function asShopify(stage: Stage): Context {
  return { ...stage.staff, actor: { kind: "shopify" } };
}

/** As if the first sync had ended now, with what was read by then. */
export async function synced(stage: Stage): Promise<void> {
  for (const kind of Object.keys(records) as Mirrored[]) {
    await readRecords(asShopify(stage), kind, sourceIds(stage, kind));
  }
  const now = stage.clock.now();
  await stage.app.db.prisma.syncRun.createMany({
    data: kinds.map((kind: Kind) => ({
      shopId: stage.staff.shop.id,
      kind,
      state: "done",
      askedAt: now,
      lastFinishedAt: now,
      changedAt: now,
    })),
    skipDuplicates: true,
  });
}

/** Time passes at Shopify and here. */
export function pass(stage: Stage, milliseconds: number): void {
  stage.clock.advance(milliseconds);
  stage.small.pass(milliseconds);
}

/** Counts the questions of one name that the Admin API is asked from now on. */
export function countQuestions(name: string): { count: number; stop(): void } {
  const counter = { count: 0, stop: () => spy.mockRestore() };
  const real = globalThis.fetch;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    if (String(init?.body).includes(`query ${name}(`)) counter.count += 1;
    return real(input, init);
  });
  return counter;
}
