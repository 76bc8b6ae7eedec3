import type { Context, StaffActor } from "~/context";
import { normalise } from "~/customers/normalise";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { Invalid } from "~/http/errors";
import { awayAfterMilliseconds } from "~/team/presence";
import type { Agent } from "./decide-ring";

/** How a member of staff takes calls. */
export interface TakingCalls {
  takesCalls: boolean;
  phone: string | null;
}

/** How this member of staff takes calls; not at all unless they said so. */
export async function takingCalls(ctx: Context<StaffActor>): Promise<TakingCalls> {
  const row = await ctx.db.prisma.callAgent.findUnique({
    where: { shopId_staffId: { shopId: ctx.shop.id, staffId: ctx.actor.id } },
  });
  return { takesCalls: row?.takesCalls ?? false, phone: row?.phone ?? null };
}

/** Sets it. Throws Invalid for a phone that is none. */
export async function setTakingCalls(ctx: Context<StaffActor>, input: TakingCalls): Promise<TakingCalls> {
  const shop = await ctx.db.prisma.shop.findUniqueOrThrow({
    where: { id: ctx.shop.id },
    select: { countryCode: true },
  });
  const number = input.phone?.trim() ? normalise("phone", input.phone, shop.countryCode) : null;
  if (input.phone?.trim() && !number) throw noPhone("Enter a phone number with its country code.");
  if (input.takesCalls && !number) throw noPhone("Enter the phone on which you take calls.");
  const data = { takesCalls: input.takesCalls, phone: number?.value ?? null };
  const changedAt = ctx.clock.now();
  const key = { shopId: ctx.shop.id, staffId: ctx.actor.id };
  await change(ctx, (tx) =>
    tx.callAgent.upsert({
      where: { shopId_staffId: key },
      create: { ...key, ...data, changedAt },
      update: { ...data, changedAt },
    }),
  );
  return data;
}

function noPhone(message: string): Invalid {
  return new Invalid([{ field: "phone", message }]);
}

/** A ringing that nobody told the end of holds nobody longer than this. */
const longestRinging = 90_000;

/** Everybody of the team who takes calls and has the app open, but `without`. */
export async function presentAgents(
  tx: Pick<Transaction, "$queryRaw">,
  ctx: Pick<Context, "shop" | "clock">,
  without: string | null = null,
): Promise<(Agent & { name: string; phone: string | null })[]> {
  const now = ctx.clock.now();
  const seenAfter = new Date(now.getTime() - awayAfterMilliseconds);
  const rungAfter = new Date(now.getTime() - longestRinging);
  return tx.$queryRaw`
    SELECT a."staffId", s."name", a."phone",
           (EXISTS (SELECT 1 FROM "call" c WHERE c."shopId" = a."shopId" AND c."staffId" = a."staffId" AND c."state" <> 'ended')
            OR EXISTS (SELECT 1 FROM "call_leg" l WHERE l."shopId" = a."shopId" AND l."staffId" = a."staffId"
                          AND l."state" = 'ringing' AND l."at" > ${rungAfter}::timestamptz)) AS "busy",
           (SELECT max(c."endedAt") FROM "call" c WHERE c."shopId" = a."shopId" AND c."staffId" = a."staffId") AS "lastTalkAt"
      FROM "call_agent" a JOIN "staff" s ON s."shopId" = a."shopId" AND s."id" = a."staffId"
     WHERE a."shopId" = ${ctx.shop.id}::uuid AND a."takesCalls" AND a."phone" IS NOT NULL
       AND s."lastSeenAt" > ${seenAfter}::timestamptz AND a."staffId" IS DISTINCT FROM ${without}::uuid
     ORDER BY s."name", a."staffId" LIMIT 200`;
}
