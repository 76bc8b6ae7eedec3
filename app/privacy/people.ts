import { Prisma } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { emailForms, phoneForms } from "./address-forms";

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
  /** Those of whom more than a typed address says so: their other addresses are the person's too. */
  sureIds: string[];
  /** Other customers of Shopify's whom staff merged with this one: how many. They were not named. */
  others: number;
}

/**
 * Whom a privacy request is about among the people we keep: the customer that Shopify names with what was merged with
 * it, of which only what the shopper has proven to be theirs may be handed to them. A typed address is no proof of who
 * someone is, but keeping what belongs to a person who asked to be forgotten is the worse mistake: so an address counts,
 * unless the storefront vouched, or staff say, that its holder is another customer, or the holder has proven another
 * address and not this one. Of those only what they typed is taken away.
 */
export async function peopleNamed(tx: Transaction, ctx: Context, person: PersonNamed): Promise<PeopleFound> {
  const shopId = ctx.shop.id;
  const values = [...emailForms(person.email), ...phoneForms(person.phone)];
  const gid = person.shopifyCustomerId;
  // Shopify or staff say that it is another customer of Shopify's.
  const someoneElse = Prisma.sql`EXISTS (
    SELECT 1 FROM "customer" m WHERE m."shopId" = c."shopId" AND m."personId" = c."personId"
       AND m."shopifyCustomerId" IS DISTINCT FROM ${gid} AND m."shopifyCustomerId" IS NOT NULL)`;
  // What the shopper has proven of themselves, over the leaves that they have proven to be theirs.
  const proves = (which: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT 1 FROM "customer" m JOIN "identity" p ON p."shopId" = m."shopId" AND p."customerId" = m."id"
     WHERE m."shopId" = c."shopId" AND m."provenId" = c."provenId" AND p."grade" <> 'claimed'
       AND p."kind" IN ('email', 'phone') AND ${which})`;
  const provesNamed = proves(Prisma.sql`lower(p."value") = ANY (${values}::text[])`);
  const provesAnother = proves(Prisma.sql`NOT lower(p."value") = ANY (${values}::text[])`);
  const byAddress = Prisma.sql`c."id" AS "customerId", false AS "merged", false AS "proven", ${provesNamed} AS "sure",
    ${someoneElse} OR (NOT ${provesNamed} AND ${provesAnother}) AS "other"`;
  const matches = await tx.$queryRaw<Match[]>`
    SELECT m."id" AS "customerId", true AS "merged", m."provenId" = c."provenId" AS "proven", true AS "sure",
           m."shopifyCustomerId" IS DISTINCT FROM ${gid} AND m."shopifyCustomerId" IS NOT NULL AS "other"
      FROM "customer" c
      JOIN "customer" m ON m."shopId" = c."shopId" AND m."personId" = c."personId"
     WHERE c."shopId" = ${shopId}::uuid AND c."shopifyCustomerId" = ${gid}
    UNION ALL
    SELECT ${byAddress}
      FROM "customer" c
     WHERE c."shopId" = ${shopId}::uuid AND c."shopifyCustomerId" IS DISTINCT FROM ${gid}
       AND (lower(c."email") = ANY (${values}::text[]) OR c."phone" = ANY (${values}::text[]))
    UNION ALL
    SELECT ${byAddress}
      FROM "identity" i
      JOIN "customer" c ON c."shopId" = i."shopId" AND c."id" = i."customerId"
     WHERE i."shopId" = ${shopId}::uuid AND c."shopifyCustomerId" IS DISTINCT FROM ${gid}
       AND i."kind" IN ('email', 'phone') AND lower(i."value") = ANY (${values}::text[])`;
  const unique = (rows: typeof matches) => [...new Set(rows.map(({ customerId }) => customerId))];
  return {
    customerIds: unique(matches.filter(({ other }) => !other)),
    provenIds: unique(matches.filter(({ proven, other }) => proven && !other)),
    sureIds: unique(matches.filter(({ sure, other }) => sure && !other)),
    others: unique(matches.filter(({ other, merged }) => other && merged)).length,
  };
}

interface Match {
  customerId: string;
  /** By Shopify's id, and not by an address. */
  merged: boolean;
  proven: boolean;
  sure: boolean;
  other: boolean;
}
