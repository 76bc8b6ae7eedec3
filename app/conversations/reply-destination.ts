import type { Conversation, Endpoint } from "@prisma/client";
import type { MessageContent } from "~/channels/content";
import { channelName, isWritten } from "~/channels/kinds";
import { adapters } from "~/channels/registry";
import type { Context } from "~/context";
import { membersOf } from "~/customers/members";
import type { Transaction } from "~/db.server";
import { Invalid } from "~/http/errors";
import { isId } from "~/platform/ids";
import { longestText } from "./text";

/** Where a reply is to go: the chat on the store, or one endpoint of a channel. */
export type To = { chat: true } | { endpointId: string };

/** So long a mail can be taken back. */
export const undoMilliseconds = 10_000;

export interface Destination {
  channel: string;
  /** Null for the chat. */
  endpoint: Endpoint | null;
  replyToId: string | null;
  content: MessageContent | null;
  notBefore: Date | null;
}

interface Written {
  text: string;
  files: { mediaType: string; size: number }[];
  to?: To | undefined;
  template?: MessageContent["template"] | undefined;
  subject?: string | undefined;
  cc?: { name: string | null; address: string }[] | undefined;
}

/**
 * Where a reply goes and whether it may: to the endpoint that was chosen, else to where the shopper wrote last. The
 * endpoint must be one of the conversation's person, or of somebody who wrote in it. Throws Invalid with the reason.
 */
export async function destinationOf(
  tx: Transaction,
  ctx: Context,
  conversation: Conversation,
  written: Written,
): Promise<Destination> {
  const chosen = written.to ?? (await lastPlace(tx, ctx, conversation));
  if ("chat" in chosen) {
    if (conversation.visitorId === null && !(await isReachedInChat(tx, ctx, conversation))) {
      throw refused("They have never been in the chat on your store. Choose another way to reach them.");
    }
    tooLong(written.text, longestText, "the chat");
    return { channel: "chat", endpoint: null, replyToId: null, content: null, notBefore: null };
  }
  const endpoint = isId(chosen.endpointId)
    ? await tx.endpoint.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: chosen.endpointId } },
        include: { account: true },
      })
    : null;
  if (!endpoint || !(await isPartOf(tx, ctx, conversation, endpoint))) {
    throw refused("This is no longer a place where they can be reached. Choose another one.");
  }
  const { account } = endpoint;
  const name = channelName(account.kind);
  const adapter = isWritten(account.kind) ? adapters[account.kind] : undefined;
  if (!adapter) throw refused(`Nothing can be written to ${name} from here.`);
  if (account.state !== "active") {
    const is = account.state === "paused" ? "paused" : "disconnected";
    throw refused(`${name} (${account.name}) is ${is}. A manager can change that in Settings → Channels.`);
  }
  if (endpoint.closedAt) throw refused(endpoint.closedBecause ?? `Nothing can be sent to them on ${name} any more.`);
  const settings = account.settings as Record<string, unknown>;
  const rule = adapter.rule(endpoint, { settings }, ctx.clock.now());
  if (!rule.open && !(rule.instead === "template" && written.template)) throw refused(rule.words);
  // What is longer goes in several messages; a mail has no such limit.
  tooLong(written.text, Math.max(adapter.abilities.textLimit, longestText), name);
  for (const { mediaType, size } of written.files) {
    const most = adapter.abilities.files[mediaType] ?? adapter.abilities.files[`${mediaType.split("/")[0]}/*`];
    if (most === undefined)
      throw refused(`${name} does not take files of this kind. Take it out, or send it by email.`);
    if (size > most) throw refused(`A file is too large for ${name}: at most ${Math.floor(most / 1_048_576)} MB.`);
  }
  const email = account.kind === "email" ? mailContent(written) : null;
  const content: MessageContent = {
    ...(written.template && adapter.abilities.templates ? { template: written.template } : {}),
    ...(email ? { email } : {}),
  };
  return {
    channel: account.kind,
    endpoint,
    replyToId: null,
    content: Object.keys(content).length > 0 ? content : null,
    notBefore: account.kind === "email" ? new Date(ctx.clock.now().getTime() + undoMilliseconds) : null,
  };
}

/** Only what differs from the mail that is answered: the rest is taken from it when this leaves. */
function mailContent({ subject, cc }: Written): MessageContent["email"] | null {
  if (!subject && !cc?.length) return null;
  return {
    subject: subject ?? "",
    from: { name: null, address: "" },
    to: [],
    cc: cc ?? [],
    hasHtml: false,
    hasFolded: false,
    authentication: { verdict: "unproven", words: "" },
  };
}

async function lastPlace(tx: Transaction, ctx: Context, conversation: Conversation): Promise<To> {
  const last = await tx.message.findFirst({
    where: { shopId: ctx.shop.id, conversationId: conversation.id, author: "shopper" },
    orderBy: { position: "desc" },
    select: { endpointId: true },
  });
  return last?.endpointId ? { endpointId: last.endpointId } : { chat: true };
}

/** A person who is proven in some browser sees what is written into their chat there. */
async function isReachedInChat(tx: Transaction, ctx: Context, conversation: Conversation): Promise<boolean> {
  const found = await tx.visitor.findFirst({
    where: { shopId: ctx.shop.id, customerId: conversation.customerId },
    select: { id: true },
  });
  return found !== null;
}

async function isPartOf(
  tx: Transaction,
  ctx: Context,
  conversation: Conversation,
  endpoint: Endpoint,
): Promise<boolean> {
  const { customerIds } = await membersOf(tx, ctx.shop.id, conversation.customerId);
  if (customerIds.includes(endpoint.customerId)) return true;
  const wrote = await tx.message.findFirst({
    where: { shopId: ctx.shop.id, conversationId: conversation.id, endpointId: endpoint.id },
    select: { id: true },
  });
  return wrote !== null;
}

function tooLong(text: string, most: number, where: string): void {
  if (text.length > most)
    throw refused(`This is too long for ${where}. Keep it under ${most.toLocaleString("en")} characters.`);
}

const refused = (message: string): Invalid => new Invalid([{ field: "text", message }]);
