import { type Account, Rejected } from "../../channel";
import { broken, call, unavailable } from "../call";
import { askTwilio, basic, type TwilioAccount, type TwilioAnswer } from "./client";

/** Credentials as the client takes them. */
export function twilioOf({ credentials }: Pick<Account, "credentials">): TwilioAccount {
  return { accountSid: credentials.accountSid ?? "", authToken: credentials.authToken ?? "" };
}

/**
 * Posts to the account's part of the REST API. `harmless` are Twilio's codes and statuses that mean that there is nothing
 * left to do; the answer is then empty. Throws as `askTwilio` does, in words about calls.
 */
export async function send(
  account: Pick<Account, "credentials">,
  path: string,
  form: readonly [string, string][],
  harmless: readonly number[] = [],
): Promise<TwilioAnswer> {
  try {
    return await askTwilio(twilioOf(account), path, { form: new URLSearchParams([...form]) });
  } catch (error) {
    return orHarmless(error, harmless);
  }
}

/** Reads from the account's part of the REST API. */
export async function ask(
  account: Pick<Account, "credentials">,
  path: string,
  harmless: readonly number[] = [],
): Promise<TwilioAnswer> {
  try {
    return await askTwilio(twilioOf(account), path);
  } catch (error) {
    return orHarmless(error, harmless);
  }
}

/** A file of the account's, at most `most` bytes of it. Throws Retryable or Rejected. */
export async function bytesOf(account: Account, path: string, most: number): Promise<Uint8Array> {
  const answer = await reach(account, path, "GET");
  if (!answer.ok) throw refused(answer);
  const bytes = await answer.arrayBuffer().catch((error: unknown) => {
    throw broken("Twilio", error, true);
  });
  if (bytes.byteLength > most) throw new Rejected({ code: "too-large", words: "The recording is too long to keep." });
  return new Uint8Array(bytes);
}

/** Removes something of the account's; what is gone already is no error. */
export async function remove(account: Account, path: string): Promise<void> {
  const answer = await reach(account, path, "DELETE");
  if (!answer.ok && answer.status !== 404) throw refused(answer);
}

function reach(account: Account, path: string, method: "GET" | "DELETE"): Promise<Response> {
  const twilio = twilioOf(account);
  const url = `https://api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}${path}`;
  // Twilio sends to where the bytes lie.
  return call("Twilio", url, { method, headers: { Authorization: basic(twilio) }, redirect: "follow" });
}

function refused(answer: Response): Error {
  const code = String(answer.status);
  return (
    unavailable("Twilio", answer, { onlyReads: true, now: new Date() }) ??
    new Rejected({ code, words: `Twilio does not hand out the recording (${code}).` })
  );
}

function orHarmless(error: unknown, harmless: readonly number[]): TwilioAnswer {
  if (!(error instanceof Rejected)) throw error;
  const { code, words } = error.failure;
  if (harmless.includes(Number(code))) return {};
  throw new Rejected({ code, words: ofCalls[code] ?? words });
}

/** Twilio's codes that mean something else of a call than of a message. https://www.twilio.com/docs/api/errors */
const ofCalls: Readonly<Record<string, string>> = {
  "13223": "This phone number cannot be called. Check it.",
  "13224": "Twilio does not call this number. Check it.",
  "21205": "Twilio could not use our address. Check the app's public address.",
  "21210": "Your Twilio number may not be used to call out. Verify it in Twilio.",
  "21211": "This phone number cannot be called. Check it.",
  "21214": "This phone number cannot be reached. Check it.",
  "21215":
    "Calls to this country are not allowed in your Twilio account. Allow them in Twilio, under Voice geographic permissions.",
  "21216": "Twilio blocks calls to this number.",
  "21219": "A trial account calls only numbers that were verified in Twilio.",
};
