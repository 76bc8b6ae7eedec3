import type { Call } from "@prisma/client";
import { readVoiceSettings, wrapUpCodes } from "~/channels/voice/settings";
import type { Context, StaffActor } from "~/context";
import { bestOf } from "~/customers/members";
import { presentAgents, type TakingCalls, takingCalls } from "./agents";
import { callerMembers } from "./caller-members";

/** Who calls, as staff see it before they say a word. Times are ISO 8601, money minor units. */
export interface CallerView {
  /** The leaf that calls. */
  customerId: string;
  /** Whom the story is of that is shown: the caller, or who it probably is. */
  personId: string;
  name: string | null;
  number: string;
  /** Only probably: the number is not proven. */
  probably: boolean;
  verified: boolean;
  /** Their last matter. */
  last: { text: string; at: string; conversationId: string } | null;
  cart: { total: number; currency: string; itemCount: number } | null;
}

export interface CallView {
  id: string;
  conversationId: string;
  direction: "in" | "out";
  state: string;
  outcome: string | null;
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  heldAt: string | null;
  recorded: boolean;
  caller: CallerView;
  /** What whoever hands it over wants to be known. */
  brief: string | null;
  fromName: string | null;
  /** The colleague who is being rung to take it over. */
  transferTo: string | null;
}

/** What the bar on every page of the admin shows. */
export interface LiveCalls {
  /** Whether the shop takes calls at all. */
  connected: boolean;
  me: TakingCalls;
  /** Rings at this member of staff. */
  ringing: CallView[];
  /** What they talk in. */
  mine: CallView | null;
  /** Talked, and not said yet what it was about. */
  wrapUp: CallView | null;
  codes: string[];
  colleagues: { id: string; name: string; busy: boolean }[];
}

/** A call that nobody wrapped up is no longer asked for after so long. */
const wrapUpMilliseconds = 15 * 60_000;

/** How calls stand for this member of staff. */
export async function liveCalls(ctx: Context<StaffActor>): Promise<LiveCalls> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const account = await prisma.channelAccount.findFirst({
    where: { shopId, kind: "voice", state: { not: "disconnected" } },
    orderBy: { createdAt: "asc" },
  });
  const me = await takingCalls(ctx);
  const none = { ringing: [], mine: null, wrapUp: null, codes: [], colleagues: [] };
  if (!account) return { connected: false, me, ...none };
  const settings = readVoiceSettings(account.settings as Record<string, unknown>);
  const since = new Date(ctx.clock.now().getTime() - wrapUpMilliseconds);
  const own = { shopId, staffId: ctx.actor.id };
  const [rung, mine, done, agents] = await Promise.all([
    prisma.callLeg.findMany({
      where: { ...own, state: "ringing", call: { state: { not: "ended" } } },
      include: { call: true },
      orderBy: { at: "asc" },
      take: 5,
    }),
    prisma.call.findFirst({ where: { ...own, state: { not: "ended" } }, orderBy: { startedAt: "desc" } }),
    prisma.call.findFirst({
      where: { ...own, outcome: "answered", wrapUp: null, endedAt: { gt: since } },
      orderBy: { endedAt: "desc" },
    }),
    presentAgents(prisma as never, ctx, ctx.actor.id),
  ]);
  const view = (call: Call) => callView(ctx, call);
  return {
    connected: true,
    me,
    ringing: await Promise.all(rung.filter((leg) => leg.call.staffId !== ctx.actor.id).map((leg) => view(leg.call))),
    mine: mine && (await view(mine)),
    wrapUp: done && !mine ? await view(done) : null,
    codes: wrapUpCodes(settings),
    colleagues: agents.map(({ staffId, name, busy }) => ({ id: staffId, name, busy })),
  };
}

async function callView(ctx: Context<StaffActor>, call: Call): Promise<CallView> {
  const ids = [call.staffId, call.transferToId].flatMap((id) => id ?? []);
  const staff = await ctx.db.prisma.staff.findMany({ where: { shopId: ctx.shop.id, id: { in: ids } } });
  const nameOf = (id: string | null) => staff.find((one) => one.id === id)?.name ?? null;
  return {
    id: call.id,
    conversationId: call.conversationId,
    direction: call.direction === "out" ? "out" : "in",
    state: call.state,
    outcome: call.outcome,
    startedAt: call.startedAt.toISOString(),
    answeredAt: call.answeredAt?.toISOString() ?? null,
    endedAt: call.endedAt?.toISOString() ?? null,
    heldAt: call.heldAt?.toISOString() ?? null,
    recorded: call.recordingConsent,
    caller: await callerView(ctx, call),
    brief: call.transferBrief,
    fromName: call.transferToId === ctx.actor.id ? nameOf(call.staffId) : null,
    transferTo: nameOf(call.transferToId),
  };
}

async function callerView(ctx: Context<StaffActor>, call: Call): Promise<CallerView> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const person = await callerMembers(prisma, call);
  const customerId = { in: person.customerIds };
  const [last, cart] = await Promise.all([
    prisma.conversation.findFirst({
      where: { shopId, customerId, lastMessageText: { not: "" } },
      orderBy: { lastMessageAt: "desc" },
      select: { id: true, lastMessageText: true, lastMessageAt: true },
    }),
    prisma.cart.findFirst({
      where: { shopId, status: "active", itemCount: { gt: 0 }, visitor: { customerId } },
      orderBy: { changedAt: "desc" },
      select: { total: true, currency: true, itemCount: true },
    }),
  ]);
  const best = bestOf(person.leaves);
  return {
    customerId: call.customerId,
    personId: person.personId,
    name: best.name,
    number: call.direction === "out" ? call.toAddress : call.fromAddress,
    probably: person.probably,
    verified: call.caller === "verified",
    last: last && { text: last.lastMessageText, at: last.lastMessageAt.toISOString(), conversationId: last.id },
    cart,
  };
}
