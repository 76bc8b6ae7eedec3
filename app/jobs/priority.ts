import type { JobName } from "./catalogue";

/** Somebody looks at a page and waits for it, perhaps with a code to type. */
const first = -10;
/** Work that brings much up to date by and by, and sweeps by the clock. */
const last = 10;

/**
 * Which job goes before others that are due as well: the worker takes lower ones first, and those of one number in the
 * order in which they are due. Those that are not named here have 0. https://worker.graphile.org/docs/library/add-job
 */
const priorities: Partial<Readonly<Record<JobName, number>>> = {
  "send-code": first,
  "know-customer": first,
  "void-draft": first,
  "deliver-message": first,
  "follow-call": first,
  "take-up-inbound": last,
  "take-up-deliveries": last,
  "look-for-missed": last,
  "look-for-missed-everywhere": last,
  "settle-calls": last,
  "tell-summary": last,
  "tell-summaries": last,
  "sync-shop": last,
  "sync-shops": last,
  reconcile: last,
  "reconcile-shops": last,
  "read-again": last,
  "take-up-due": last,
  "take-up-webhooks": last,
  "settle-open-drafts": last,
  "settle-silent-carts": last,
  "forget-webhooks": last,
  "forget-codes": last,
  "forget-old": last,
  "remove-unsent-attachments": last,
  "remove-files": last,
  "verify-audit": last,
};

/** @returns what the job queue calls `priority` */
export function priorityOf(name: JobName): number {
  return priorities[name] ?? 0;
}
