import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

/**
 * What can tell who someone is. Ids of providers are of one account of the merchant's and are written
 * `<account's id at the provider>:<person's id there>`, because providers give each account other ids of the same person.
 */
export type IdentifierKind = "email" | "phone" | "shopify-customer" | "instagram" | "messenger" | "x" | "api";

/** One way in which an identifier is written, so that equal ones are equal texts. */
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

/**
 * The identifier as it is kept and matched; null when there is none in the text, which never matches anything.
 * `country` (ISO 3166-1) is the shop's: a number without a country code is one of there.
 */
export function normalise(kind: IdentifierKind, text: string | null, country: string | null): Identifier | null {
  const value = text === null ? null : written(kind, text, country);
  return value ? { kind, value } : null;
}

function written(kind: IdentifierKind, text: string, country: string | null): string | null {
  switch (kind) {
    case "email":
      return normaliseEmail(text);
    case "phone":
      return normalisePhone(text, country);
    case "shopify-customer":
      return /^gid:\/\/shopify\/Customer\/\d+$/.test(text) ? text : null;
    case "instagram":
    case "messenger":
    case "x":
      return /^\d{1,32}:\d{1,32}$/.test(text) ? text : null;
    case "api":
      return /^[\w-]{1,64}:[\x21-\x7e]{1,200}$/.test(text) ? text : null;
  }
}

/**
 * An address in one way of writing (RFC 5321 section 4.1.2, RFC 6531, RFC 5891): lower case, the domain in A-labels, a
 * local part without quotes where it needs none. Only what every mail system does: dots and what follows a plus stay,
 * because whether they mean something is for each provider to say. Null for what is no address.
 */
export function normaliseEmail(text: string): string | null {
  const address = text.trim();
  const at = address.lastIndexOf("@");
  if (at < 1) return null;
  const local = localPart(address.slice(0, at));
  const domain = domainPart(address.slice(at + 1));
  if (!local || !domain) return null;
  const fits = Buffer.byteLength(local) <= 64 && Buffer.byteLength(local) + 1 + domain.length <= 254;
  return fits ? `${local}@${domain}` : null;
}

// RFC 5322 section 3.2.3, and beyond ASCII by RFC 6531 section 3.3.
const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\u{10ffff}-]+";
const dotAtom = new RegExp(`^${atom}(\\.${atom})*$`, "u");
// What may stand between quotes: RFC 5321 section 4.1.2, qtextSMTP and quoted-pairSMTP.
const quoted = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e\u0080-\u{10ffff}]|\\[\x20-\x7e])*"$/u;
// Blanks and control characters of any script, and what changes the direction of text, have no place in a name.
const unseen = /[\p{Zs}\p{Zl}\p{Zp}\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u;

function localPart(text: string): string | null {
  const lower = text.normalize("NFC").toLowerCase().normalize("NFC");
  if (dotAtom.test(lower)) return unseen.test(lower) ? null : lower;
  if (!quoted.test(lower)) return null;
  const meant = lower.slice(1, -1).replace(/\\(.)/gu, "$1");
  if (meant === "" || unseen.test(meant.replaceAll(" ", ""))) return null;
  // "a"@x and "\a"@x are ways of writing a@x; what needs its quotes gets the fewest backslashes.
  return dotAtom.test(meant) ? meant : `"${meant.replace(/["\\]/g, "\\$&")}"`;
}

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function domainPart(text: string): string | null {
  const literal = /^\[(ipv6:)?([\da-f.:]+)\]$/i.exec(text);
  if (literal) {
    const [, six, host = ""] = literal;
    return isIP(host) === (six ? 6 : 4) ? text.toLowerCase() : null;
  }
  const lower = text.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is meant.
  const ascii = /^[\x00-\x7f]*$/.test(lower) ? lower : domainToASCII(lower).toLowerCase();
  const labels = ascii.split(".");
  const isName = labels.length > 1 && ascii.length <= 253 && labels.every((one) => label.test(one));
  // A last label of digits alone would be an address of a machine (RFC 3696 section 2).
  return isName && !/^\d+$/.test(labels.at(-1) as string) ? ascii : null;
}

/**
 * A number as E.164 ("+4520123456"). Null for what is no number that exists in a numbering plan (so that a row of zeros
 * is nobody's) and for an extension behind a shared line, which does not say who someone is.
 */
export function normalisePhone(text: string, country: string | null): string | null {
  const home = country?.toUpperCase();
  const defaultCountry = home && isSupportedCountry(home) ? (home as CountryCode) : undefined;
  const read = parsePhoneNumberFromString(text.trim(), {
    extract: false,
    ...(defaultCountry ? { defaultCountry } : {}),
  });
  return read?.isValid() && !read.ext ? read.number : null;
}
