import { beforeAll, beforeEach, expect, it } from "vitest";
import { newId } from "~/platform/ids";
import { forgetWebhooks } from "~/shopify/webhooks/handle";
import { handleTogether } from "~/shopify/webhooks/handle-together";
import { receive } from "~/shopify/webhooks/receive";
import { gid } from "../../../dev/shopify/records";
import { putOrder, SHOP } from "../../dev/shopify/admin-api/small-world";
import { synced } from "../../support/mirrored";
import { type Stage, setStage } from "../../support/stage";

let stage: Stage;

/** Each statement that notes what is due, or removes deliveries, draws one number. A rollback does not give it back. */
const counted = `
  CREATE SEQUENCE notings; CREATE SEQUENCE removals;
  CREATE FUNCTION count_statement() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval(TG_ARGV[0]); RETURN NULL; END $$;
  CREATE TRIGGER a_noting AFTER INSERT ON "shopify_due" FOR EACH STATEMENT EXECUTE FUNCTION count_statement('notings');
  CREATE TRIGGER a_removal AFTER DELETE ON "webhook_delivery" FOR EACH STATEMENT EXECUTE FUNCTION count_statement('removals');`;

beforeAll(async () => {
  stage = await setStage();
  for (let day = 1; day < 6; day += 1) putOrder(stage.small, day, { customerId: 601 + (day % 3) });
  await synced(stage);
  await stage.app.db.locks.query(counted);
});

beforeEach(async () => {
  await stage.app.db.prisma.webhookDelivery.deleteMany();
  await stage.app.db.prisma.shopifyDue.deleteMany();
  await stage.app.db.locks.query(`ALTER SEQUENCE notings RESTART; ALTER SEQUENCE removals RESTART`);
});

/** How often a sequence was drawn since it began. */
async function drawn(sequence: "notings" | "removals"): Promise<number> {
  const { rows } = await stage.app.db.locks.query<{ count: number }>(
    `SELECT CASE WHEN is_called THEN last_value ELSE 0 END::int AS "count" FROM ${sequence}`,
  );
  return rows[0]?.count ?? 0;
}

async function arrives(topic: string, payload: object): Promise<void> {
  const delivery = { shopDomain: SHOP, webhookId: newId(), eventId: null, triggeredAt: null, topic };
  expect(await receive(stage.app, { ...delivery, payload: JSON.stringify(payload) })).toBe("kept");
}

it("webhooks that are handled together note what is due in one statement, also for what is gone", async () => {
  const [one, two, three] = stage.small.shop.all("order");
  await arrives("orders/delete", { id: three?.id });
  await arrives("orders/delete", { id: two?.id });
  await arrives("orders/updated", { id: one?.id });
  await handleTogether(stage.app, { shopDomain: SHOP });
  const due = (await stage.app.db.prisma.shopifyDue.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);
  expect(due).toContain(gid("Order", one?.id ?? 0));
  expect(due.filter((id) => id.startsWith("gid://shopify/Customer/"))).toHaveLength(2);
  expect(await drawn("notings")).toBe(1);
  expect(await stage.app.db.prisma.webhookDelivery.count({ where: { handledAt: null } })).toBe(0);
});

it("old deliveries are removed in portions, and the younger ones stay", async () => {
  const day = 86_400_000;
  const old = (days: number) => new Date(stage.clock.now().getTime() - days * day);
  const rows = Array.from({ length: 28 }, (_, index) => ({
    shopDomain: SHOP,
    webhookId: `${index}`,
    topic: "orders/updated",
    payload: {},
    receivedAt: old(index < 25 ? 8 : 6),
  }));
  await stage.app.db.prisma.webhookDelivery.createMany({ data: rows });
  await forgetWebhooks(stage.app, 10);
  expect(await stage.app.db.prisma.webhookDelivery.count()).toBe(3);
  expect(await drawn("removals")).toBe(3);
});
