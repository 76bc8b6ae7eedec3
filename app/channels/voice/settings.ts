import { z } from "zod";
import { readHours } from "./hours";

/** Why a call was about something, unless the merchant says otherwise. */
export const defaultWrapUpCodes = [
  "Question answered",
  "Order help",
  "Return or refund",
  "Complaint",
  "Call back needed",
  "Wrong number",
];

const seconds = (least: number, most: number) => {
  const message = `Enter a number of seconds between ${least} and ${most}`;
  return z.coerce.number({ error: message }).int(message).min(least, message).max(most, message);
};
const words = (most: number) => z.string().trim().max(most, `Use at most ${most} characters`);

const shape = {
  /** E.164, without which nobody can call. */
  number: z
    .string()
    .transform((text) => text.replace(/[\s().-]/g, ""))
    .pipe(z.string().regex(/^(\+[1-9]\d{6,14})?$/, "Write the number with its country code, such as +14155550123")),
  /** BCP 47, as the provider's voices are named. */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Use a language's code, such as en-US"),
  /** Said first, to everybody who calls. Empty: the app's own sentence with the shop's name. */
  greeting: words(500),
  /** Said while closed, before the tone. */
  closedGreeting: words(500),
  /** `hours.ts`; empty: always open. */
  hours: words(500).refine(
    (text) => readHours(text) !== null,
    "Write days and times, such as Mon-Fri 9:00-17:00, Sat 10:00-14:00",
  ),
  /** Whether callers are asked if the call may be recorded. */
  recording: z.enum(["ask", "never"]),
  /** Whether a recording is removed at the provider once it is kept here. */
  deleteRecordings: z.enum(["yes", "no"]),
  ring: z.enum(["all", "one"]),
  /** How long one phone rings. */
  ringSeconds: seconds(5, 60),
  /** How long somebody waits at most before they are asked to leave a message. */
  waitSeconds: seconds(15, 3_600),
  /** Comma-separated; empty: the app's own list. */
  wrapUpCodes: words(1_000),
};

const defaults = {
  number: "",
  language: "en-US",
  greeting: "",
  closedGreeting: "",
  hours: "",
  recording: "never",
  deleteRecordings: "yes",
  ring: "all",
  ringSeconds: 25,
  waitSeconds: 300,
  wrapUpCodes: "",
} as const;

/** What a merchant writes when they connect a number, and how it is kept. */
export const voiceSettings = z.object(shape).partial();

export type VoiceSettings = { [Name in keyof typeof shape]: z.output<(typeof shape)[Name]> };

/** The settings of an account for calls, every one of them: what is missing or no longer valid has its default. */
export function readVoiceSettings(settings: Record<string, unknown>): VoiceSettings {
  const read: Record<string, unknown> = { ...defaults };
  for (const [name, field] of Object.entries(shape)) {
    const found = field.safeParse(settings[name]);
    if (found.success) read[name] = found.data;
  }
  return read as VoiceSettings;
}

/** What a member of staff chooses from when a call is over. */
export function wrapUpCodes({ wrapUpCodes: text }: Pick<VoiceSettings, "wrapUpCodes">): string[] {
  const codes = text
    .split(/[,\n]/)
    .map((code) => code.trim().slice(0, 60))
    .filter(Boolean);
  return codes.length > 0 ? [...new Set(codes)].slice(0, 30) : defaultWrapUpCodes;
}
