import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, Response } from "express";
import type { StaffRecord, TokenRecord } from "../../records";
import type { ShopStore } from "../../store";
import type { World } from "../../world";
import { readIdToken } from "./id-token";
import {
  installationOf,
  issueExpiringOffline,
  issueLastingOffline,
  issueOnline,
  OFFLINE_LIFE,
  ONLINE_LIFE,
  REFRESH_LIFE,
  revoke,
} from "./tokens";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

/** An OAuth error body with its status. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly description: string,
  ) {
    super(description);
  }
}

/** `POST /admin/oauth/access_token`: token exchange, migration of an old token, refresh. JSON or form. */
export async function answerTokenRequest(world: World, domain: string, request: Request, response: Response) {
  const shop = world.store.shop(domain);
  try {
    const parameters = readParameters(request);
    requireClient(world, parameters);
    const installation = installationOf(world, shop);
    if (!installation) throw new Refusal(400, "invalid_request", "The app is not installed on this shop.");
    response.set("Cache-Control", "no-store");
    response.json(await grant(world, shop, parameters, installation.scopes));
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    response.status(refusal.status).json({ error: refusal.error, error_description: refusal.description });
  }
}

async function grant(world: World, shop: ShopStore, parameters: Map<string, string>, scopes: string[]) {
  switch (parameters.get("grant_type")) {
    case EXCHANGE:
      return exchange(world, shop, parameters, scopes);
    case "refresh_token":
      return offlineAnswer(refresh(world, shop, parameters.get("refresh_token") ?? "", scopes));
    default:
      throw new Refusal(400, "unsupported_grant_type", "The grant type is not supported.");
  }
}

async function exchange(world: World, shop: ShopStore, parameters: Map<string, string>, scopes: string[]) {
  const subject = parameters.get("subject_token") ?? "";
  const wanted = parameters.get("requested_token_type");
  const expiring = parameters.get("expiring") === "1";
  if (parameters.get("subject_token_type") === OFFLINE && wanted === OFFLINE && expiring) {
    return offlineAnswer(migrate(world, shop, subject, scopes));
  }
  if (parameters.get("subject_token_type") !== ID_TOKEN) {
    throw new Refusal(400, "invalid_request", "The subject token type is not supported.");
  }
  const staff = await readIdToken(world, shop, subject);
  if (!staff) throw new Refusal(400, "invalid_subject_token", "The subject token is invalid or has expired.");
  if (wanted === ONLINE) return onlineAnswer(issueOnline(world, shop, scopes, staff.id), staff);
  if (wanted !== OFFLINE) throw new Refusal(400, "invalid_request", "The requested token type is not supported.");
  return offlineAnswer(expiring ? issueExpiringOffline(world, shop, scopes) : issueLastingOffline(world, shop, scopes));
}

/** A token that never expires is given up for an expiring one; it cannot be used afterwards. */
function migrate(world: World, shop: ShopStore, accessToken: string, scopes: string[]): TokenRecord {
  const old = accessToken ? shop.get("token", accessToken) : null;
  if (!old || old.revoked || old.kind !== "offline" || old.expiresAt) {
    throw new Refusal(400, "invalid_subject_token", "The subject token is invalid or has expired.");
  }
  return shop.transaction(() => {
    revoke(shop, old);
    return issueExpiringOffline(world, shop, scopes);
  });
}

/** The refresh token is used up: the answer carries the next one. */
function refresh(world: World, shop: ShopStore, refreshToken: string, scopes: string[]): TokenRecord {
  const owner = refreshToken ? shop.all("token").find((each) => each.refreshToken === refreshToken) : undefined;
  const expired = !owner?.refreshTokenExpiresAt || new Date(owner.refreshTokenExpiresAt) <= world.clock();
  if (!owner || owner.revoked || expired) {
    throw new Refusal(400, "invalid_grant", "The refresh token is invalid, expired or was already used.");
  }
  return issueExpiringOffline(world, shop, scopes);
}

function offlineAnswer(token: TokenRecord) {
  const answer = { access_token: token.accessToken, scope: token.scopes.join(",") };
  if (!token.expiresAt) return answer;
  return {
    ...answer,
    expires_in: OFFLINE_LIFE,
    refresh_token: token.refreshToken,
    refresh_token_expires_in: REFRESH_LIFE,
  };
}

function onlineAnswer(token: TokenRecord, staff: StaffRecord) {
  const scope = token.scopes.join(",");
  return {
    access_token: token.accessToken,
    scope,
    expires_in: ONLINE_LIFE,
    associated_user_scope: scope,
    associated_user: {
      id: staff.id,
      first_name: staff.firstName,
      last_name: staff.lastName,
      email: staff.email,
      account_owner: staff.accountOwner,
      locale: staff.locale,
      collaborator: false,
      email_verified: true,
    },
  };
}

function requireClient(world: World, parameters: Map<string, string>): void {
  const idMatches = parameters.get("client_id") === world.app.clientId;
  if (!idMatches || !sameSecret(parameters.get("client_secret") ?? "", world.app.clientSecret)) {
    throw new Refusal(401, "invalid_client", "The client id or the client secret is wrong.");
  }
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function readParameters(request: Request): Map<string, string> {
  const text = typeof request.body === "string" ? request.body : "";
  if (request.is("application/x-www-form-urlencoded")) return new Map(new URLSearchParams(text));
  try {
    const body = JSON.parse(text) as Record<string, unknown>;
    return new Map(Object.entries(body).map(([name, value]) => [name, String(value)]));
  } catch {
    throw new Refusal(400, "invalid_request", "The request body could not be read.");
  }
}
