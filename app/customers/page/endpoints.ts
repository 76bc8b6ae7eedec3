import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SendRule } from "~/channels/channel";
import { isWritten } from "~/channels/kinds";
import { adapters } from "~/channels/registry";
import type { Context } from "~/context";
import { provenCustomer } from "~/visitors/proven";
import type { Members } from "../members";

/** Where an answer reaches a person: the chat in a browser, or one place on a channel. Times are ISO 8601. */
export interface Endpoint {
  /** Of the browser, or of the endpoint. */
  id: string;
  /** `app/channels/kinds.ts` */
  channel: string;
  /** The account of the store's that writes there, as people know it; null for the chat. */
  accountName: string | null;
  /** The person's address there as people write it; null where it is only an id, and for the chat. */
  address: string | null;
  name: string | null;
  /** The conversation through which an answer went there last; null when nothing was written there yet. */
  conversationId: string | null;
  status: string | null;
  /** Whether they are proven to be there: a signed-in browser, or an address confirmed. */
  proven: "signed-in" | "emailed-code" | null;
  countryCode: string | null;
  /** The browsers that hear what is sent there. */
  browserIds: string[];
  /** When they last wrote from there; null when only the store wrote. */
  wroteAt: string | null;
  lastSeenAt: string;
  /** Whether a free message may be sent there now; `until` is ISO 8601. */
  rule:
    | { open: true; until: string | null; words: string }
    | { open: false; words: string; instead: "template" | null };
}

const most = 12;

/**
 * Where this person can be answered, where they wrote last first. Browsers that are proven to be the same customer's hear
 * the same chat, so they are one place; each other browser is one of its own.
 */
export async function endpointsOf(ctx: Context, person: Members): Promise<Endpoint[]> {
  const [chats, channels] = await Promise.all([chatPlaces(ctx, person), channelPlaces(ctx, person)]);
  const last = (one: Endpoint) => one.wroteAt ?? "";
  return [...chats, ...channels].sort((one, other) => (last(one) < last(other) ? 1 : -1)).slice(0, most);
}

async function channelPlaces(ctx: Context, person: Members): Promise<Endpoint[]> {
  const found = await ctx.db.prisma.endpoint.findMany({
    where: {
      shopId: ctx.shop.id,
      customerId: { in: person.customerIds },
      account: { state: { not: "disconnected" } },
    },
    include: { account: { select: { kind: true, name: true, state: true, settings: true } } },
    orderBy: [{ lastInAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }],
    take: 20,
  });
  const { rows } = await ctx.db.sql.query<{ endpointId: string; conversationId: string; status: string }>(
    `SELECT e."id" AS "endpointId", m."conversationId", c."status" FROM unnest($2::uuid[]) AS e("id")
       JOIN LATERAL (SELECT "conversationId" FROM "message" WHERE "shopId" = $1 AND "endpointId" = e."id"
                      ORDER BY "at" DESC LIMIT 1) m ON true
       JOIN "conversation" c ON c."shopId" = $1 AND c."id" = m."conversationId"`,
    [ctx.shop.id, found.map((one) => one.id)],
  );
  const now = ctx.clock.now();
  return found.map((one) => {
    const last = rows.find((row) => row.endpointId === one.id);
    const { kind, name, state, settings } = one.account;
    return {
      id: one.id,
      channel: kind,
      accountName: name,
      address: addressWords(one.address),
      name: one.name,
      conversationId: last?.conversationId ?? null,
      status: last?.status ?? null,
      proven: null,
      countryCode: null,
      browserIds: [],
      wroteAt: one.lastInAt?.toISOString() ?? null,
      lastSeenAt: (one.lastInAt ?? one.lastOutAt ?? one.createdAt).toISOString(),
      rule: ruleOf(kind, state, settings as Record<string, unknown>, one, now),
    };
  });
}

/** As people write it: "+45 20 12 34 56", an address, a handle. Null for what is only an id. */
function addressWords(address: string): string | null {
  if (address.startsWith("+")) return parsePhoneNumberFromString(address)?.formatInternational() ?? address;
  return address.includes("@") ? address : null;
}

function ruleOf(
  kind: string,
  state: string,
  settings: Record<string, unknown>,
  endpoint: { address: string; lastInAt: Date | null; closedAt: Date | null; closedBecause: string | null },
  now: Date,
): Endpoint["rule"] {
  const closed = (words: string) => ({ open: false as const, words, instead: null });
  const adapter = isWritten(kind) ? adapters[kind] : undefined;
  if (!adapter) return closed("Nothing can be written here.");
  if (state !== "active") return closed("This channel is paused in Settings → Channels.");
  if (endpoint.closedAt) return closed(endpoint.closedBecause ?? "Nothing can be sent here any more.");
  const rule: SendRule = adapter.rule(endpoint, { settings }, now);
  return rule.open ? { ...rule, until: rule.until?.toISOString() ?? null } : rule;
}

async function chatPlaces(ctx: Context, person: Members): Promise<Endpoint[]> {
  const { rows } = await ctx.db.sql.query<{
    id: string;
    conversationId: string;
    status: string;
    customerId: string | null;
    provenId: string;
    signedInAs: string | null;
    confirmedAt: Date | null;
    countryCode: string | null;
    lastSeenAt: Date;
    wroteAt: Date | null;
  }>(
    `SELECT v."id", c."id" AS "conversationId", c."status", v."customerId", o."provenId", v."signedInAs",
            v."confirmedAt", v."countryCode", v."lastSeenAt", wrote."at" AS "wroteAt"
       FROM (SELECT DISTINCT ON ("visitorId") * FROM "conversation"
              WHERE "shopId" = $1 AND "customerId" = ANY ($2) AND "visitorId" IS NOT NULL
              ORDER BY "visitorId", "lastMessageAt" DESC) c
       JOIN "visitor" v ON v."shopId" = c."shopId" AND v."id" = c."visitorId"
       JOIN "customer" o ON o."shopId" = c."shopId" AND o."id" = COALESCE(v."customerId", c."customerId")
       LEFT JOIN LATERAL (
         SELECT m."at" FROM "message" m
          WHERE m."shopId" = c."shopId" AND m."conversationId" = c."id" AND m."author" = 'shopper' AND m."channel" = 'chat'
          ORDER BY m."position" DESC LIMIT 1) wrote ON true
      ORDER BY wrote."at" DESC NULLS LAST, c."lastMessageAt" DESC LIMIT 50`,
    [ctx.shop.id, person.customerIds],
  );
  const now = ctx.clock.now();
  const places = new Map<string, Endpoint>();
  for (const row of rows) {
    const isProven = provenCustomer(row, now) !== null;
    const place = isProven ? row.provenId : row.id;
    const there = places.get(place);
    if (there) {
      there.browserIds.push(row.id);
      continue;
    }
    places.set(place, {
      id: row.id,
      channel: "chat",
      accountName: null,
      address: null,
      name: null,
      conversationId: row.conversationId,
      status: row.status,
      browserIds: [row.id],
      proven: isProven ? (row.signedInAs ? "signed-in" : "emailed-code") : null,
      countryCode: row.countryCode,
      wroteAt: row.wroteAt?.toISOString() ?? null,
      lastSeenAt: row.lastSeenAt.toISOString(),
      rule: { open: true, until: null, words: "In the chat on your store." },
    });
  }
  return [...places.values()];
}
