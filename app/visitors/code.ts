import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "~/env.server";

/** How long a code is good, how often it may be tried, and how many an hour one browser and one mailbox may ask for. */
export const codeRules = { seconds: 600, digits: 6, tries: 5, perBrowserAndHour: 5, perMailboxAndHour: 5 } as const;

/** What the code of a row is computed from. */
export interface CodeRow {
  shopId: string;
  id: string;
  visitorId: string;
  address: string;
}

/**
 * The six digits of a row. They are kept nowhere, not even as a hash, which a million tries would open: they are an HMAC of
 * the row under a key that the database does not have, so that only this app can tell them.
 */
export function codeOf(row: CodeRow): string {
  const mac = createHmac("sha256", key()).update([row.shopId, row.id, row.visitorId, row.address].join("\n")).digest();
  // 2^48 is so much more than a million that no code comes up noticeably more often.
  return String(mac.readUIntBE(0, 6) % 10 ** codeRules.digits).padStart(codeRules.digits, "0");
}

/** Whether this is the row's code, in whichever script its digits are, in the same time whichever digit is wrong. */
export function isCodeOf(row: CodeRow, typed: string): boolean {
  const digits = inLatin(typed)
    .replace(/\D/g, "")
    .padStart(codeRules.digits, " ")
    .slice(0, codeRules.digits + 1);
  const wanted = Buffer.from(codeOf(row));
  const given = Buffer.from(digits);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Zeros of the scripts of decimal digits that keyboards write besides ours; full width becomes ours by NFKC. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x1040];

function inLatin(typed: string): string {
  return typed.normalize("NFKC").replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) as number;
    const zero = zeros.find((each) => code >= each && code < each + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}

let derived: { from: string; key: Buffer } | undefined;

function key(): Buffer {
  const from = env().VISITOR_TOKEN_SECRET ?? env().SHOPIFY_API_SECRET;
  if (derived?.from !== from) {
    // RFC 5869: a key of its own purpose.
    derived = { from, key: Buffer.from(hkdfSync("sha256", from, "", "throughline e-mailed code 1", 32)) };
  }
  return derived.key;
}
