import type { MissedSearch } from "~/channels/missed";
import type { AccountView, Connection } from "~/settings/channels/connections";
import { agoWords } from "../customers/endpoint-words";
import { age, dayAndTime, shortDate } from "../time";

export interface When {
  now: number;
  locale: string;
  timeZone: string;
}

interface Badge {
  words: string;
  tone: "success" | "warning" | "critical" | undefined;
}

export const stateBadges: Readonly<Record<AccountView["state"], Badge>> = {
  connected: { words: "Connected", tone: "success" },
  paused: { words: "Paused", tone: undefined },
  attention: { words: "Needs attention", tone: "warning" },
};

export const notConnected: Badge = { words: "Not connected", tone: undefined };

/** "Last in 2 h ago · last out 5 min ago". */
export function trafficWords(account: Pick<AccountView, "lastInAt" | "lastOutAt">, when: When): string {
  const ago = (at: string) => agoWords(age(at, when.now, when.locale, when.timeZone));
  const { lastInAt, lastOutAt } = account;
  if (!lastInAt && !lastOutAt) return "Nothing came in or went out yet";
  return [
    lastInAt ? `Last in ${ago(lastInAt)}` : "Nothing came in yet",
    lastOutAt ? `last out ${ago(lastOutAt)}` : "nothing went out yet",
  ].join(" · ");
}

/** When the token ends, if that is near or over. */
export function tokenWords(account: Pick<AccountView, "token" | "tokenExpiresAt">, when: When): string | null {
  if (!account.tokenExpiresAt) return null;
  const day = shortDate(account.tokenExpiresAt, when.now, when.locale, when.timeZone);
  switch (account.token) {
    case "ended":
      return `The access token ended on ${day}. Replace it: nothing comes in or goes out until then.`;
    case "ends-soon":
      return `The access token ends on ${day}. Replace it before then.`;
    case "good":
      return `The access token is good until ${day}.`;
  }
}

/** "3 messages could not be read"; null when all could. */
export function asideWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? "1 message could not be read" : `${count} messages could not be read`;
}

/** The worst of a channel's accounts speaks for it. */
export function worstOf({ accounts }: Pick<Connection, "accounts">): AccountView["state"] | null {
  for (const state of ["attention", "connected", "paused"] as const) {
    if (accounts.some((one) => one.state === state)) return state;
  }
  return null;
}

export function moment(at: string, when: When): string {
  return dayAndTime(at, when.locale, when.timeZone);
}

/** What the last search for messages that never arrived found. */
export function missedWords(missed: MissedSearch | null, when: When): string {
  if (!missed) return "Not looked for yet";
  if (missed.problem) return `Could not be looked for: ${missed.problem}`;
  const at = agoWords(age(missed.at, when.now, when.locale, when.timeZone));
  const ever = missed.everFound > missed.found ? `, ${missed.everFound} in all so far` : "";
  if (missed.found === 0) return `None, looked ${at}${ever}`;
  return `${missed.found === 1 ? "1 found and taken in" : `${missed.found} found and taken in`}, looked ${at}${ever}`;
}
