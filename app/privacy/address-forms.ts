import { domainToUnicode } from "node:url";
import { normaliseEmail, normalisePhone } from "~/customers/normalise";

/**
 * Every way in which an address may stand in what is kept: as it came (lower case), as identities and the mirror match it
 * (the domain in A-labels), and with the domain as people read it. Without repetitions; none for an empty one.
 */
export function emailForms(email: string | null | undefined): string[] {
  const raw = email?.trim().toLowerCase().normalize("NFC") ?? "";
  if (raw === "") return [];
  const written = normaliseEmail(raw);
  return [...new Set([raw, ...(written ? [written, asRead(written)] : [])])];
}

/** The same of a number: as it came, and as E.164 where it has its country's code. */
export function phoneForms(phone: string | null | undefined): string[] {
  const raw = phone?.trim() ?? "";
  if (raw === "") return [];
  return [...new Set([raw, raw.replace(/[^\d+]/g, ""), normalisePhone(raw, null) ?? ""])].filter((one) => one !== "");
}

function asRead(email: string): string {
  const at = email.lastIndexOf("@");
  const domain = domainToUnicode(email.slice(at + 1));
  return domain === "" ? email : `${email.slice(0, at)}@${domain}`;
}
