import type { Account } from "~/channels/channel";
import { addressOf } from "~/channels/voice/connector";
import { readVoiceSettings, type VoiceSettings } from "~/channels/voice/settings";
import type { Context } from "~/context";

/** One request of the provider, proven to be its. */
export interface Asked {
  ctx: Context;
  account: Account;
  settings: VoiceSettings;
  /** What the provider sent, empty texts included. https://www.twilio.com/docs/voice/twiml#request-parameters */
  form: URLSearchParams;
  /** Of the address: `call` and `leg` are ids of ours. */
  query: URLSearchParams;
}

export function askedOf(ctx: Context, account: Account, form: URLSearchParams, query: URLSearchParams): Asked {
  return { ctx, account, settings: readVoiceSettings(account.settings), form, query };
}

/** The address of a step about a call. */
export const stepOf = (asked: Asked, step: string, about: Record<string, string>): string =>
  addressOf(asked.account.id, step, about);
