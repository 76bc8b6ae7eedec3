import { createHash } from "node:crypto";

/**
 * The subject whose story a record of Shopify's stands in, from its gid: a Shopify customer's, or that of an order
 * that has no customer. A UUID version 8 (RFC 9562, section 5.8), the same at every call, so that sync and webhooks need
 * no table to find it. Customers and visitors of ours are subjects by their own ids.
 */
export function subjectOf(shopId: string, gid: string): string {
  return madeOf(`subject\n${shopId}\n${gid}`);
}

/** `subjectOf` as SQL, of a column of gids and the shop in `$1`; a test holds the two equal. */
export function subjectSql(gid: string): string {
  const digest = `encode(sha256(convert_to('subject' || chr(10) || $1::uuid::text || chr(10) || ${gid}, 'UTF8')), 'hex')`;
  return `(SELECT (substr(d, 1, 12) || '8' || substr(d, 14, 3) || translate(substr(d, 17, 1), '0123456789abcdef', '89ab89ab89ab89ab')
    || substr(d, 18, 15))::uuid FROM (SELECT ${digest} AS d) digest)`;
}

/**
 * The id of an entry about a record that keeps its own: the same at every call for the same kind and record, so telling
 * it again changes nothing. `ref` must be the record's alone: an order has one "order.placed" and many "order.payment",
 * each with the gid of its transaction.
 */
export function entryId(kind: string, ref: string): string {
  return madeOf(`entry\n${kind}\n${ref}`);
}

function madeOf(text: string): string {
  const bytes = createHash("sha256").update(text).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
