import type { Transaction } from "~/db.server";
import type { ReceiptLine } from "./receipt";
import type { Scope } from "./scope";

/** What privacy law makes Shopify ask: it stays until it was answered, and its content goes then. */
const compliance = ["customers/data_request", "customers/redact", "shop/redact"];

/**
 * Removes the person from what came in or waits: webhooks whose content is still there, and jobs. A value anywhere in
 * them that is an id or an address of the person counts, and so does an address within a longer text. Webhooks keep
 * their delivery's id, so that a repetition is still known as one.
 */
export async function eraseQueues(tx: Transaction, scope: Scope): Promise<ReceiptLine[]> {
  const ids = [...scope.customerIds, ...scope.visitorIds, ...scope.conversationIds, ...scope.cartIds, ...scope.gids];
  const numbers = scope.gids.map((gid) => gid.replace(/^.*\//, ""));
  const addresses = [...scope.emails, ...scope.phones];
  const marks = JSON.stringify({
    texts: [...ids, ...addresses],
    numbers: [...numbers, ...numbers.filter((text) => /^\d{1,15}$/.test(text)).map(Number)],
  });
  // In its lax mode a jsonpath compares with each value of a list. A bare number is of the person only where it is the
  // number of a customer: elsewhere it is somebody else's quantity.
  const path = "$.** ? (@ == $texts[*] || @.customer.id == $numbers[*] || @.customer_id == $numbers[*])";
  const itself = "$.id ? (@ == $numbers[*])";
  const within = [...scope.emails.map(emailWithin), ...scope.phones.map(numberWithin)];
  const webhooks = await tx.$executeRaw`
    UPDATE "webhook_delivery" SET "payload" = '{}', "failure" = NULL,
           "handledAt" = coalesce("handledAt", now())
     WHERE "shopDomain" = ${scope.shopDomain} AND "payload" <> '{}'
       AND NOT ("handledAt" IS NULL AND "topic" = ANY (${compliance}::text[]))
       AND (jsonb_path_exists("payload", ${path}::jsonpath, ${marks}::jsonb)
            OR ("topic" LIKE 'customers/%' AND jsonb_path_exists("payload", ${itself}::jsonpath, ${marks}::jsonb))
            OR lower("payload"::text) ~ ANY (${within}::text[]))`;
  const jobs = await tx.$executeRaw`
    DELETE FROM graphile_worker._private_jobs
     WHERE ("payload" ->> 'shopId' = ${scope.shopId} OR "payload" ->> 'shopDomain' = ${scope.shopDomain})
       AND (jsonb_path_exists("payload"::jsonb, ${path}::jsonpath, ${marks}::jsonb)
            OR lower("payload"::text) ~ ANY (${within}::text[]))`;
  // What a failed job left of its error can quote what it worked on.
  await tx.$executeRaw`
    UPDATE graphile_worker._private_jobs SET "last_error" = NULL
     WHERE lower("last_error") ~ ANY (${[...within, ...scope.gids.map(numberWithin)]}::text[])`;
  return [
    { what: "Webhooks that had arrived (their content)", table: "webhook_delivery", rows: webhooks },
    { what: "Jobs that were waiting", table: "graphile_worker.jobs", rows: jobs },
  ];
}

// Regular expressions of PostgreSQL, over lower-case JSON, in which a line's end is a backslash and a letter.
// https://www.postgresql.org/docs/current/functions-matching.html#POSIX-SYNTAX-DETAILS
export const literally = (text: string): string => text.toLowerCase().replace(/[\\^$.|?*+()[\]{}-]/g, "\\$&");
const escaped = String.raw`\\[bfnrt]|\\u[0-9a-f]{4}`;

/** The address itself, and not the end or the beginning of a longer one. */
function emailWithin(email: string): string {
  return `(^|[^[:alnum:]._+-]|${escaped})${literally(email)}($|[^[:alnum:].-]|[.-]+($|[^[:alnum:].-]))`;
}

/** Regular expressions for mails and requests in lower case; a number is also found as it stands in a form, without its +. */
export function addressesWithin(emails: readonly string[], phones: readonly string[]): string[] {
  return [...emails.map(emailWithin), ...phones.map((phone) => numberWithin(phone.replace(/^\+/, "")))];
}

/** The number itself, also at the end of an id, and not a part of a longer one. */
function numberWithin(text: string): string {
  return `(^|[^0-9]|${escaped})${literally(text)}($|[^0-9])`;
}
