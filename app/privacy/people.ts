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
  /** Identities with the address in customers proven to be someone else: only the address is this person's. */
  strayIdentityIds: string[];
}

/**
 * Whom a privacy request is about among the people we keep: the customer that Shopify names with what was merged with
 * it, of which only what the shopper has proven to be theirs may be handed to them. A typed address is no proof of who someone is, but keeping
 * what belongs to a person who asked to be forgotten is the worse mistake: so an address counts, unless the storefront
 * vouched that its holder is another customer.
 */
export async function peopleNamed(tx: Transaction, ctx: Context, person: PersonNamed): Promise<PeopleFound> {
  const shopId = ctx.shop.id;
  const values = [person.email?.toLowerCase(), person.phone].filter(
    (value) => typeof value === "string" && value !== "",
  );
  const matches = await tx.$queryRaw<
    { customerId: string; identityId: string | null; other: boolean; proven: boolean }[]
  >`
    SELECT m."id" AS "customerId", NULL::uuid AS "identityId",
           m."shopifyCustomerId" IS DISTINCT FROM ${person.shopifyCustomerId} AND m."shopifyCustomerId" IS NOT NULL AS "other",
           m."provenId" = c."provenId" AS "proven"
      FROM "customer" c
      JOIN "customer" m ON m."shopId" = c."shopId" AND m."personId" = c."personId"
     WHERE c."shopId" = ${shopId}::uuid AND c."shopifyCustomerId" = ${person.shopifyCustomerId}
    UNION ALL
    SELECT c."id", NULL::uuid, c."shopifyCustomerId" IS NOT NULL, false
      FROM "customer" c
     WHERE c."shopId" = ${shopId}::uuid AND c."shopifyCustomerId" IS DISTINCT FROM ${person.shopifyCustomerId}
       AND (lower(c."email") = ANY (${values}::text[]) OR c."phone" = ANY (${values}::text[]))
    UNION ALL
    SELECT c."id", i."id", c."shopifyCustomerId" IS NOT NULL, false
      FROM "identity" i
      JOIN "customer" c ON c."shopId" = i."shopId" AND c."id" = i."customerId"
     WHERE i."shopId" = ${shopId}::uuid AND c."shopifyCustomerId" IS DISTINCT FROM ${person.shopifyCustomerId}
       AND i."kind" IN ('email', 'phone') AND lower(i."value") = ANY (${values}::text[])`;
  return {
    customerIds: [...new Set(matches.filter(({ other }) => !other).map(({ customerId }) => customerId))],
    provenIds: matches.filter(({ proven, other }) => proven && !other).map(({ customerId }) => customerId),
    strayIdentityIds: matches.flatMap(({ other, identityId }) => (other && identityId ? [identityId] : [])),
  };
}
