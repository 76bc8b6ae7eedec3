import type { Kept } from "../kept";
import type { Surroundings } from "../provider";
import type { TwilioAccountState, TwilioState } from "./state";

/** A request of the app with valid credentials. */
export interface Asked {
  method: string;
  host: string;
  /** Behind the account: `/Messages.json`. At other hosts than the API, the whole path. */
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  account: TwilioAccountState;
}

/** What the parts of Twilio share. */
export interface TwilioWorld extends Surroundings {
  memory: Kept<TwilioState>;
  /** A webhook, signed with the account's token. Gives the app's answer. */
  tell(account: TwilioAccountState, url: string, fields: Record<string, string>): Promise<Response | null>;
}

/** A part of Twilio: messages, voice. Each says null to what is not its own. */
export interface TwilioPart {
  answer(asked: Asked): Promise<Response | null>;
  /** `path` is what follows `/control/twilio`; `body` the JSON that was sent. */
  control?(path: string, body: Record<string, unknown>, query: URLSearchParams): Promise<Response | null>;
}

/** An error as the API writes it: https://www.twilio.com/docs/usage/twilios-response#errors */
export function problem(status: number, code: number, message: string): Response {
  return Response.json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, { status });
}

export const notFound = (): Response => problem(404, 20404, "The requested resource was not found");
