import type { Session } from "@shopify/shopify-api";
import { app } from "~/app.server";
import type { Context, StaffActor } from "~/context";
import { env } from "~/env.server";
import { withLock } from "~/platform/lock";
import { install } from "~/shop/install";
import { shopify } from "~/shopify.server";
import { recognise } from "~/team/recognise";
import { verifySessionToken } from "./session-token";

/** A session that ends sooner than this is exchanged now; the library's own margin is five minutes. */
const margin = 5 * 60_000;

/**
 * The door of every embedded page and its data: proves the session token, installs the app on first open, and gives the
 * context of the signed-in member of staff. Throws the library's answers (bounce page, 401 with a retry header).
 */
export async function adminDoor(request: Request): Promise<{ ctx: Context<StaffActor>; session: Session }> {
  const { session } = await authenticate(request);
  const { db, clock, signals } = app();
  const shop = await install(app(), session.shop);
  const bare = { shop, db, clock, signals };
  return { ctx: { ...bare, actor: await recognise(bare, session.onlineAccessInfo?.associated_user) }, session };
}

/**
 * An expiring offline token revokes the one before it, and one page load asks from several loaders at once, perhaps in
 * several processes: whoever needs an exchange queues for it, and those behind find the fresh session. Only a proven
 * token gets into the queue: what is not Shopify's is refused without making anybody wait.
 */
async function authenticate(request: Request) {
  const header = request.headers.get("authorization")?.replace(/^Bearer /, "");
  const claims = await verifySessionToken(header ?? new URL(request.url).searchParams.get("id_token") ?? "");
  if (!claims || (await hasSession(claims))) return shopify().authenticate.admin(request);
  return withLock(app().db.locks, `token exchange of ${claims.shop}`, () => shopify().authenticate.admin(request));
}

async function hasSession(claims: { shop: string; user: string }): Promise<boolean> {
  const session = await shopify().sessionStorage.loadSession(`${claims.shop}_${claims.user}`);
  return session?.isActive(env().SCOPES, margin) ?? false;
}
