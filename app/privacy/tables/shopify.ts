import { Prisma } from "@prisma/client";
import { among, amongTexts, anyOf, type PersonTable } from "./table";

/**
 * Lines that are of no product were typed by hand, and may say for whom: "Engraving: for Ada". Their sums stay.
 */
const linesWithoutWords = Prisma.sql`"lines" = coalesce((
  SELECT jsonb_agg(CASE WHEN coalesce(l ->> 'productId', '') = '' THEN l || '{"title": "Custom item", "variantTitle": null, "sku": null, "image": null}' ELSE l END ORDER BY n)
    FROM jsonb_array_elements("lines") WITH ORDINALITY AS each(l, n)), '[]')`;

/** Of parcels, when they went and arrived; not their numbers, with which a carrier's page tells the address. */
const fulfillmentsWithoutTracking = Prisma.sql`"fulfillments" = coalesce((
  SELECT jsonb_agg(f || '{"tracking": []}' ORDER BY n)
    FROM jsonb_array_elements("fulfillments") WITH ORDINALITY AS each(f, n)), '[]')`;

/** The mirror of what Shopify knows of the person. Shopify itself erases its own when it is asked there. */
export const shopifyTables: PersonTable[] = [
  {
    table: "shopify_customer",
    what: "The customer as Shopify knows them",
    rows: (scope) => amongTexts("id", scope.gids),
    notShown: ["shopId", "words", "emailKey", "phoneKey"],
  },
  {
    table: "shopify_order",
    what: "Orders",
    rows: (scope) => amongTexts("id", scope.orderIds),
    kept: {
      without: () =>
        Prisma.sql`"customerId" = NULL, "email" = NULL, "emailKey" = NULL, "phone" = NULL, "phoneKey" = NULL,
          "cartToken" = NULL, "cartId" = NULL, "discountCodes" = '{}', ${linesWithoutWords}, ${fulfillmentsWithoutTracking}`,
      words: [
        "id",
        "name",
        "currency",
        "financialStatus",
        "fulfillmentStatus",
        "returnStatus",
        "cancelReason",
        "lines",
        "fulfillments",
        "returns",
        "refunds",
        "payments",
      ],
      ground: "Bookkeeping: orders with their numbers, goods and sums, without the person (GDPR Art. 17(3)(b)).",
    },
    notShown: ["shopId", "subjectId", "emailKey", "phoneKey", "cartToken"],
    order: "processedAt",
  },
  {
    table: "shopify_draft_order",
    what: "Draft orders in Shopify",
    rows: (scope) => anyOf(amongTexts("customerId", scope.gids), amongTexts("id", scope.draftOrderGids)),
    notShown: ["shopId", "subjectId"],
    order: "createdAt",
  },
  {
    table: "shopify_checkout",
    what: "Checkouts that were left",
    rows: (scope) => anyOf(amongTexts("customerId", scope.gids), among("cartId", scope.cartIds)),
    notShown: ["shopId", "subjectId"],
    order: "createdAt",
  },
  {
    table: "shopify_company",
    what: "Companies they buy for",
    rows: (scope) =>
      Prisma.sql`EXISTS (SELECT 1 FROM jsonb_array_elements("contacts") AS c
        WHERE c ->> 'customerId' = ANY (${scope.gids}::text[]))`,
    kept: {
      without: (scope) =>
        Prisma.sql`"contacts" = coalesce((SELECT jsonb_agg(c ORDER BY n)
          FROM jsonb_array_elements("contacts") WITH ORDINALITY AS each(c, n)
         WHERE c ->> 'customerId' IS NULL OR NOT c ->> 'customerId' = ANY (${scope.gids}::text[])), '[]')`,
      words: ["id", "name", "externalId", "contacts", "locations"],
      ground: "A company is not the person: it stays, without them among its contacts.",
    },
    notExported: "A company's record names its other contacts.",
  },
  {
    table: "shopify_gone",
    what: "Records that Shopify has removed",
    rows: (scope) => amongTexts("id", scope.gids),
    notExported: "It holds an id of Shopify's and a time.",
  },
  {
    table: "shopify_due",
    what: "Records that are to be read again",
    rows: (scope) => amongTexts("id", scope.gids),
    notExported: "It holds an id of Shopify's and a time.",
  },
];
