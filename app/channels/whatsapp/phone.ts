import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/**
 * The one number of a person for the several ways in which WhatsApp writes it, as E.164; null for what is no number.
 * WhatsApp's ids keep what a country's plan had when the person joined: in Brazil mobile numbers without their ninth
 * digit, in Mexico a 1 after the country code, in Argentina the 15 of dialling at home or no 9.
 * https://faq.whatsapp.com/1294841057948784
 */
export function phoneOf(id: string): string | null {
  const digits = id.replace(/^\+/, "");
  if (!/^[1-9]\d{6,14}$/.test(digits)) return null;
  for (const candidate of candidates(digits)) {
    const read = parsePhoneNumberFromString(`+${candidate}`);
    if (read?.isValid()) return read.number;
  }
  // Somebody writes from it, so it is a number, also when the plan we know has no such one.
  return `+${digits}`;
}

/** Whether a number in E.164 is one of its country's plan, so that it tells who somebody is. */
export function isInPlan(phone: string): boolean {
  return parsePhoneNumberFromString(phone)?.isValid() ?? false;
}

function candidates(digits: string): string[] {
  const mobile = mobileOf(digits);
  return mobile ? [mobile, digits] : [digits];
}

function mobileOf(digits: string): string | null {
  // Two digits of the area, eight of the number; the ones of mobiles begin with 6 to 9.
  const brazil = /^55(\d\d)([6-9]\d{7})$/.exec(digits);
  if (brazil) return `55${brazil[1]}9${brazil[2]}`;
  const mexico = /^521(\d{10})$/.exec(digits);
  if (mexico) return `52${mexico[1]}`;
  // Ten digits without the 9 would be a line at home, and WhatsApp is on mobiles.
  const argentina = /^54([1-8]\d{9})$/.exec(digits);
  return argentina ? `549${argentina[1]}` : null;
}
