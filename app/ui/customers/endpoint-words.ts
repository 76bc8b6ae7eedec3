import type { Endpoint } from "~/customers/page/endpoints";
import { countryName } from "../person/identity";
import { age } from "../time";

/** Where an answer goes, without the person's name: "in the chat on your store, wrote 2 h ago". */
export function endpointWords(endpoint: Endpoint, now: number, locale: string, timeZone: string): string {
  const wrote = endpoint.wroteAt
    ? `wrote ${agoWords(age(endpoint.wroteAt, now, locale, timeZone))}`
    : "never wrote there";
  return `in the chat on your store, ${wrote}`;
}

/** Which of several browsers it is. */
export function placeWords(endpoint: Endpoint, locale: string): string {
  const who =
    endpoint.proven === "signed-in"
      ? "Wherever they are signed in"
      : endpoint.proven === "emailed-code"
        ? "Wherever they have confirmed their address"
        : "A browser that is not signed in";
  return endpoint.countryCode ? `${who}, ${countryName(endpoint.countryCode, locale)}` : who;
}

export function agoWords(short: string): string {
  return short === "now" ? "just now" : /(min|h|d)$/.test(short) ? `${short} ago` : short;
}
