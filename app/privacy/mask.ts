import { replaceCards } from "./mask/card-numbers";
import { replaceIbans } from "./mask/ibans";
import { replaceCodes, replacePasswords } from "./mask/spoken-secrets";

const card = (lastFour: string): string => `[card number removed, ends ${lastFour}]`;
const iban = (lastFour: string): string => `[IBAN removed, ends ${lastFour}]`;

/**
 * A shopper's text as it may be kept: card numbers, IBANs, and what they say is a password or a one-time code are taken
 * out before anything is stored, and words in brackets say so to both sides. What was taken out is nowhere: not in the
 * message, the list, the log or the live pages. Masking twice is masking once; linear in the length of the text.
 */
export function maskShopperText(text: string): string {
  return replacePasswords(replaceCodes(maskNote(text), "[code removed]"), "[password removed]");
}

/** A note of staff: card numbers and IBANs, which come from shoppers there. */
export function maskNote(text: string): string {
  return replaceIbans(maskReply(text), iban);
}

/**
 * A reply of staff: card numbers, which nobody may send in the clear (PCI DSS 4.0, requirement 4.2.2). A merchant's own
 * IBAN, pick-up code or password of a page is said on purpose, and stays.
 */
export function maskReply(text: string): string {
  return replaceCards(text, card);
}
