import { audit } from "~/audit/audit";
import type { Context } from "~/context";
import { lockPeople } from "~/customers/settle";
import type { Transaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";
import { log } from "~/platform/log";
import { kinds } from "~/shopify-data/kinds";
import { hold } from "~/shopify-data/mirror/hold";
import { eraseRows } from "./erase-rows";
import { type PersonNamed, peopleNamed } from "./people";
import { type Receipt, receiptHashes, signReceipt } from "./receipt";
import { type Seed, scopeOf } from "./scope";
import { layTombstones } from "./tombstones";

/** Longest time of an erasure in milliseconds: a customer of many years has tens of thousands of rows. */
const within = 300_000;

/**
 * Removes a person from this shop as Shopify asks (customers/redact): who they are, what they and staff wrote, their
 * browsers, pages, carts and draft orders, the facts about them, what waits in queues. Orders and sales stay as numbers
 * and sums. Another customer of Shopify's whom staff had merged with them is somebody whom Shopify did not name, and
 * stays. A receipt says all of it. Harmless when repeated.
 */
export async function eraseCustomer(ctx: Context, person: PersonNamed): Promise<Receipt> {
  return ctx.db.prisma.$transaction(
    async (tx) => {
      await standStill(tx, ctx);
      const { customerIds, sureIds, others } = await peopleNamed(tx, ctx, person);
      const addresses = await addressesOf(tx, ctx, sureIds, [person.shopifyCustomerId]);
      const seed: Seed = {
        customerIds,
        gids: [person.shopifyCustomerId],
        emails: [...addresses.emails, ...(person.email ? [person.email.toLowerCase()] : [])],
        phones: [...addresses.phones, ...(person.phone ? [person.phone] : [])],
      };
      const remarks =
        others > 0
          ? [
              `Staff had merged this customer with ${others} other customer${others === 1 ? "" : "s"} of Shopify's. Shopify did not name ${others === 1 ? "that one" : "those"} in its request, so what is theirs stays; ask for their erasure separately.`,
            ]
          : [];
      return erasePerson(tx, ctx, seed, remarks);
    },
    { timeout: within, maxWait: 10_000 },
  );
}

/**
 * Holds everything that could bring the person back meanwhile: who keeps what Shopify tells, and who makes people or
 * changes who is one. They look for a tombstone when they have their turn, and that is after this transaction. In the
 * order in which everybody takes these locks. A batch of a sync is waited for; a sync that waits here fails after its
 * fifteen seconds and is done again.
 */
export async function standStill(tx: Transaction, ctx: Context): Promise<void> {
  await tx.$executeRaw`SELECT set_config('statement_timeout', '300s', true)`;
  await hold(tx, ctx.shop.id, ...kinds);
  await lockPeople(tx, ctx.shop.id);
}

/** The erasure itself, of whoever is in the seed, with its receipt and tombstones. */
export async function erasePerson(tx: Transaction, ctx: Context, seed: Seed, remarks: string[]): Promise<Receipt> {
  await standStill(tx, ctx);
  const at = ctx.clock.now();
  const id = newId(at);
  const scope = await scopeOf(tx, ctx, seed);
  const lists = await eraseRows(tx, ctx, scope);
  for (const shopifyCustomerId of scope.gids) {
    await enqueue(tx, "forget-summary", { shopId: ctx.shop.id, shopifyCustomerId });
  }
  const stones = await layTombstones(tx, ctx.shop.id, at, scope);
  const receipt: Receipt = {
    version: 1,
    id,
    app: "Throughline",
    shop: ctx.shop.domain,
    at: at.toISOString(),
    of: "person",
    askedBy: ctx.actor.kind === "staff" ? { kind: "staff", id: ctx.actor.id } : { kind: "shopify" },
    hashes: receiptHashes(ctx.shop.id, scope),
    erased: lists.erased,
    kept: [
      ...lists.kept,
      {
        what: "Keyed hashes of their customer number, e-mail address and phone number",
        table: "tombstone",
        rows: stones,
        ground: "So that a late message from Shopify or an import does not bring them back (GDPR Art. 17(1), 5(2)).",
      },
      {
        what: "Audit log",
        table: "audit_entry",
        rows: await entriesAbout(tx, scope.shopId, scope.customerIds),
        ground: "To show who read and changed what (GDPR Art. 5(2)). It names the person by an id that leads nowhere.",
      },
    ],
    remarks: [
      ...remarks,
      "Shopify's own records of the customer are not part of this erasure. What this app had written into them, the summary of their conversations, is taken away right after it.",
      "Backups of the database hold the person until they expire; after a restore the erasure is done again.",
    ],
  };
  const signed = signReceipt(receipt);
  await tx.erasureReceipt.create({ data: { shopId: ctx.shop.id, id, at, ...signed } });
  const rows = lists.erased.reduce((sum, line) => sum + line.rows, 0);
  await audit(tx, ctx, {
    action: "customer.erased",
    subjectKind: "erasure",
    subjectId: id,
    detail: { rows, leaves: scope.customerIds.length },
  });
  log.info({ shop: ctx.shop.id, receipt: id, rows }, "a customer was erased");
  return receipt;
}

/**
 * The addresses that are surely the person's: those that Shopify knows, and those of a grade above a claim. What they
 * only typed goes with their own rows, and is looked for nowhere else: it may be somebody else's.
 */
export async function addressesOf(
  tx: Transaction,
  ctx: Context,
  customerIds: readonly string[],
  gids: readonly string[],
): Promise<{ emails: string[]; phones: string[] }> {
  const shopId = ctx.shop.id;
  const [leaves, identities, mirrored] = [
    await tx.customer.findMany({ where: { shopId, id: { in: [...customerIds] }, shopifyCustomerId: { not: null } } }),
    await tx.identity.findMany({
      where: {
        shopId,
        customerId: { in: [...customerIds] },
        kind: { in: ["email", "phone"] },
        grade: { not: "claimed" },
      },
    }),
    await tx.shopifyCustomer.findMany({ where: { shopId, id: { in: [...gids] } } }),
  ];
  const emails = [...leaves.map((one) => one.email), ...mirrored.flatMap((one) => [one.email, one.emailKey])];
  const phones = [...leaves.map((one) => one.phone), ...mirrored.flatMap((one) => [one.phone, one.phoneKey])];
  for (const { kind, value } of identities) (kind === "email" ? emails : phones).push(value);
  const there = (values: (string | null)[]) => values.filter((one): one is string => Boolean(one));
  return { emails: there(emails).map((one) => one.toLowerCase()), phones: there(phones) };
}

async function entriesAbout(tx: Transaction, shopId: string, customerIds: readonly string[]): Promise<number> {
  return tx.auditEntry.count({ where: { shopId, subjectId: { in: [...customerIds] } } });
}
