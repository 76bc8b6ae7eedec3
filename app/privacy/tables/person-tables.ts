import { peopleTables } from "./people";
import { shopifyTables } from "./shopify";
import type { PersonTable } from "./table";
import { talkTables } from "./talks";

/** Every table that can hold something of a person, those that point at others before those they point at. */
export const personTables: readonly PersonTable[] = [...talkTables, ...peopleTables, ...shopifyTables];

/**
 * Tables that hold nothing of a shopper, each with the reason. What an erasure leaves in them is said in the receipt
 * where a person could ask.
 */
export const ofNobody: Readonly<Record<string, string>> = {
  shop: "the merchant's shop and its settings",
  session: "the team's own access to Shopify",
  staff: "the merchant's team",
  call_leg: "which of the team was rung, and goes with its call",
  call_agent: "how the team takes calls",
  channel_account: "the merchant's own accounts at providers",
  audit_entry: "who did what to which id of ours: an erased person's id points at nothing",
  audit_head: "where a shop's audit log ends",
  tombstone: "keyed hashes only: they recognise a name that is told once more, and name nobody",
  erasure_receipt: "counts, and keyed hashes of whom it was about",
  shop_erasure: "counts, and a keyed hash of the shop",
  retention_run: "counts",
  reconcile_run: "counts",
  file_to_remove: "names made of our ids, of files whose rows are gone: kept until their bytes are gone too",
  log_cursor: "how far a reader of the log is",
  shopify_product: "what the shop sells",
  shopify_denied: "which fields Shopify does not show us",
  sync_run: "how far a sync is",
  sync_line: "where a line of a file stands, without what it says",
};

/** Tables of others that hold what came in or waits, handled by `erase-queues.ts`. */
export const queueTables: readonly string[] = ["webhook_delivery"];
