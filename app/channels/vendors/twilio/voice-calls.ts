import type { Account } from "~/channels/channel";
import { ask, send } from "./voice-request";

/** What is needed to ring somebody. */
export interface Ringing {
  /** E.164, or `client:<name>` for a browser. */
  to: string;
  /** E.164: a number of the account's. */
  from: string;
  /** Where the provider asks what to do once they answer. */
  url: string;
  /** Where it says how that went on. */
  status: string;
  /** How long it rings, in seconds. */
  seconds: number;
}

/**
 * Rings somebody and gives the provider's id of the call. Throws Retryable, Rejected or Unclear: a call has no key under
 * which the provider would know it again, so one whose outcome is unclear is not tried a second time.
 */
export async function ring(account: Account, { to, from, url, status, seconds }: Ringing): Promise<string> {
  const made = await send(account, "/Calls.json", [
    ["To", to],
    ["From", from],
    ["Url", url],
    ["Method", "POST"],
    ["StatusCallback", status],
    ["StatusCallbackMethod", "POST"],
    ["StatusCallbackEvent", "answered"],
    ["StatusCallbackEvent", "completed"],
    ["Timeout", String(seconds)],
  ]);
  return String(made.sid ?? "");
}

/** Has a call go on with what that address answers. */
export async function sendTo(account: Account, callSid: string, url: string): Promise<void> {
  await send(account, `/Calls/${encodeURIComponent(callSid)}.json`, [
    ["Url", url],
    ["Method", "POST"],
  ]);
}

/** Ends a call, also one that still rings; one that is over already is no error. */
export async function endCall(account: Account, callSid: string): Promise<void> {
  await send(account, `/Calls/${encodeURIComponent(callSid)}.json`, [["Status", "completed"]], [404, 21220, 20404]);
}

/** How a call stands at the provider; null when it knows none of that id. https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
export async function standingOf(account: Account, callSid: string): Promise<string | null> {
  const found = await ask(account, `/Calls/${encodeURIComponent(callSid)}.json`, [404]);
  return typeof found.status === "string" ? found.status : null;
}

/** The room of that name in which people are now; null when there is none. */
export async function roomOf(account: Account, name: string): Promise<string | null> {
  const query = new URLSearchParams({ FriendlyName: name, Status: "in-progress", PageSize: "1" });
  const found = await ask(account, `/Conferences.json?${query}`);
  const [room] = (found.conferences ?? []) as { sid?: string }[];
  return room?.sid ?? null;
}

/** Changes what somebody in a room hears, or what their leaving does; no error when they have left. */
export async function changeInRoom(
  account: Account,
  room: string,
  callSid: string,
  change: { hold: boolean } | { endsRoom: boolean },
): Promise<void> {
  const path = `/Conferences/${encodeURIComponent(room)}/Participants/${encodeURIComponent(callSid)}.json`;
  const form: [string, string][] =
    "hold" in change ? [["Hold", String(change.hold)]] : [["EndConferenceOnExit", String(change.endsRoom)]];
  await send(account, path, form, [404, 20404]);
}

/** Whether a call is in that room now. https://www.twilio.com/docs/voice/api/conference-participant-resource */
export async function isInRoom(account: Account, room: string, callSid: string): Promise<boolean> {
  const path = `/Conferences/${encodeURIComponent(room)}/Participants/${encodeURIComponent(callSid)}.json`;
  return typeof (await ask(account, path, [404, 20404])).call_sid === "string";
}
