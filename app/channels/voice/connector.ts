import { z } from "zod";
import {
  type Account,
  type ChannelAdapter,
  type ConnectField,
  type Health,
  Rejected,
  Retryable,
} from "~/channels/channel";
import { env } from "~/env.server";
import { Invalid } from "~/http/errors";
import { ask, send } from "../vendors/twilio/voice-request";
import { voiceSettings } from "./settings";

const credentials = z.object({
  accountSid: z.string().regex(/^AC[0-9a-f]{32}$/i, "This begins with AC and has 34 characters"),
  authToken: z.string().min(16, "This has 32 characters").max(64, "This has 32 characters"),
}) as unknown as z.ZodType<Record<string, string>>;

const yesOrNo = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

const field = (name: string, label: string, help: string, more: Partial<ConnectField> = {}): ConnectField => ({
  ...{ name, label, help, secret: false, keptIn: "settings" as const, optional: true },
  ...more,
});

const fields: readonly ConnectField[] = [
  field("accountSid", "Account SID", "In the Twilio Console, under Account info.", {
    keptIn: "credentials",
    secret: true,
    optional: false,
  }),
  field("authToken", "Auth token", "Beside the account SID. It proves that calls really come from Twilio.", {
    keptIn: "credentials",
    secret: true,
    optional: false,
  }),
  field("number", "Phone number", "One of your Twilio numbers with voice, such as +14155550123.", { optional: false }),
  field("hours", "Opening hours", "Such as Mon-Fri 9:00-17:00, Sat 10:00-14:00. Leave it empty to be open always."),
  field("greeting", "Greeting", "Said first to everybody who calls. Leave it empty for a short welcome."),
  field("closedGreeting", "Greeting while closed", "Said before the tone when nobody can take the call."),
  field("language", "Language", "A code such as en-US or de-DE, in which the greetings are spoken."),
  field("recording", "Recording", "Calls are recorded only when the caller presses 1 to allow it.", {
    choices: [
      { value: "never", label: "Never record calls" },
      { value: "ask", label: "Ask every caller" },
    ],
  }),
  field("deleteRecordings", "Remove recordings at Twilio", "Once they are kept in Throughline.", { choices: yesOrNo }),
  field("ring", "Ring", "Who of those taking calls is rung.", {
    choices: [
      { value: "all", label: "Everybody at once" },
      { value: "one", label: "One after another" },
    ],
  }),
  field("ringSeconds", "Ring for", "Seconds that one phone rings."),
  field("waitSeconds", "Longest wait", "Seconds after which a caller is asked to leave a message."),
  field("wrapUpCodes", "Wrap-up codes", "What calls were about, with commas between. Leave it empty for our own list."),
];

/** A number of Twilio's as it says itself. https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
interface NumberThere {
  sid?: string;
  friendly_name?: string;
  voice_url?: string;
  capabilities?: { voice?: boolean };
}

/** Calls: connected in Settings like any channel, with no messages to send. */
export const connector = {
  kind: "voice",
  settings: voiceSettings,
  credentials,
  fields,
  async identify({ settings, credentials: given }) {
    const number = String(settings.number ?? "");
    if (number === "") throw wrong("number", "Enter the phone number.");
    const found = await numberAt({ credentials: given }, number).catch((error: unknown) => {
      if (error instanceof Rejected) throw wrong("authToken", error.failure.words);
      if (error instanceof Retryable) throw wrong("", error.failure.words);
      throw error;
    });
    if (!found) throw wrong("number", "This number is not in this Twilio account. Check both.");
    if (found.capabilities?.voice === false)
      throw wrong("number", "This number cannot take calls. Choose one with voice.");
    return { externalId: number, name: number, settings, credentials: given, tokenExpiresAt: null };
  },
  async connected(account) {
    const found = await numberAt(account, account.externalId);
    if (!found?.sid) return;
    await send(account, `/IncomingPhoneNumbers/${encodeURIComponent(found.sid)}.json`, [
      ["VoiceUrl", addressOf(account.id, "incoming")],
      ["VoiceMethod", "POST"],
      ["StatusCallback", addressOf(account.id, "status")],
      ["StatusCallbackMethod", "POST"],
    ]);
  },
  async check(account): Promise<Health> {
    const found = await numberAt(account, account.externalId);
    if (!found) return { ok: false, words: "This number is no longer in your Twilio account.", tokenExpiresAt: null };
    const ours = addressOf(account.id, "incoming");
    if (found.voice_url !== ours) {
      const words = `Calls do not come here yet. In Twilio, set "A call comes in" of ${account.externalId} to ${ours}`;
      return { ok: false, words, tokenExpiresAt: null };
    }
    return { ok: true, words: `Calls to ${account.externalId} come here.`, tokenExpiresAt: null };
  },
} satisfies Pick<ChannelAdapter, "settings" | "credentials" | "fields" | "identify" | "connected" | "check"> & {
  kind: "voice";
};

/** Where Twilio asks what to do. `about` is what the step is about, such as the call. */
export function addressOf(accountId: string, step: string, about: Record<string, string> = {}): string {
  const url = new URL(`/channels/voice/${accountId}/${step}`, env().SHOPIFY_APP_URL);
  for (const [name, value] of Object.entries(about)) url.searchParams.set(name, value);
  return url.href;
}

async function numberAt(account: Pick<Account, "credentials">, number: string): Promise<NumberThere | null> {
  const query = new URLSearchParams({ PhoneNumber: number, PageSize: "1" });
  const found = await ask(account, `/IncomingPhoneNumbers.json?${query}`);
  return ((found.incoming_phone_numbers ?? []) as NumberThere[])[0] ?? null;
}

function wrong(name: string, message: string): Invalid {
  return new Invalid([{ field: name, message }]);
}
