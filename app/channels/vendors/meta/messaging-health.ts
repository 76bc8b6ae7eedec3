import { Invalid } from "~/http/errors";
import { type Account, type Health, Rejected, Retryable } from "../../channel";
import { checkToken, isSubscribed } from "./connect";
import { graph } from "./graph";
import { text } from "./json";
import { hostOf, messagingOf, tokenOf } from "./login";

/** How an account of Instagram's or Messenger's is, asked of Meta. Never throws. */
export async function messagingHealth(account: Account, scopes: readonly string[]): Promise<Health> {
  const host = hostOf(account);
  const token = tokenOf(account);
  try {
    const who = await graph({
      token,
      host,
      path: "me",
      query: { fields: host === "graph.instagram.com" ? "user_id,username" : "id,name" },
      within: 10_000,
    });
    const tokenExpiresAt = host === "graph.instagram.com" ? null : await checkToken(token, scopes);
    const owner = messagingOf(account).pageId || "me";
    if (!(await isSubscribed(token, owner, host))) {
      return {
        ok: false,
        words: "Meta does not tell this app what happens here. Connect the account anew.",
        tokenExpiresAt,
      };
    }
    return { ok: true, words: `Connected as ${text(who.username) ?? text(who.name) ?? account.name}.`, tokenExpiresAt };
  } catch (error) {
    return { ok: false, words: wordsOf(error), tokenExpiresAt: null };
  }
}

/** What a failed question says to staff. */
export function wordsOf(error: unknown): string {
  if (error instanceof Invalid) return error.message;
  if (error instanceof Retryable) return "Meta cannot be reached at the moment.";
  if (error instanceof Rejected) return error.failure.words;
  return "Meta answered with something that could not be read.";
}
