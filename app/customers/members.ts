import { Prisma } from "@prisma/client";
import type { Transaction } from "~/db.server";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";

type Reader = Pick<Transaction, "customer">;

/** A leaf of a person, as far as saying who they are needs it. */
export interface Member {
  id: string;
  shopifyCustomerId: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  createdAt: Date;
  /** The same for leaves that the person themselves has shown to be one; a merge by staff leaves it. */
  provenId: string;
}

/** One person: the leaf that stands for them and all leaves, itself included and first. */
export interface Members {
  personId: string;
  customerIds: string[];
  /** gids of the Shopify customers among them, the one that stands for the person first. */
  shopifyCustomerIds: string[];
  leaves: Member[];
}

const fields = {
  id: true,
  shopifyCustomerId: true,
  name: true,
  email: true,
  phone: true,
  createdAt: true,
  provenId: true,
} as const;

/**
 * Everybody whom staff see as the one person that this leaf is part of. Every read of "a person" goes over
 * `customerIds`. Throws NotFound for an id of no or another shop.
 */
export async function membersOf(prisma: Reader, shopId: string, customerId: string): Promise<Members> {
  const leaf = isId(customerId)
    ? await prisma.customer.findUnique({ where: { shopId_id: { shopId, id: customerId } }, select: { personId: true } })
    : null;
  if (!leaf) throw new NotFound("This customer");
  const { personId } = leaf;
  const leaves = await prisma.customer.findMany({
    where: { shopId, personId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: fields,
  });
  leaves.sort((one, other) => Number(other.id === personId) - Number(one.id === personId));
  return {
    personId,
    customerIds: leaves.map((one) => one.id),
    shopifyCustomerIds: leaves.flatMap((one) => one.shopifyCustomerId ?? []),
    leaves,
  };
}

/** The ids of the leaves of a person as a subquery, for statements that would otherwise ask for them first. */
export function samePerson(shopId: string, customerId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT o."id" FROM "customer" c JOIN "customer" o ON o."shopId" = c."shopId" AND o."personId" = c."personId"
     WHERE c."shopId" = ${shopId}::uuid AND c."id" = ${customerId}::uuid`;
}

/**
 * The leaves that a shopper who has proven to be this one may see: those that they themselves have shown to be the same
 * person, whatever staff think. A merge by staff opens nothing.
 */
export async function provenMembers(prisma: Reader, shopId: string, customerId: string): Promise<string[]> {
  const leaf = await prisma.customer.findUnique({
    where: { shopId_id: { shopId, id: customerId } },
    select: { provenId: true },
  });
  if (!leaf) return [];
  const found = await prisma.customer.findMany({ where: { shopId, provenId: leaf.provenId }, select: { id: true } });
  return found.map((one) => one.id);
}

/** What is best known of a person: each of the leaf that stands for them, else of the first leaf that has it. */
export function bestOf(leaves: readonly Member[]): Omit<Member, "id" | "createdAt" | "provenId"> {
  const first = <Key extends "shopifyCustomerId" | "name" | "email" | "phone">(key: Key) =>
    leaves.find((leaf) => leaf[key])?.[key] ?? null;
  return {
    shopifyCustomerId: first("shopifyCustomerId"),
    name: first("name"),
    email: first("email"),
    phone: first("phone"),
  };
}
