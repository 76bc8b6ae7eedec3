import type { Transaction } from "~/db.server";
import { emailForms, phoneForms } from "./address-forms";
import { hashesOf } from "./keys";

/** What a machine (a webhook, an import, a sweep) says of whom its record is about. */
export interface Named {
  /** gid://shopify/Customer/… */
  gid?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  /** When the fact happened (not when it was told): an order's time, a message's. Unknown counts as before the erasure. */
  at?: Date | null | undefined;
}

type Kind = "shopify-customer" | "email" | "phone";

/**
 * Whether a record is of a person who was erased, and so must not be kept with them in it. Every machine that brings
 * records of people asks this first. The person's own doing does not ask: someone who writes or proves their
 * address begins anew by that (see `comeBack`).
 *
 * - A record with a Shopify customer is that customer's: their address may since have gone to somebody else. It counts as
 *   erased until they come back, and from then on only what happened before the erasure does.
 * - One without (a guest's order, an imported mail) goes by address, for what happened before the erasure: an address on
 *   something newer is a new beginning.
 */
export async function isErased(tx: Transaction, shopId: string, named: Named): Promise<boolean> {
  const [erased] = await erasedAmong(tx, shopId, [named]);
  return erased ?? false;
}

/** `isErased` for many records, in their order, in two statements; in one for a shop that has erased nobody. */
export async function erasedAmong(tx: Transaction, shopId: string, people: readonly Named[]): Promise<boolean[]> {
  if (!(await anyStone(tx, shopId))) return people.map(() => false);
  return erasedBy(shopId, people, (hashes) => tx.tombstone.findMany({ where: { shopId, hash: { in: hashes } } }));
}

/** A tombstone as it is compared. */
export interface Stone {
  hash: string;
  erasedAt: Date;
  returnedAt: Date | null;
}

/** `erasedAmong` with another way to the database: `find` answers the shop's stones of some hashes. */
export async function erasedBy(
  shopId: string,
  people: readonly Named[],
  find: (hashes: string[]) => Promise<Stone[]>,
): Promise<boolean[]> {
  const asked = people.map((one) => marksOf(shopId, one));
  const hashes = asked.flatMap((marks) => marks.flatMap((mark) => mark.hashes));
  if (hashes.length === 0) return people.map(() => false);
  const found = await find([...new Set(hashes)]);
  if (found.length === 0) return people.map(() => false);
  const stones = new Map(found.map((stone) => [stone.hash, stone]));
  return asked.map((marks, index) =>
    marks.some(({ kind, hashes: own }) =>
      own.some((hash) => {
        const stone = stones.get(hash);
        return stone !== undefined && lies(stone, kind, people[index]?.at ?? null);
      }),
    ),
  );
}

function lies(stone: { erasedAt: Date; returnedAt: Date | null }, kind: Kind, at: Date | null): boolean {
  if (kind === "shopify-customer" && !stone.returnedAt) return true;
  // After a return a record without a time is one of today.
  if (!at) return !stone.returnedAt;
  return at.getTime() <= stone.erasedAt.getTime();
}

/** Lays tombstones for what named an erased person. Laid again, they are of the later erasure, and a return is over. */
export async function layTombstones(
  tx: Transaction,
  shopId: string,
  erasedAt: Date,
  names: { gids: readonly string[]; emails: readonly string[]; phones: readonly string[] },
): Promise<number> {
  const people: Named[] = [
    ...names.gids.map((gid) => ({ gid })),
    ...names.emails.map((email) => ({ email })),
    ...names.phones.map((phone) => ({ phone })),
  ];
  const laid = new Set<string>();
  for (const { kind, hashes } of people.flatMap((one) => marksOf(shopId, one))) {
    const hash = hashes[0];
    if (!hash || laid.has(hash)) continue;
    laid.add(hash);
    await tx.tombstone.deleteMany({ where: { shopId, kind, hash: { in: hashes } } });
    await tx.tombstone.create({ data: { shopId, kind, hash, erasedAt } });
  }
  return laid.size;
}

/**
 * The person came back by themselves: wrote while signed in to the storefront, or proved an address with a code. What they do from
 * now on is kept again; what was erased stays so, also when a machine tells it once more.
 */
export async function comeBack(tx: Transaction, shopId: string, named: Named, now: Date): Promise<void> {
  if (!(await anyStone(tx, shopId))) return;
  const hashes = marksOf(shopId, named).flatMap((mark) => mark.hashes);
  await tx.tombstone.updateMany({
    where: { shopId, hash: { in: hashes }, returnedAt: null },
    data: { returnedAt: now },
  });
}

const anyStone = async (tx: Transaction, shopId: string): Promise<boolean> =>
  (await tx.tombstone.findFirst({ where: { shopId }, select: { shopId: true } })) !== null;

/** What is looked for: the customer's id when there is one, else the addresses, in every way of writing them. */
function marksOf(shopId: string, { gid, email, phone }: Named): { kind: Kind; hashes: string[] }[] {
  if (gid) return [mark(shopId, "shopify-customer", gid)];
  return [
    ...emailForms(email).map((address) => mark(shopId, "email", address)),
    ...phoneForms(phone)
      .filter((number) => /^\+?\d+$/.test(number))
      .map((number) => mark(shopId, "phone", number)),
  ];
}

function mark(shopId: string, kind: Kind, value: string): { kind: Kind; hashes: string[] } {
  return { kind, hashes: hashesOf("tombstone", shopId, kind, value) };
}
