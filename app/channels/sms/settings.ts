import { z } from "zod";
import type { Account, ConnectField } from "../channel";
import type { TwilioAccount } from "../vendors/twilio/client";

/** Who a text message is from. https://www.twilio.com/docs/messaging/senders */
export type SenderKind = "number" | "service" | "short-code" | "alphanumeric";

/** What kind of sender a text is; null for none. */
export function senderKind(sender: string): SenderKind | null {
  if (/^\+[1-9]\d{6,14}$/.test(sender)) return "number";
  if (/^MG[0-9a-f]{32}$/i.test(sender)) return "service";
  if (/^\d{3,8}$/.test(sender)) return "short-code";
  // Up to eleven characters, at least one of them a letter.
  return /^(?=.*[a-z])[a-z0-9 +&_-]{1,11}$/i.test(sender) ? "alphanumeric" : null;
}

const sender = z
  .string()
  .transform((text) => (/^\+[\d\s().-]+$/.test(text.trim()) ? `+${text.replace(/\D/g, "")}` : text.trim()))
  .refine(
    (text) => senderKind(text) !== null,
    "Enter a number such as +15550100100, a messaging service's SID, or a name.",
  );

const shape = z.object({
  accountSid: z.string().regex(/^AC[0-9a-f]{32}$/i, "An account SID begins with AC and has 34 characters."),
  sender,
  setUp: z.enum(["yes", "no"]).default("yes"),
  /** Found out when it is connected: the number's id at Twilio, and whether it takes pictures. */
  senderSid: z.string().optional(),
  mms: z.boolean().optional(),
});

export type SmsSettings = z.infer<typeof shape>;

export const smsSettings = shape as unknown as z.ZodType<Record<string, unknown>>;

export const smsCredentials = z.object({ authToken: z.string().min(1) }) as z.ZodType<Record<string, string>>;

export const smsFields: readonly ConnectField[] = [
  {
    name: "accountSid",
    label: "Account SID",
    help: "On the first page of Twilio's console, under Account Info.",
    secret: false,
    keptIn: "settings",
  },
  {
    name: "authToken",
    label: "Auth token",
    help: "Beside the account SID. It proves that messages come from Twilio.",
    secret: true,
    keptIn: "credentials",
  },
  {
    name: "sender",
    label: "Number or sender",
    help: "A number of yours at Twilio such as +15550100100, a short code, a messaging service's SID (MG…), or a name of up to 11 letters. Nobody can answer to a name.",
    secret: false,
    keptIn: "settings",
  },
  {
    name: "setUp",
    label: "Webhook",
    help: "Incoming messages have to be sent to this app.",
    secret: false,
    keptIn: "settings",
    optional: true,
    choices: [
      { value: "yes", label: "Set it at Twilio for me" },
      { value: "no", label: "I set it in Twilio's console" },
    ],
  },
];

/** The settings of an account that was connected. */
export function settingsOf(account: Pick<Account, "settings">): SmsSettings {
  return shape.parse(account.settings);
}

export function twilioAccount(account: Pick<Account, "settings" | "credentials">): TwilioAccount {
  return { accountSid: settingsOf(account).accountSid, authToken: account.credentials["authToken"] ?? "" };
}

/** Whether a webhook or a message at Twilio is of this account's sender. */
export function isOfSender(settings: SmsSettings, number: string | null, serviceSid: string | null): boolean {
  return senderKind(settings.sender) === "service" ? serviceSid === settings.sender : number === settings.sender;
}
