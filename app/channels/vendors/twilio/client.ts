import { Rejected } from "../../channel";
import { call, unavailable } from "../call";
import { askManager, problemOf } from "./problems";

/** Whose account at Twilio is used. */
export interface TwilioAccount {
  accountSid: string;
  authToken: string;
}

/** Where the API is: https://www.twilio.com/docs/usage/api */
const api = "https://api.twilio.com";

export type TwilioAnswer = Record<string, unknown>;

/**
 * Asks Twilio's REST API. `path` begins behind the account, such as `/Messages.json`, or is a whole address. With a form
 * it is posted. Throws Retryable (down, busy), Rejected with Twilio's reason in plain words, or Unclear when it may have
 * been taken.
 */
export async function askTwilio(
  account: TwilioAccount,
  path: string,
  options: { form?: URLSearchParams; now?: Date } = {},
): Promise<TwilioAnswer> {
  return (await askTwilioAt(account, path, options)).said;
}

/** The same, with the time at Twilio. */
export async function askTwilioAt(
  account: TwilioAccount,
  path: string,
  options: { form?: URLSearchParams; now?: Date } = {},
): Promise<{ said: TwilioAnswer; at: Date }> {
  const { form, now = new Date() } = options;
  const url = path.startsWith("https://") ? path : `${api}/2010-04-01/Accounts/${account.accountSid}${path}`;
  const answer = await call("Twilio", url, {
    method: form ? "POST" : "GET",
    headers: { Authorization: basic(account), Accept: "application/json" },
    ...(form ? { body: form } : {}),
  });
  const text = await answer.text().catch(() => "");
  const at = new Date(answer.headers.get("date") ?? now);
  if (answer.ok) return { said: object(text), at };
  const said = object(text);
  const code = typeof said["code"] === "number" ? said["code"] : null;
  // 20429 comes with status 429, and both mean the same.
  throw unavailable("Twilio", answer, { onlyReads: !form, now }) ?? rejected(code, answer.status, said["message"]);
}

/** The header with which Twilio's API and its files are asked for. */
export function basic({ accountSid, authToken }: TwilioAccount): string {
  return `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
}

function rejected(code: number | null, status: number, message: unknown): Rejected {
  const { words, closes } = problemOf(code ?? status, typeof message === "string" ? message : null);
  return new Rejected(
    { code: String(code ?? status), words, isOf: words.endsWith(askManager) ? "account" : undefined },
    closes,
  );
}

function object(text: string): TwilioAnswer {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as TwilioAnswer) : {};
  } catch {
    return {};
  }
}
