import { channelName } from "~/channels/kinds";
import type { Endpoint } from "~/customers/page/endpoints";
import { wayOf } from "../channels/ways";
import { countryName } from "../person/identity";
import { age } from "../time";

type Wrote = Pick<Endpoint, "channel" | "wroteAt">;

/** Where an answer goes, without the person's name: "on WhatsApp, wrote 2 h ago". */
export function endpointWords(endpoint: Wrote, now: number, locale: string, timeZone: string): string {
  const [did, never] = endpoint.channel === "voice" ? ["called", "never called"] : ["wrote", "never wrote there"];
  const wrote = endpoint.wroteAt ? `${did} ${agoWords(age(endpoint.wroteAt, now, locale, timeZone))}` : never;
  return `${endpoint.channel === "chat" ? "in the chat on your store" : wayOf(endpoint.channel)}, ${wrote}`;
}

/** Which of several places on one channel it is: a browser, or an address. */
export function placeWords(endpoint: Endpoint, locale: string): string {
  if (endpoint.channel !== "chat") {
    const who = endpoint.address ?? endpoint.name ?? channelName(endpoint.channel);
    return endpoint.accountName ? `${who}, through ${endpoint.accountName}` : who;
  }
  const who =
    endpoint.proven === "signed-in"
      ? "Wherever they are signed in"
      : endpoint.proven === "emailed-code"
        ? "Wherever they have confirmed their address"
        : "A browser that is not signed in";
  return endpoint.countryCode ? `${who}, ${countryName(endpoint.countryCode, locale)}` : who;
}

/** What may be sent there now, as a part of a sentence; null where nothing needs saying. */
export function ruleWords(rule: Endpoint["rule"], now: number): string | null {
  if (!rule.open) return rule.words;
  if (rule.until === null) return null;
  const left = Date.parse(rule.until) - now;
  return left > 0 ? `free replies for ${shortSpan(left)} more` : "the time for free replies is over";
}

/** "21 h 40 min", "6 d 2 h", "under a minute". @param milliseconds not negative */
export function shortSpan(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60)];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return minutes > 0 ? `${minutes} min` : "under a minute";
}

export function agoWords(short: string): string {
  return short === "now" ? "just now" : /(min|h|d)$/.test(short) ? `${short} ago` : short;
}
