import type { Pool } from "pg";
import { readInAddress } from "../thread/addresses";

/** Whose a forwarding address is. */
export interface Recipient {
  shopId: string;
  accountId: string;
}

/** How long an account is remembered, found or not, in milliseconds. What was disconnected since is kept out when kept. */
const remembered = 10_000;
const mostRemembered = 10_000;

/**
 * Finds the account of a forwarding address, also of one that was paused; null when there is none. Throws when the
 * database is away.
 */
export function recipientsOf(sql: Pool, domain: string, now: () => number = Date.now) {
  const known = new Map<string, { until: number; recipient: Recipient | null }>();
  return async (address: string): Promise<Recipient | null> => {
    const token = readInAddress(address, domain)?.token;
    if (!token) return null;
    const held = known.get(token);
    if (held && held.until > now()) return held.recipient;
    const { rows } = await sql.query<Recipient>({
      name: "forwarding-address",
      text: `SELECT "shopId", "id" AS "accountId" FROM "channel_account"
              WHERE "kind" = 'email' AND "settings"->>'token' = $1 AND "state" <> 'disconnected' LIMIT 1`,
      values: [token],
    });
    const recipient = rows[0] ?? null;
    if (known.size >= mostRemembered) known.clear();
    known.set(token, { until: now() + remembered, recipient });
    return recipient;
  };
}
