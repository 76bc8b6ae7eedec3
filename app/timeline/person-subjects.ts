import { subjectSql } from "./subject";

/** Browsers and orders of one person that are looked at: nobody has more, but a bot may. */
const most = 500;

/**
 * As SQL, the subjects whose stories are one person's: all leaves (as `customers/members.ts`), their browsers, their
 * Shopify customers, and what those browsers ordered without an account. `$1` is the shop, `$2` the customer row. It is
 * part of the statement that reads, because a trip of its own would cost as much as the reading.
 */
export const personSubjects = `
  member AS MATERIALIZED (
    SELECT c."id", c."shopifyCustomerId" FROM "customer" p
      JOIN "customer" c ON c."shopId" = p."shopId" AND c."personId" = p."personId"
     WHERE p."shopId" = $1::uuid AND p."id" = $2::uuid
  ), browser AS MATERIALIZED (
    (SELECT v."id" FROM member m JOIN "visitor" v ON v."shopId" = $1::uuid AND v."customerId" = m."id" LIMIT ${most})
    UNION
    (SELECT c."visitorId" FROM member m JOIN "conversation" c ON c."shopId" = $1::uuid AND c."customerId" = m."id"
      WHERE c."visitorId" IS NOT NULL LIMIT ${most})
  ), subject AS MATERIALIZED (
    SELECT "id" FROM member
    UNION SELECT "id" FROM browser
    UNION SELECT ${subjectSql(`"shopifyCustomerId"`)} FROM member WHERE "shopifyCustomerId" IS NOT NULL
    UNION (SELECT ${subjectSql(`c."orderId"`)} FROM browser b JOIN "cart" c ON c."shopId" = $1::uuid AND c."visitorId" = b."id"
            WHERE c."orderId" IS NOT NULL LIMIT ${most})
  )`;
