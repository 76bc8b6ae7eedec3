import { env } from "~/env.server";
import { Invalid } from "~/http/errors";
import { Rejected, Retryable } from "../../channel";
import { type GraphHost, graph } from "./graph";
import { type Json, list, number, object, text } from "./json";

/** Asks the Graph API for a form: what Meta refuses is said at a field. */
export async function askFor(field: string, asked: Parameters<typeof graph>[0]): Promise<Json> {
  try {
    return await graph(asked);
  } catch (error) {
    if (error instanceof Retryable) {
      throw new Invalid([{ field: "", message: "Meta cannot be reached at the moment. Try again in a few minutes." }]);
    }
    if (!(error instanceof Rejected)) throw error;
    throw new Invalid([{ field, message: refusalOf(error.failure.code) }]);
  }
}

function refusalOf(code: string): string {
  if (/^(190|0)(\/|$)/.test(code))
    return "Meta does not accept this access token. Create a new one and paste all of it.";
  if (/^100\/33$|^100$|^803/.test(code)) return "Meta finds nothing with this ID that the token may see. Check both.";
  if (/^(10|2\d\d|3)(\/|$)/.test(code))
    return "The token may not see this. Give it the permissions that are listed below.";
  return `Meta refused this (error ${code}). Check the values and try again.`;
}

/**
 * Checks a token of the operator's app: that it is valid, of this app and has the permissions. Gives when it ends; null
 * for one that does not. Throws Invalid at `token`. https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
export async function checkToken(token: string, wanted: readonly string[]): Promise<Date | null> {
  const { META_APP_ID, META_APP_SECRET } = env();
  if (!META_APP_ID || !META_APP_SECRET) {
    const message = "Whoever runs this app must set META_APP_ID and META_APP_SECRET on its server first.";
    throw new Invalid([{ field: "", message }]);
  }
  const query = { input_token: token };
  const answer = await askFor("token", { token: `${META_APP_ID}|${META_APP_SECRET}`, path: "debug_token", query });
  const data = object(answer.data);
  const wrong = (message: string) => new Invalid([{ field: "token", message }]);
  if (data.is_valid !== true) throw wrong("This access token has ended or was withdrawn. Create a new one.");
  if (text(data.app_id) !== META_APP_ID)
    throw wrong("This access token is of another app at Meta. Create it with this one.");
  const scopes = Array.isArray(data.scopes) ? data.scopes.map(text) : [];
  const missing = wanted.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0)
    throw wrong(`The token lacks ${missing.join(", ")}. Create one with every permission listed below.`);
  const ends = [number(data.expires_at), number(data.data_access_expires_at)].filter((at) => at !== null && at > 0);
  return ends.length > 0 ? new Date(Math.min(...(ends as number[])) * 1000) : null;
}

/** A page's own token, made of one that manages the page; the given one when it is the page's already. */
export async function pageToken(pageId: string, token: string, fields: string): Promise<{ page: Json; token: string }> {
  const page = await askFor("pageId", { token, path: pageId, query: { fields: `id,name,access_token,${fields}` } });
  return { page, token: text(page.access_token) ?? token };
}

/** Asks Meta to deliver what happens there to this app. */
export async function subscribe(
  token: string,
  owner: string,
  fields: readonly string[],
  host?: GraphHost,
): Promise<void> {
  const query = fields.length > 0 ? { subscribed_fields: fields.join(",") } : undefined;
  const where = { token, path: `${owner}/subscribed_apps`, method: "POST" as const, ...(host ? { host } : {}) };
  await askFor("token", { ...where, ...(query ? { query } : {}) });
}

/** The same question for health: whether the app is among those that are told. */
export async function isSubscribed(token: string, owner: string, host?: GraphHost): Promise<boolean> {
  const answer = await graph({ token, path: `${owner}/subscribed_apps`, within: 5_000, ...(host ? { host } : {}) });
  const { META_APP_ID } = env();
  return list(answer.data).some((one) => {
    const id = text(one.id) ?? text(object(one.whatsapp_business_api_data).id);
    return id === META_APP_ID || host === "graph.instagram.com";
  });
}
