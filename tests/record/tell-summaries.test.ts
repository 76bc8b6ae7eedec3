import { beforeAll, describe, expect, it } from "vitest";
import type { Context, ShopperActor } from "~/context";
import { close } from "~/conversations/close";
import { rate } from "~/conversations/rate";
import { receive } from "~/conversations/receive";
import { merge } from "~/customers/merge";
import { mergePreview } from "~/customers/merging/preview";
import { unmerge } from "~/customers/unmerge";
import { newId } from "~/platform/ids";
import { tellSummaries } from "~/record/tell-summaries";
import { SHOP } from "../dev/shopify/admin-api/small-world";
import { type Stage, setStage } from "../support/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  // The first look begins at the end of the log.
  await tellSummaries(stage.app);
});

const say = (ctx: Context<ShopperActor>, text: string) =>
  receive(ctx, { conversationId: null, text, clientKey: newId(), attachmentIds: [] });

/** The log is read to its end. Transactions of other databases of the same server hold its reading back too. */
async function readLog(): Promise<void> {
  await expect
    .poll(
      async () => {
        await tellSummaries(stage.app);
        const { rows } = await stage.app.db.sql.query<{ left: number }>(
          `SELECT count(*)::int AS left FROM "event" e, "log_cursor" c WHERE (e."xid", e."id") > (c."xid", c."id")`,
        );
        return rows[0]?.left;
      },
      { timeout: 10_000 },
    )
    .toBe(0);
}

/** One turn of the clock: the log is read on, and what was asked for is done. */
async function minute(): Promise<void> {
  await readLog();
  await stage.work();
}

function fieldsOf(number: number): Record<string, string> {
  const customer = stage.small.world.store.shop(SHOP).get("customer", number);
  return Object.fromEntries((customer?.metafields ?? []).map(({ key, value }) => [key, value]));
}

const written = () => stage.app.db.prisma.customerSummary.findMany({ where: { shopId: stage.staff.shop.id } });

describe("the summary in a customer's metafields", () => {
  it("follows what happens in their conversations", async () => {
    const shopper = await stage.shopper({ signedInAs: "gid://shopify/Customer/601" });
    const { conversationId } = await say(shopper, "Where is my parcel?");
    await minute();
    const now = stage.clock.now().toISOString();
    expect(fieldsOf(601)).toMatchObject({ open_matters: "1", channels: '["chat"]' });
    expect(new Date(fieldsOf(601)["waiting_since"] ?? 0).toISOString()).toBe(now);

    await close(stage.staff, conversationId);
    await rate(shopper, { conversationId, score: 4, comment: null });
    await minute();
    expect(fieldsOf(601)).toMatchObject({ open_matters: "0", satisfaction: "4.0" });
    expect(fieldsOf(601)).not.toHaveProperty("waiting_since");
  });

  it("is never written for somebody who has only said who they are", async () => {
    const before = await written();
    const stranger = await stage.shopper({ email: "amalie@example.com" });
    await say(stranger, "I am amalie@example.com");
    await minute();
    expect(await written()).toEqual(before);
  });

  it("is written once for many messages of a minute, and not again when nothing is new", async () => {
    const shopper = await stage.shopper({ signedInAs: "gid://shopify/Customer/602" });
    for (let turn = 0; turn < 5; turn += 1) await say(shopper, `Message ${turn}`);
    await readLog();
    const waiting = await stage.app.db.sql.query(
      `SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'tell-summary'`,
    );
    expect(waiting.rowCount).toBe(1);
    await stage.work();
    const first = await written();
    stage.clock.advance(60_000);
    await minute();
    expect(await written()).toEqual(first);
  });

  it("passes over no fact of a transaction that was still under way at the look", async () => {
    const shopper = await stage.shopper({ signedInAs: "gid://shopify/Customer/603" });
    const client = await stage.app.db.locks.connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT pg_current_xact_id()");
      await say(shopper, "While another transaction is open");
      await tellSummaries(stage.app);
      await stage.work();
      expect(fieldsOf(603)).not.toHaveProperty("open_matters");
    } finally {
      await client.query("COMMIT");
      client.release();
    }
    await minute();
    expect(fieldsOf(603)).toMatchObject({ open_matters: "1" });
  });

  it("is each one's own again when a merge is undone", async () => {
    const shopId = stage.staff.shop.id;
    const leafOf = async (number: number): Promise<string> => {
      const where = { shopId_shopifyCustomerId: { shopId, shopifyCustomerId: `gid://shopify/Customer/${number}` } };
      return (await stage.app.db.prisma.customer.findUniqueOrThrow({ where })).id;
    };
    const [customerId, otherId] = [await leafOf(602), await leafOf(603)];
    const { contradictions } = await mergePreview(stage.staff, { customerId, otherId });
    const seen = contradictions.map(({ key }) => key);
    const { mergeId } = await merge(stage.staff, { customerId, otherId, seen });
    await minute();
    expect(fieldsOf(602)).toMatchObject({ open_matters: "2" });
    expect(fieldsOf(603)).toMatchObject({ open_matters: "2" });
    await unmerge(stage.staff, mergeId ?? "");
    await minute();
    expect(fieldsOf(602)).toMatchObject({ open_matters: "1" });
    expect(fieldsOf(603)).toMatchObject({ open_matters: "1" });
  });
});
