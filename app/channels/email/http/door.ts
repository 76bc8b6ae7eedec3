import { createHmac, timingSafeEqual } from "node:crypto";
import type { AppContext } from "~/context";
import { NotFound, Problem, Unproven } from "~/http/errors";
import { accountAtDoor } from "../../accounts";
import { keepInbound } from "../../keep";
import { mailKey } from "../read/meta";
import { settingsOf } from "../settings";

/** Of one mail, in bytes. */
export const largestMail = 25 * 1024 * 1024;
/** How far the sender's clock may be from ours, in seconds: a request that was overheard is of use no longer. */
const window = 300;

/** What proves a request: seconds since 1970, and `sha256=` with the HMAC of `<timestamp>.<body>` in hexadecimal. */
export interface Signed {
  timestamp: string | null;
  signature: string | null;
}

/**
 * Takes a raw mail from the merchant's own system and keeps it; what came already is taken again and kept once. Throws
 * NotFound for an account that takes none this way, Unproven without the right signature, and 413 and 400.
 */
export async function receiveRaw(
  app: AppContext,
  accountId: string,
  signed: Signed,
  read: () => Promise<Uint8Array>,
): Promise<void> {
  const account = await accountAtDoor(app, accountId, ["email"]);
  const secret = account?.credentials["httpSecret"];
  if (!account || !secret || settingsOf(account).incoming !== "http") throw new NotFound("This address");
  const at = Number(signed.timestamp);
  const now = app.clock.now().getTime() / 1000;
  // Before the body is read: nobody without a fresh time makes us take 25 MB.
  if (!/^\d{1,12}$/.test(signed.timestamp ?? "") || Math.abs(now - at) > window) throw unsigned();
  if (!/^sha256=[\da-f]{64}$/i.test(signed.signature ?? "")) throw unsigned();
  const body = await read();
  const right = createHmac("sha256", secret).update(`${signed.timestamp}.`).update(body).digest();
  const given = Buffer.from((signed.signature ?? "").slice("sha256=".length), "hex");
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw unsigned();
  if (body.length === 0) throw new Problem(400, "empty", "The body is empty. Post the raw mail.");
  const { shopId, id } = account;
  await keepInbound(app, [{ account: { shopId, id }, key: mailKey(body), body, meta: { via: "http" } }]);
}

const unsigned = () => new Unproven("signature", "The signature or its time is not right. See docs/channels/email.md.");
