import { createHash } from "node:crypto";
import type { AppContext } from "~/context";
import { NotFound, Problem } from "~/http/errors";
import { accountAtDoor } from "../accounts";
import { keepInbound } from "../keep";
import { isFromX, signX } from "../vendors/x/signature";

/** Bytes of one webhook. */
export const largestWebhook = 256 * 1024;

/**
 * What X wants to hear when it asks, at any time and each hour, whether this address knows the app's secret.
 * https://docs.x.com/x-api/webhooks/introduction. Throws NotFound and Invalid.
 */
export async function answerChallenge(
  app: AppContext,
  accountId: string,
  token: string,
): Promise<{ response_token: string }> {
  const account = await accountAtDoor(app, accountId, ["x"]);
  if (!account) throw new NotFound("This address");
  if (token === "" || token.length > 500) throw new Problem(400, "no-challenge", "There is no crc_token.");
  return { response_token: signX(token, account.credentials["consumerSecret"] ?? "") };
}

/** Keeps what X tells of an account. Throws NotFound for one that is not connected here, and a Problem (403) without X's signature. */
export async function receiveFromX(
  app: AppContext,
  accountId: string,
  body: Uint8Array,
  signature: string | null,
): Promise<void> {
  const account = await accountAtDoor(app, accountId, ["x"]);
  if (!account) throw new NotFound("This address");
  if (!isFromX(body, signature, account.credentials["consumerSecret"] ?? "")) {
    throw new Problem(403, "unproven", "This is not signed by X.");
  }
  // An app at X tells of all its accounts at one address.
  const forUser = /"for_user_id"\s*:\s*"?(\d+)"?/.exec(new TextDecoder().decode(body))?.[1];
  if (forUser !== undefined && forUser !== account.externalId) throw new NotFound("This account");
  const key = createHash("sha256").update(body).digest("hex");
  await keepInbound(app, [{ account: { shopId: account.shopId, id: account.id }, key, body }]);
}
