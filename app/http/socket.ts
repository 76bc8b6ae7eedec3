import type { App } from "~/app.server";
import type { Context, StaffActor } from "~/context";
import { shopperTyping, staffTyping } from "~/conversations/typing";
import { log } from "~/platform/log";
import type { ClientFrame } from "~/realtime/frames";
import type { Welcome } from "~/realtime/socket";
import { installedContext } from "~/shop/context-of";
import { awayAfterMilliseconds, seenNow, tellIfAway } from "~/team/presence";
import { limit } from "./limits";
import { verifySessionToken } from "./session-token";
import { contextOfVisitor } from "./storefront";
import { verifyVisitorToken } from "./visitor-token";

/** An admin page says hello again after this long, with a fresh session token. */
const staffProofMilliseconds = 60 * 60_000;

type Hello = Extract<ClientFrame, { type: "hello" }>;

/**
 * Who a hello from this address proves to be, and what they may do on the socket; null when it proves nothing. Throws
 * TooMany when too many came from there.
 */
export async function proveHello(app: App, hello: Hello, address: string): Promise<Welcome | null> {
  await limit({ "hello:address": address });
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
    left: () => {
      // A little later than the last sign of life is old, so that this page itself does not count as somebody there.
      const later = setTimeout(
        () =>
          tellIfAway(ctx).catch((error: Error) => log.warn({ kind: error.name }, "shoppers were not told of absence")),
        awayAfterMilliseconds + 1_000,
      );
      later.unref();
    },
  };
}

async function proveShopper(app: App, token: string): Promise<Welcome | null> {
  const visitor = await verifyVisitorToken(token, app);
  if (!visitor) return null;
  const { visitorId, customerId, alsoProven } = visitor;
  const ctx = contextOfVisitor(visitor, app);
  return {
    listener: { as: "shopper", shopId: ctx.shop.id, visitorId, customerId, alsoProven },
    until: visitor.expiresAt,
    typing: (conversationId) => shopperTyping(ctx, conversationId),
    viewing: async () => undefined,
    present: async () => {
      await app.db.sql.query({
        name: "visitor-present",
        text: `UPDATE "visitor" SET "lastSeenAt" = $3 WHERE "shopId" = $1 AND "id" = $2`,
        values: [ctx.shop.id, visitorId, app.clock.now()],
      });
    },
  };
}
