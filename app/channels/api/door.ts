import type { AppContext } from "~/context";
import { Invalid, NotFound, Problem, Unproven } from "~/http/errors";
import { accountAtDoor } from "../accounts";
import { type Kept, keepInbound } from "../keep";
import { apiEvent } from "./read";
import { isSignedApi } from "./signature";

/** Bytes of one request: ten files of a megabyte, or one of ten. */
export const largestRequest = 15 * 1024 * 1024;

export interface Knock {
  accountId: string;
  timestamp: string | null;
  signature: string | null;
  body: Uint8Array;
}

/**
 * Keeps what the merchant's own channel tells; the same `id` again is the same. Throws NotFound, Unproven, a Problem (400)
 * for what is no JSON, and Invalid naming each field that is wrong.
 */
export async function receiveFromApi(
  app: AppContext,
  { accountId, body, ...proof }: Knock,
): Promise<{ id: string; kept: Kept }> {
  const account = await accountAtDoor(app, accountId, ["api"]);
  if (!account) throw new NotFound("This channel");
  const { secret = "", previousSecret = "" } = account.credentials;
  if (!isSignedApi([secret, previousSecret], { ...proof, body }, app.clock.now())) {
    throw new Unproven(
      "unproven",
      "The signature is missing or wrong, or its time is more than five minutes from now.",
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Problem(400, "not-json", "The body is not JSON in UTF-8.");
  }
  const event = apiEvent.safeParse(value);
  if (!event.success)
    throw new Invalid(event.error.issues.map(({ path, message }) => ({ field: path.join("."), message })));
  const { type, id } = event.data;
  const [kept = "unknown"] = await keepInbound(app, [
    { account: { shopId: account.shopId, id: account.id }, key: `${type} ${id}`, body },
  ]);
  return { id, kept };
}
