import { beforeAll, describe, expect, it } from "vitest";
import { change } from "~/events/change";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";
import { eraseCustomer } from "~/privacy/erase-customer";
import { eraseByStaff } from "~/privacy/erase-person";
import { isGenuine } from "~/privacy/receipt";
import { ofNobody, personTables, queueTables } from "~/privacy/tables/person-tables";
import { isErased } from "~/privacy/tombstones";
import { type Stage, setStage } from "../support/stage";
import { type Planted, plant, plantEverywhere, tablesWith } from "./plants";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});

let count = 0;

/** Somebody of whom there is something in every table, and what is about them in the queues. */
async function somebody(): Promise<Planted> {
  const { sql, prisma } = stage.app.db;
  count += 1;
  const shopId = stage.staff.shop.id;
  const number = 880_000_000_000 + count;
  const otherId = newId();
  const now = stage.clock.now();
  await prisma.customer.create({
    data: { shopId, id: otherId, name: "Somebody else", createdAt: now, updatedAt: now },
  });
  const person: Planted = {
    shopId,
    gid: `gid://shopify/Customer/${number}`,
    email: `ada${count}@plants.example`,
    phone: `+4930999000${count}`,
    customerId: newId(),
    otherId,
    visitorId: newId(),
    conversationId: newId(),
  };
  await plantEverywhere(sql, person);
  const deliveries = {
    "orders/create": { id: 5, customer: { id: number }, note: `${plant} order` },
    "customers/update": { id: number, first_name: `${plant} name` },
    "checkouts/update": { id: 6, billing_address: { name: `${plant} billing` }, note: `mail me at ${person.email}` },
    "draft_orders/update": { id: 7, admin_graphql_api_id: "x", customer: { admin_graphql_api_id: person.gid }, plant },
  };
  for (const [topic, payload] of Object.entries(deliveries)) {
    await prisma.webhookDelivery.create({
      data: {
        shopDomain: stage.staff.shop.domain,
        webhookId: newId(),
        topic,
        payload,
        receivedAt: now,
        failure: plant,
      },
    });
  }
  await change(stage.staff, async (tx) => {
    await enqueue(tx, "know-customer", { shopId, shopifyCustomerId: person.gid });
    await enqueue(tx, "wake-conversation", { shopId, conversationId: person.conversationId });
  });
  await sql.query(`UPDATE graphile_worker._private_jobs SET last_error = $1`, [`${plant} failed for ${person.email}`]);
  return person;
}

/** Where something of a person may stand after their erasure, by our own id that leads nowhere. */
const leadsNowhere = ["public.audit_entry", "public.sale"];

async function nothingLeft(person: Planted): Promise<void> {
  // One job was made with the erasure: it takes our own words away at Shopify, and goes when that is done.
  const waiting = () => stage.app.db.sql.query(`SELECT 1 FROM graphile_worker._private_jobs`);
  expect((await waiting()).rowCount).toBe(1);
  await stage.work();
  expect((await waiting()).rowCount).toBe(0);
  const { sql } = stage.app.db;
  const number = person.gid.replace(/^.*\//, "");
  expect(await tablesWith(sql, plant)).toEqual([]);
  expect(await tablesWith(sql, person.email, person.phone, number)).toEqual([]);
  const ids = await tablesWith(sql, person.customerId, person.visitorId, person.conversationId);
  expect(ids.filter((table) => !leadsNowhere.includes(table))).toEqual([]);
}

describe("an erasure", () => {
  it("knows of every table whether people are in it", async () => {
    const { rows } = await stage.app.db.sql.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
          AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'`,
    );
    const said = [...personTables.map(({ table }) => table), ...Object.keys(ofNobody), ...queueTables];
    expect([...said].sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  it("leaves nothing of the person anywhere in the database, and signs for it", async () => {
    const person = await somebody();
    const planted = await tablesWith(stage.app.db.sql, plant);
    expect(planted.length).toBeGreaterThan(personTables.length - 6);
    const { gid, email, phone } = person;
    const receipt = await eraseCustomer(
      { ...stage.staff, actor: { kind: "shopify" } },
      { shopifyCustomerId: gid, email, phone },
    );
    await nothingLeft(person);

    // What stays, stays whole.
    const { prisma } = stage.app.db;
    const order = await prisma.shopifyOrder.findFirstOrThrow({ where: { shopId: person.shopId } });
    expect(order).toMatchObject({ customerId: null, email: null, total: 1, name: expect.stringContaining("kept") });
    expect(order.lines).toMatchObject([
      { title: "Custom item", total: 5 },
      { title: "Field Jacket", productId: "gid://shopify/Product/1" },
    ]);
    const company = await prisma.shopifyCompany.findFirstOrThrow({ where: { shopId: person.shopId } });
    expect(company.contacts).toMatchObject([{ id: "c2", title: "Buyer" }]);
    expect(await prisma.customer.count({ where: { id: person.otherId } })).toBe(1);

    const kept = await prisma.erasureReceipt.findFirstOrThrow({ where: { id: receipt.id } });
    expect(JSON.parse(kept.body)).toEqual(receipt);
    expect(isGenuine(kept)).toBe(true);
    expect(isGenuine({ ...kept, body: kept.body.replace('"rows": 1', '"rows": 2') })).toBe(false);
    for (const { table } of personTables) {
      const line = [...receipt.erased, ...receipt.kept].find((one) => one.table === table);
      expect(line?.rows, table).toBe(1);
    }
    expect(receipt.erased.find(({ table }) => table === "webhook_delivery")?.rows).toBe(4);
    expect(await isErased(prisma, person.shopId, { gid })).toBe(true);
    expect(await isErased(prisma, person.shopId, { email: email.toUpperCase() })).toBe(true);
    expect(await isErased(prisma, person.shopId, { gid: "gid://shopify/Customer/1", email })).toBe(false);
  });

  it("is the same when staff ask for it by name, and for nobody by a slip", async () => {
    const person = await somebody();
    const input = { customerId: person.customerId, typed: "somebody else" };
    await expect(eraseByStaff(stage.staff, input)).rejects.toMatchObject({ fields: [{ field: "typed" }] });
    await expect(eraseByStaff(stage.stranger, input)).rejects.toMatchObject({ code: "not-found" });
    await eraseByStaff(stage.staff, {
      ...input,
      typed: `${plant.toUpperCase()} customer name ${person.gid.replace(/^.*\//, "")} `,
    });
    await nothingLeft(person);
    const audited = await stage.app.db.prisma.auditEntry.findMany({ where: { action: "customer.erased" } });
    expect(audited.map(({ actorKind }) => actorKind).sort()).toEqual(["shopify", "staff"]);
  });
});
