import { createHash } from "node:crypto";
import type { AppContext } from "~/context";
import { env } from "~/env.server";
import { NotFound, Problem } from "~/http/errors";
import { accountAtDoor } from "../accounts";
import { keepInbound } from "../keep";
import { isFromTwilio } from "../vendors/twilio/signature";
import { isOfSender, settingsOf } from "./settings";

/** Bytes of one webhook: a text of 1,600 characters and ten addresses, written as a form. */
export const largestWebhook = 64 * 1024;

export interface Knock {
  accountId: string;
  /** Path and query as they came. */
  path: string;
  contentType: string | null;
  signature: string | null;
  body: Uint8Array;
}

/**
 * Keeps what Twilio tells of text messages. Throws NotFound for an account that is not connected or a message of another
 * sender, and a Problem (403) without Twilio's signature; any other error lets Twilio's fallback or the next search for
 * missed messages bring it again.
 */
export async function receiveFromTwilio(app: AppContext, knock: Knock): Promise<void> {
  const account = await accountAtDoor(app, knock.accountId, ["sms"]);
  if (!account) throw new NotFound("This address");
  const { contentType, signature, body } = knock;
  const url = new URL(env().SHOPIFY_APP_URL).origin + knock.path;
  if (!isFromTwilio({ url, contentType, body, signature }, account.credentials["authToken"] ?? "")) {
    throw new Problem(403, "unproven", "This is not signed by Twilio.");
  }
  const fields = new URLSearchParams(new TextDecoder().decode(body));
  const sid = fields.get("MessageSid") ?? fields.get("SmsSid") ?? "";
  const status = fields.get("MessageStatus") ?? fields.get("SmsStatus") ?? "";
  const isOurs = status !== "" && status !== "received" && status !== "receiving";
  const number = fields.get(isOurs ? "From" : "To");
  // One account at Twilio may have several senders, each connected by itself, with one token.
  if (number !== null && !isOfSender(settingsOf(account), number, fields.get("MessagingServiceSid"))) {
    throw new NotFound("This sender");
  }
  const key = sid ? `${sid} ${status}` : createHash("sha256").update(body).digest("hex");
  await keepInbound(app, [{ account: { shopId: account.shopId, id: account.id }, key, body }]);
}
