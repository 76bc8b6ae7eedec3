import { outboundFile } from "~/attachments/keep";
import type { Context } from "~/context";
import { opened } from "./accounts";
import type { Account, ChannelAdapter, Failure, Outbound } from "./channel";
import type { MessageContent } from "./content";
import { channelName, isWritten } from "./kinds";
import { adapters } from "./registry";

/** A message of ours with all that its way out needs. */
export interface Outgoing {
  message: { id: string };
  endpoint: { id: string };
  account: Account;
  adapter: ChannelAdapter | undefined;
  outbound: Outbound;
  queuedAt: Date;
  /** Why it must not be sent, whatever the provider would say. */
  refusal: Failure | null;
}

/** Reads a message that waits to be sent; null when there is nothing left of it to send. */
export async function outgoing(ctx: Context, messageId: string): Promise<Outgoing | null> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const message = await prisma.message.findUnique({
    where: { shopId_id: { shopId, id: messageId } },
    include: {
      attachments: { orderBy: { id: "asc" } },
      deliveries: {
        orderBy: { part: "asc" },
        include: { endpoint: { include: { account: { include: { shop: true } } } } },
      },
    },
  });
  const first = message?.deliveries[0];
  if (!message || !first) return null;
  if (!message.deliveries.some(({ state }) => ["queued", "sending", "unclear"].includes(state))) return null;
  const { endpoint } = first;
  const account = opened(endpoint.account);
  const adapter = isWritten(account.kind) ? adapters[account.kind] : undefined;
  const content = message.content as MessageContent | null;
  const outbound: Outbound = {
    key: message.id,
    messageId: message.id,
    conversationId: message.conversationId,
    address: endpoint.address,
    text: message.text,
    files: message.attachments.map((one) => outboundFile(ctx, one)),
    replyTo: await externalIdOf(ctx, message.replyToId),
    lastInAt: endpoint.lastInAt,
    template: content?.template ?? null,
    mail: account.kind === "email" ? await mailOf(ctx, message, account, content) : null,
  };
  const refusal = refusalOf(ctx, endpoint, adapter, outbound);
  return { message, endpoint, account, adapter, outbound, queuedAt: first.queuedAt, refusal };
}

const uninstalled = "The app was uninstalled before this was sent. Check whether it still holds before you send it.";

function refusalOf(
  ctx: Context,
  endpoint: {
    address: string;
    lastInAt: Date | null;
    closedBecause: string | null;
    closedAt: Date | null;
    account: { state: string; kind: string; name: string; settings: unknown; shop: { uninstalledAt: Date | null } };
  },
  adapter: ChannelAdapter | undefined,
  outbound: Outbound,
): Failure | null {
  const { account } = endpoint;
  if (account.shop.uninstalledAt) return { code: "uninstalled", words: uninstalled };
  if (account.state !== "active") {
    const is = account.state === "paused" ? "paused" : "disconnected";
    const words = `${channelName(account.kind)} (${account.name}) is ${is}. See Settings → Channels, then try again.`;
    return { code: is, words };
  }
  if (endpoint.closedAt)
    return { code: "closed", words: endpoint.closedBecause ?? "Nothing can be sent here any more." };
  const settings = account.settings as Record<string, unknown>;
  const rule = adapter?.rule(endpoint, { settings }, ctx.clock.now());
  if (!rule || rule.open || (rule.instead === "template" && outbound.template)) return null;
  return { code: "not-now", words: rule.words };
}

/** The provider's id of one of the conversation's messages, whoever wrote it. */
async function externalIdOf(ctx: Context, messageId: string | null): Promise<string | null> {
  if (!messageId) return null;
  const found = await ctx.db.prisma.message.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: messageId } },
    select: { externalId: true, deliveries: { where: { part: 0 }, select: { externalId: true } } },
  });
  return found?.externalId ?? found?.deliveries[0]?.externalId ?? null;
}

/** What a mail stands in: the subject and the ids of what was mailed in this conversation, oldest first. */
async function mailOf(
  ctx: Context,
  message: { id: string; conversationId: string; position: number; staffId: string | null },
  account: Account,
  content: MessageContent | null,
): Promise<Outbound["mail"]> {
  const { rows } = await ctx.db.sql.query<{ id: string | null; subject: string | null; theirs: boolean }>(
    `SELECT COALESCE(m."externalId", d."externalId") AS "id", m."content"->'email'->>'subject' AS "subject", m."author" = 'shopper' AS "theirs"
       FROM "message" m LEFT JOIN "delivery" d ON d."shopId" = m."shopId" AND d."messageId" = m."id" AND d."part" = 0
      WHERE m."shopId" = $1 AND m."conversationId" = $2 AND m."accountId" = $3 AND m."position" < $4
      ORDER BY m."position" DESC LIMIT 20`,
    [ctx.shop.id, message.conversationId, account.id, message.position],
  );
  const earlier = rows.flatMap(({ id }) => id ?? []);
  const subject = content?.email?.subject ?? rows.find((row) => row.subject)?.subject ?? null;
  const staff = message.staffId
    ? await ctx.db.prisma.staff.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: message.staffId } },
        select: { name: true },
      })
    : null;
  const asReply = subject === null ? null : /^re:/i.test(subject) || earlier.length === 0 ? subject : `Re: ${subject}`;
  return {
    subject: asReply ?? `Your message to ${ctx.shop.name}`,
    references: earlier.toReversed(),
    inReplyTo: rows.find((row) => row.theirs)?.id ?? earlier[0] ?? null,
    cc: content?.email?.cc ?? [],
    fromName: staff?.name ? `${staff.name}, ${ctx.shop.name}` : ctx.shop.name,
  };
}

/** What was written to the same endpoint before and is not on its way yet. */
export async function olderThan(ctx: Context, { endpoint, message, queuedAt }: Outgoing, stuck: readonly string[]) {
  return ctx.db.prisma.delivery.findFirst({
    where: {
      shopId: ctx.shop.id,
      endpointId: endpoint.id,
      messageId: { notIn: [message.id, ...stuck] },
      state: "queued",
      OR: [{ queuedAt: { lt: queuedAt } }, { queuedAt, messageId: { lt: message.id } }],
    },
    orderBy: [{ queuedAt: "asc" }, { messageId: "asc" }],
    select: { messageId: true, notBefore: true },
  });
}

/** Rows for the parts behind the first, unless the message was taken back meanwhile. */
export async function makeRows(ctx: Context, { message }: Outgoing, parts: number): Promise<void> {
  if (parts < 2) return;
  await ctx.db.prisma.$executeRaw`
    WITH first AS (
      SELECT * FROM "delivery" WHERE "shopId" = ${ctx.shop.id}::uuid AND "messageId" = ${message.id}::uuid AND "part" = 0 FOR UPDATE)
    INSERT INTO "delivery" ("shopId", "messageId", "part", "accountId", "endpointId", "queuedAt")
    SELECT "shopId", "messageId", n, "accountId", "endpointId", "queuedAt" FROM first, generate_series(1, ${parts - 1}::int) n
        ON CONFLICT DO NOTHING`;
}
