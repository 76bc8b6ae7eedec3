import type { Context, ShopperActor } from "~/context";
import { env } from "~/env.server";
import { generationOf, signVisitorToken } from "~/http/visitor-token";
import { settingsOf } from "~/settings/settings";
import type { SessionAnswer } from "./answers";
import { proofOf } from "./proven";
import { type SessionRequest, startSession } from "./start-session";
import { chatState } from "./state";
import { viewPage } from "./view-page";

export interface SessionAsked extends SessionRequest {
  page: { url: string; title: string | null; productId: number | null } | null;
}

/** Everything that a shopper's page starts with: who it is, a token, the chat, and what the merchant set. */
export async function openSession(ctx: Context, input: SessionAsked): Promise<SessionAnswer> {
  const { visitor, key } = await startSession(ctx, input);
  const actor: ShopperActor = {
    kind: "shopper",
    visitorId: visitor.id,
    ...(await proofOf(ctx.db.prisma, ctx.shop.id, visitor, ctx.clock.now())),
  };
  const shopper: Context<ShopperActor> = { ...ctx, actor };
  if (input.tracking && input.page) await viewPage(shopper, input.page);
  const now = ctx.clock.now();
  const claims = {
    shop: ctx.shop.id,
    visitor: visitor.id,
    signedInAs: visitor.signedInAs,
    generation: generationOf(visitor.keyHash),
  };
  const [state, { token, expiresAt }, settings] = await Promise.all([
    chatState(shopper),
    signVisitorToken(claims, now),
    settingsOf(ctx),
  ]);
  return {
    ...state,
    key,
    token,
    expiresAt,
    now: now.toISOString(),
    origin: new URL(env().SHOPIFY_APP_URL).origin,
    settings: {
      displayName: settings.displayName || ctx.shop.name,
      privacyUrl: settings.privacyPolicyUrl,
      awayMessage: settings.awayMessage,
      hoursText: settings.hoursText,
    },
  };
}
