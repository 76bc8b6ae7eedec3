import type { AppContext } from "~/context";
import { env } from "~/env.server";
import { NotFound, Problem, Unproven } from "~/http/errors";
import { log } from "~/platform/log";
import { keepInbound } from "../../keep";
import { isSecret, isSigned } from "./signature";
import { split } from "./split";

/** Bytes of one delivery: Meta's are up to 3 MB. https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks */
export const largestDelivery = 4 * 1024 * 1024;

/**
 * What Meta asks back for when the address of the webhook is entered there; it must know the word that was agreed on.
 * Throws NotFound while no app of Meta's is set up, and a Problem (403) for another word.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export function verifyWebhook(parameters: URLSearchParams): string {
  const word = env().META_VERIFY_TOKEN;
  if (!word) throw new NotFound("This address");
  const challenge = parameters.get("hub.challenge") ?? "";
  const proven = parameters.get("hub.mode") === "subscribe" && isSecret(parameters.get("hub.verify_token") ?? "", word);
  if (!proven || !/^[\w-]{1,200}$/.test(challenge)) throw new Problem(403, "forbidden", "This is not the agreed word.");
  return challenge;
}

/**
 * Keeps what Meta delivered, each fact for its account. What is of an account that nobody connected is dropped. Throws
 * Unproven (401) without Meta's signature; any other error lets Meta try again.
 */
export async function receiveWebhook(app: AppContext, body: Uint8Array, signature: string | null): Promise<void> {
  const secret = env().META_APP_SECRET;
  if (!secret) throw new NotFound("This address");
  if (!isSigned(body, signature, secret)) {
    throw new Unproven("signature", "This was not signed by Meta.");
  }
  const { pieces, others } = split(body);
  const kept = await keepInbound(app, pieces);
  const unknown = kept.filter((one) => one === "unknown").length;
  if (unknown + others > 0) log.info({ unknown, others }, "Meta told of accounts that nobody connected");
}
