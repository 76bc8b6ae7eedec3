import { ShopifyDown, ShopifyRefused } from "~/shopify/admin-errors";

/**
 * Whether an error may be of what was read and not of who reads: Shopify refuses the question or fails at it, or the
 * database does not take a value (SQLSTATE classes 22 and 23, which Prisma tells in several ways).
 */
export function isAboutRecords(error: unknown): boolean {
  if (error instanceof ShopifyRefused || error instanceof ShopifyDown) return true;
  const { code, meta } = error as { code?: unknown; meta?: Meta };
  const told = [code, meta?.code, meta?.driverAdapterError?.cause?.originalCode].map(String);
  return told.some((one) => /^(22|23)[0-9A-Z]{3}$/.test(one) || ofValues.has(one));
}

interface Meta {
  code?: unknown;
  driverAdapterError?: { cause?: { originalCode?: unknown } };
}

/** Too long, taken, of another table, not of the column's type, out of range: what Prisma makes of them. */
const ofValues = new Set(["P2000", "P2002", "P2003", "P2006", "P2007", "P2020", "P2023"]);
