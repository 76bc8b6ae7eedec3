import type { App } from "~/app.server";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { shopperTyping, staffTyping } from "~/conversations/typing";
import type { ClientFrame } from "~/realtime/frames";
import type { Welcome } from "~/realtime/socket";
import { installedContext } from "~/shop/context-of";
import { seenNow } from "~/team/presence";
import { verifySessionToken } from "./session-token";
import { verifyVisitorToken } from "./visitor-token";

/** An admin page says hello again after this long, with a fresh session token. */
const staffProofMilliseconds = 60 * 60_000;

type Hello = Extract<ClientFrame, { type: "hello" }>;

/** Who a hello proves to be, and what they may do on the socket; null when it proves nothing. */
export async function proveHello(app: App, hello: Hello): Promise<Welcome | null> {
  return hello.as === "staff" ? proveStaff(app, hello.idToken) : proveShopper(app, hello.token);
}

async function proveStaff(app: App, idToken: string): Promise<Welcome | null> {
  const claims = await verifySessionToken(idToken);
  if (!claims) return null;
  const bare = await installedContext(app, { domain: claims.shop });
  if (!bare) return null;
  const staff = await app.db.prisma.staff.findUnique({
    where: { shopId_shopifyUserId: { shopId: bare.shop.id, shopifyUserId: claims.user } },
  });
  if (!staff) return null;
  const actor: StaffActor = { kind: "staff", id: staff.id, name: staff.name, shopifyUserId: staff.shopifyUserId };
  const ctx: Context<StaffActor> = { ...bare, actor };
  return {
    listener: { as: "staff", shopId: ctx.shop.id, staffId: staff.id, staffName: staff.name },
    until: new Date(Date.now() + staffProofMilliseconds),
    typing: (conversationId) => staffTyping(ctx, conversationId),
    viewing: async (conversationId) =>
      ctx.signals.send({
        kind: "viewing",
        shopId: ctx.shop.id,
        conversationId,
        staffId: staff.id,
        staffName: staff.name,
      }),
    present: () => seenNow(ctx),
  };
}

async function proveShopper(app: App, token: string): Promise<Welcome | null> {
  const claims = await verifyVisitorToken(token);
  if (!claims) return null;
  const actor: ShopperActor = { kind: "shopper", visitorId: claims.visitorId, customerId: claims.customerId };
  const ctx = await installedContext(app, claims.shopId, actor);
  if (!ctx) return null;
  return {
    listener: { as: "shopper", shopId: ctx.shop.id, visitorId: claims.visitorId, customerId: claims.customerId },
    until: claims.expiresAt,
    typing: (conversationId) => shopperTyping(ctx, conversationId),
    viewing: async () => undefined,
    present: async () => {
      await app.db.prisma.visitor.updateMany({
        where: { shopId: ctx.shop.id, id: claims.visitorId },
        data: { lastSeenAt: app.clock.now() },
      });
    },
  };
}
