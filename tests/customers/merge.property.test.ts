import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { giveConsent } from "~/consent/give";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { note } from "~/conversations/note";
import { rate } from "~/conversations/rate";
import { receive } from "~/conversations/receive";
import { reply } from "~/conversations/reply";
import { addNote } from "~/customers/add-note";
import { meet } from "~/customers/meet";
import { merge } from "~/customers/merge";
import { unmerge } from "~/customers/unmerge";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { shopTables } from "~/privacy/erase-shop";
import { bind } from "~/visitors/bind";
import { proofOf } from "~/visitors/proven";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

// The same step makes the same ids in every run, so that two histories can be compared row by row: the label says which
// step made an id, and how many it had made before.
const ids = vi.hoisted(() => ({ step: "", count: 0, labels: new Map<string, string>() }));
vi.mock("~/platform/ids", async (original) => {
  const real = await original<typeof import("~/platform/ids")>();
  return {
    ...real,
    newId: (now?: Date) => {
      const id = real.newId(now);
      ids.labels.set(id, `${ids.step}.${ids.count++}`);
      return id;
    },
  };
});

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});

/** Browsers 0 to 3 are guests; customer 4 and 5 are of Shopify's and were met. */
const browsers = 4;
const everybody = 6;
const browser = fc.nat(browsers - 1);
const anybody = fc.nat(everybody - 1);

type Step =
  | { do: "write" | "reply" | "note" | "rate" | "cart" | "sign-in"; who: number }
  | { do: "person-note" | "consent"; who: number }
  | { do: "merge"; who: number; other: number }
  | { do: "unmerge"; which: number };

const everyday: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("write" as const), who: browser }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("reply" as const), who: browser }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("note" as const, "rate" as const, "cart" as const), who: browser }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("sign-in" as const), who: browser }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("person-note" as const, "consent" as const), who: anybody }),
  },
);
const merging: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant("merge" as const), who: anybody, other: anybody }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("unmerge" as const), which: fc.nat(5) }) },
);
const history = fc.array(fc.oneof({ weight: 3, arbitrary: everyday }, { weight: 2, arbitrary: merging }), {
  minLength: 8,
  maxLength: 24,
  size: "max",
});

const every = ["two-shopify-customers", "different-emails", "different-phones", "said-not-the-same", "linked"];

class World {
  private constructor(
    readonly ctx: Context<StaffActor>,
    private readonly clock: { now(): Date; advance(milliseconds: number): void },
    private readonly begun: number,
    private readonly visitors: string[],
    private readonly leaves: string[],
  ) {}

  merges: string[] = [];

  static async make(): Promise<World> {
    ids.labels.clear();
    World.at("begin");
    const shop = await testShop(db);
    ids.labels.set(shop.base.shop.id, "shop");
    const staff = await shop.staff();
    const shopId = staff.shop.id;
    const visitors: string[] = [];
    const leaves: string[] = [];
    const at = shop.clock.now();
    for (let who = 0; who < everybody; who += 1) {
      World.at(`person${who}`);
      if (who < browsers) {
        const customer = newId(at);
        await db.prisma.customer.create({
          data: { shopId, id: customer, name: `P${who}`, email: `p${who}@example.com`, createdAt: at, updatedAt: at },
        });
        const id = newId(at);
        await db.prisma.visitor.create({
          data: { shopId, id, keyHash: id, customerId: customer, firstSeenAt: at, lastSeenAt: at },
        });
        visitors.push(id);
        leaves.push(customer);
      } else {
        leaves.push(await db.prisma.$transaction((tx) => meet(tx, staff, `gid://shopify/Customer/${who}`)));
        await db.prisma.customer.updateMany({
          where: { shopId, id: leaves.at(-1) as string },
          data: { email: `p${who}@example.com` },
        });
      }
      shop.clock.advance(1_000);
    }
    return new World(staff, shop.clock, shop.clock.now().getTime(), visitors, leaves);
  }

  static at(step: string): void {
    ids.step = step;
    ids.count = 0;
  }

  /** Does one step at its own time, whichever steps were left out before it. */
  async take(step: Step, index: number): Promise<void> {
    World.at(`step${index}`);
    this.clock.advance(this.begun + index * 60_000 - this.clock.now().getTime());
    const { ctx } = this;
    switch (step.do) {
      case "merge": {
        const ends = { customerId: this.leaves[step.who] as string, otherId: this.leaves[step.other] as string };
        if (ends.customerId === ends.otherId) return;
        const { mergeId } = await merge(ctx, { ...ends, seen: every });
        if (mergeId) this.merges.push(mergeId);
        return;
      }
      case "unmerge": {
        const [mergeId] = this.merges.splice(step.which % Math.max(1, this.merges.length), 1);
        if (mergeId) await unmerge(ctx, mergeId);
        return;
      }
      case "person-note":
        return addNote(ctx, { customerId: this.leaves[step.who] as string, text: `Note ${index}`, clientKey: newId() });
      case "consent":
        return giveConsent(ctx, {
          customerId: this.leaves[step.who] as string,
          channel: "email",
          purpose: "service",
          touchpoint: "said so",
          endpoint: { kind: "email", value: `p${step.who}@example.com` },
        });
      default:
        return this.takeAsShopper(step.do, step.who, index);
    }
  }

  private async takeAsShopper(what: string, who: number, index: number): Promise<void> {
    const { ctx } = this;
    const shopId = ctx.shop.id;
    const id = this.visitors[who] as string;
    const visitor = await db.prisma.visitor.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } });
    const proof = await proofOf(db.prisma, shopId, visitor, ctx.clock.now());
    const actor: ShopperActor = { kind: "shopper", visitorId: id, ...proof };
    const shopper = { ...ctx, actor };
    const chat = await db.prisma.conversation.findFirst({
      where: { shopId, visitorId: id },
      orderBy: [{ lastMessageAt: "desc" }, { openedAt: "desc" }],
    });
    const clientKey = newId();
    switch (what) {
      case "write":
        await receive(shopper, { conversationId: null, text: `Message ${index}`, clientKey, attachmentIds: [] });
        return;
      case "reply":
        if (chat) {
          const answer = { conversationId: chat.id, text: `Answer ${index}`, clientKey, attachmentIds: [] };
          await reply(ctx, { ...answer, seenPosition: null });
        }
        return;
      case "note":
        if (chat) await note(ctx, { conversationId: chat.id, text: `Remark ${index}`, clientKey });
        return;
      case "rate":
        if (chat) await rate(shopper, { conversationId: chat.id, score: 1 + (index % 5), comment: null });
        return;
      case "cart":
        await cartWithDraft(ctx, id, chat?.id ?? null, index);
        return;
      case "sign-in":
        if (visitor.signedInAs === null) {
          await db.prisma.$transaction((tx) => bind(tx, ctx, visitor, `gid://shopify/Customer/${2 + who}`));
        }
        return;
    }
  }

  /** Every row of the shop, without the ledger and what tells of it. Ids are said by who made them. */
  async dump(): Promise<string[]> {
    const lines: string[] = [];
    for (const table of shopTables) {
      if (["customer_merge", "audit_entry", "audit_head"].includes(table)) continue;
      const { rows } = await db.sql.query<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE "shopId" = $1`,
        [this.ctx.shop.id],
      );
      for (const { row } of rows) {
        if (/^customer\.(un)?merged$/.test(String(row.kind))) continue;
        if (table === "event") for (const key of ["id", "xid"]) delete row[key];
        if (table === "timeline_entry" && String(row.id).startsWith("00000000-")) delete row.id;
        // The widget's and the mirror's keys are of the run, not of the history.
        const text = JSON.stringify(row).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => ids.labels.get(id) ?? "unknown");
        lines.push(`${table} ${text}`);
      }
    }
    return lines.sort();
  }
}

async function cartWithDraft(
  ctx: Context<StaffActor>,
  visitorId: string,
  conversationId: string | null,
  index: number,
) {
  const at = ctx.clock.now();
  const shopId = ctx.shop.id;
  const cart = await db.prisma.cart.create({
    data: {
      ...{
        shopId,
        id: newId(at),
        visitorId,
        currency: "EUR",
        total: index,
        itemCount: 1,
        lines: [],
        discountCodes: [],
      },
      ...{ status: "active", source: "storefront", snapshotAt: at, createdAt: at, changedAt: at },
    },
  });
  await db.prisma.draftOrder.create({
    data: {
      ...{
        shopId,
        id: newId(at),
        shopifyDraftOrderId: `draft${index}`,
        name: `#D${index}`,
        conversationId,
        cartId: cart.id,
      },
      ...{ status: "open", currency: "EUR", total: index, createdAt: at, updatedAt: at },
    },
  });
}

async function live(steps: readonly Step[], isLived: (step: Step) => boolean): Promise<World> {
  const world = await World.make();
  for (const [index, step] of steps.entries()) if (isLived(step)) await world.take(step, index);
  return world;
}

const isMerging = (step: Step): boolean => step.do === "merge" || step.do === "unmerge";

describe("merging and undoing it, whatever happens in between", () => {
  it("is as if nobody had ever merged, in every table", { timeout: 300_000 }, async () => {
    const seen = { merges: 0, withWords: 0 };
    await fc.assert(
      fc.asyncProperty(history, fc.array(fc.nat(20), { minLength: 20, maxLength: 20 }), async (steps, order) => {
        const merged = await live(steps, () => true);
        // Nested and interleaved: what is still merged is undone in any order.
        for (const which of order.slice(0, merged.merges.length + 1)) {
          const [mergeId] = merged.merges.splice(which % Math.max(1, merged.merges.length), 1);
          if (mergeId) await unmerge(merged.ctx, mergeId);
        }
        const after = await merged.dump();
        seen.merges += await db.prisma.customerMerge.count({
          where: { shopId: merged.ctx.shop.id, evidence: "staff" },
        });
        seen.withWords += after.filter((line) => line.startsWith("message ")).length;
        const never = await (await live(steps, (step) => !isMerging(step))).dump();
        expect(after).toEqual(never);
        expect(never.length).toBeGreaterThan(10);
      }),
      { numRuns: 20 },
    );
    // The histories were about something.
    expect(seen.merges).toBeGreaterThan(10);
    expect(seen.withWords).toBeGreaterThan(30);
  });

  it("gives everybody exactly what the rows that stand say, after every step", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const world = await World.make();
        for (const [index, step] of steps.entries()) {
          await world.take(step, index);
          if (isMerging(step) || step.do === "sign-in") await expectSettled(world.ctx);
        }
      }),
      { numRuns: 10 },
    );
  });
});

/** People are what the rows join, no leaf stands for one who stands for another, and only proof opens. */
async function expectSettled(ctx: Context): Promise<void> {
  const shopId = ctx.shop.id;
  const leaves = await db.prisma.customer.findMany({ where: { shopId } });
  const edges = await db.prisma.customerMerge.findMany({ where: { shopId, undoneAt: null } });
  for (const [column, rows] of [
    ["personId", edges],
    ["provenId", edges.filter((edge) => edge.opens)],
  ] as const) {
    const joined = new Map(leaves.map((leaf) => [leaf.id, new Set([leaf.id])]));
    for (let round = 0; round < leaves.length; round += 1) {
      for (const { fromId, intoId } of rows) {
        const both = new Set([...(joined.get(fromId) ?? []), ...(joined.get(intoId) ?? [])]);
        for (const id of both) joined.set(id, both);
      }
    }
    for (const leaf of leaves) {
      const same = leaves.filter((one) => one[column] === leaf[column]).map((one) => one.id);
      expect(new Set(same)).toEqual(joined.get(leaf.id));
      expect(same).toContain(leaf[column]);
      expect(leaves.find((one) => one.id === leaf[column])?.[column]).toBe(leaf[column]);
    }
  }
}
