import { Prisma } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";

/** The person that Shopify names in a privacy request. */
export interface PersonNamed {
  /** gid://shopify/Customer/… */
  shopifyCustomerId: string;
  email: string | null;
  phone: string | null;
}

export interface PeopleFound {
  /** Customers that are this person: by Shopify's own id, or by address with nothing that says they are another. */
  customerIds: string[];
  /** Those of them of whom Shopify itself says so: what is theirs may be handed to them. */
  provenIds: string[];
  /** Other customers of Shopify's whom staff merged with this one: how many. They were not named. */
  others: number;
}

/**
 * Whom a privacy request is about among the people we keep: the customer that Shopify names with what was merged with
 * it, of which only what the shopper has proven to be theirs may be handed to them. A typed address is no proof of who
 * someone is, but keeping what belongs to a person who asked to be forgotten is the worse mistake: so an address counts,
 * unless the storefront vouched, or staff say, that its holder is another customer.
 */
export async function peopleNamed(tx: Transaction, ctx: Context, person: PersonNamed): Promise<PeopleFound> {
  const shopId = ctx.shop.id;
  const values = [person.email?.toLowerCase(), person.phone].filter(
    (value) => typeof value === "string" && value !== "",
  );
  const gid = person.shopifyCustomerId;
  // Shopify or staff say that it is another customer of Shopify's.
  const someoneElse = Prisma.sql`EXISTS (
    SELECT 1 FROM "customer" m WHERE m."shopId" = c."shopId" AND m."personId" = c."personId"
       AND m."shopifyCustomerId" IS DISTINCT FROM ${gid} AND m."shopifyCustomerId" IS NOT NULL)`;
  const matches = await tx.$queryRaw<{ customerId: string; other: boolean; proven: boolean; merged: boolean }[]>`
    SELECT m."id" AS "customerId", true AS "merged", m."provenId" = c."provenId" AS "proven",
           m."shopifyCustomerId" IS DISTINCT FROM ${gid} AND m."shopifyCustomerId" IS NOT NULL AS "other"
      FROM "customer" c
      JOIN "customer" m ON m."shopId" = c."shopId" AND m."personId" = c."personId"
     WHERE c."shopId" = ${shopId}::uuid AND c."shopifyCustomerId" = ${gid}
    UNION ALL
    SELECT c."id", false, false, ${someoneElse}
      FROM "customer" c
     WHERE c."shopId" = ${shopId}::uuid AND c."shopifyCustomerId" IS DISTINCT FROM ${gid}
       AND (lower(c."email") = ANY (${values}::text[]) OR c."phone" = ANY (${values}::text[]))
    UNION ALL
    SELECT c."id", false, false, ${someoneElse}
      FROM "identity" i
      JOIN "customer" c ON c."shopId" = i."shopId" AND c."id" = i."customerId"
     WHERE i."shopId" = ${shopId}::uuid AND c."shopifyCustomerId" IS DISTINCT FROM ${gid}
       AND i."kind" IN ('email', 'phone') AND lower(i."value") = ANY (${values}::text[])`;
  const unique = (rows: typeof matches) => [...new Set(rows.map(({ customerId }) => customerId))];
  return {
    customerIds: unique(matches.filter(({ other }) => !other)),
    provenIds: unique(matches.filter(({ proven, other }) => proven && !other)),
    others: unique(matches.filter(({ other, merged }) => other && merged)).length,
  };
}
