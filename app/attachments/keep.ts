import type { Attachment, Prisma } from "@prisma/client";
import type { OutboundFile } from "~/channels/channel";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { dimensionsOf } from "./dimensions";
import { cleanName, kindOf, type MediaType } from "./kinds";
import { linkFor } from "./link";

/** A file of a message that came in through a channel. */
export interface Incoming {
  messageId: string;
  name: string;
  /** cid of a picture inside HTML. */
  contentId?: string | null;
}

/** Keeps a file with the message that it came with. Gives its id. */
export async function keepFile(
  tx: Transaction,
  ctx: Context,
  file: Incoming & { content: Uint8Array },
): Promise<string> {
  const id = newId(ctx.clock.now());
  await tx.attachment.create({
    data: {
      ...(await described(file.name, file.content)),
      shopId: ctx.shop.id,
      id,
      owner: "channel",
      messageId: file.messageId,
      contentId: file.contentId ?? null,
      at: ctx.clock.now(),
    },
    select: { id: true },
  });
  return id;
}

/** A place for a file that a provider still holds: `fetch-file` fills it. Gives its id. */
export async function awaitFile(
  tx: Transaction,
  ctx: Context,
  file: Incoming & { mediaType: string | null; reference: string },
): Promise<string> {
  const id = newId(ctx.clock.now());
  await tx.attachment.create({
    data: {
      shopId: ctx.shop.id,
      id,
      owner: "channel",
      messageId: file.messageId,
      contentId: file.contentId ?? null,
      name: file.name.slice(0, 100) || "attachment",
      mediaType: file.mediaType ?? "application/octet-stream",
      size: 0,
      state: "waiting",
      source: file.reference,
      at: ctx.clock.now(),
    },
    select: { id: true },
  });
  return id;
}

/** A file that is still waited for; null when it came, was lost, or is gone. */
export async function readAwaited(
  ctx: Context,
  id: string,
): Promise<{ reference: string; accountId: string | null } | null> {
  const found = await ctx.db.prisma.attachment.findFirst({
    where: { shopId: ctx.shop.id, id, state: "waiting" },
    select: { source: true, message: { select: { accountId: true } } },
  });
  return found?.source ? { reference: found.source, accountId: found.message?.accountId ?? null } : null;
}

/** The bytes of a file that was waited for. */
export async function keepAwaited(
  ctx: Context,
  id: string,
  file: { content: Uint8Array; name?: string },
): Promise<void> {
  const where = { shopId: ctx.shop.id, id, state: "waiting" };
  const row = await ctx.db.prisma.attachment.findFirst({ where, select: { name: true } });
  if (!row) return;
  const data = { ...(await described(file.name ?? row.name, file.content)), state: "there", source: null };
  await settle(ctx, where, data);
}

/** A file that never came, and why, in words for staff. */
export async function loseAwaited(ctx: Context, id: string, problem: string): Promise<void> {
  await settle(ctx, { shopId: ctx.shop.id, id, state: "waiting" }, { state: "failed", source: null, reason: problem });
}

async function settle(
  ctx: Context,
  where: { shopId: string; id: string; state: string },
  data: Prisma.AttachmentUpdateManyMutationInput,
): Promise<void> {
  await change(ctx, async (tx) => {
    const { count } = await tx.attachment.updateMany({ where, data });
    if (count === 0) return;
    const file = await tx.attachment.findUniqueOrThrow({
      where: { shopId_id: { shopId: where.shopId, id: where.id } },
      select: {
        message: { select: { id: true, conversation: { select: { id: true, customerId: true, visitorId: true } } } },
      },
    });
    if (!file.message) return;
    const { id: conversationId, customerId, visitorId } = file.message.conversation;
    const subjects = { conversationId, customerId, visitorId };
    await record(tx, ctx, "message.changed", { messageId: file.message.id }, subjects);
  });
}

async function described(name: string, content: Uint8Array) {
  const mediaType = await kindOf(content).catch(() => null);
  const shown = mediaType ?? "application/octet-stream";
  return {
    name: mediaType ? cleanName(name, mediaType) : name.slice(0, 100) || "attachment",
    mediaType: shown,
    size: content.byteLength,
    width: null,
    height: null,
    ...(mediaType ? dimensionsOf(content, mediaType as MediaType) : null),
    content: Buffer.from(content),
  };
}

/** A file of ours as an adapter sends it. */
export function outboundFile(ctx: Context, file: Pick<Attachment, "id" | "name" | "mediaType" | "size">): OutboundFile {
  const { id, name, mediaType, size } = file;
  return {
    id,
    name,
    mediaType,
    size,
    link: linkFor(ctx, file),
    async read() {
      const { content } = await ctx.db.prisma.attachment.findUniqueOrThrow({
        where: { shopId_id: { shopId: ctx.shop.id, id } },
        select: { content: true },
      });
      return content ?? new Uint8Array();
    },
  };
}
