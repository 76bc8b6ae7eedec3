import type { Attachment, Prisma } from "@prisma/client";
import type { OutboundFile } from "~/channels/channel";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { env } from "~/env.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { dimensionsOf, isBomb } from "./dimensions";
import { cleanName, type MediaType, sniff } from "./kinds";
import { linkFor } from "./link";
import { bytesOf } from "./read";
import { type Placed, putBytes, takeOff } from "./store/store";
import { strip } from "./strip/strip";

/** A file of a message that came in through a channel. */
export interface Incoming {
  messageId: string;
  name: string;
  /** cid of a picture inside HTML. */
  contentId?: string | null;
}

/** A file whose bytes are stored and which no row names yet; bytes that none names within a day are removed. */
interface Prepared {
  id: string;
  shown: { name: string; mediaType: MediaType; size: number; width: number | null; height: number | null };
  placed: Placed;
}

/** By their bytes: what `storeAhead` has stored for a message that is about to be taken in. */
const ahead = new WeakMap<Uint8Array, Prepared>();

/**
 * Stores the bytes of files before the transaction that names them in messages, so that none waits for a storage. What
 * fails here is done, or fails, in the transaction.
 */
export async function storeAhead(
  ctx: Context,
  files: readonly { name: string; content?: Uint8Array; mediaType?: string | null }[],
): Promise<void> {
  if (env().FILES_STORE === "database") return;
  for (const { name, content, mediaType } of files) {
    if (!content || ahead.has(content)) continue;
    const prepared = await prepare(ctx, { name, content, mediaType: mediaType ?? null }).catch(() => null);
    if (prepared) ahead.set(content, prepared);
  }
}

/** Keeps a file with the message that it came with. Gives its id. */
export async function keepFile(
  tx: Transaction,
  ctx: Context,
  file: Incoming & { content: Uint8Array; mediaType?: string | null },
): Promise<string> {
  const { id, shown, placed } = ahead.get(file.content) ?? (await prepare(ctx, file));
  await tx.attachment.create({
    data: {
      ...shown,
      ...placed.row,
      shopId: ctx.shop.id,
      id,
      owner: "channel",
      messageId: file.messageId,
      contentId: file.contentId ?? null,
      at: ctx.clock.now(),
    },
    select: { id: true },
  });
  await takeOff(tx, placed);
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
      name: cleanName(file.name, "application/octet-stream"),
      mediaType: "application/octet-stream",
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
  const { shown, placed } = await prepare(ctx, { name: file.name ?? row.name, content: file.content });
  await settle(ctx, where, { ...shown, ...placed.row, state: "there", source: null }, placed);
}

/** A file that never came, and why, in words for staff. */
export async function loseAwaited(ctx: Context, id: string, problem: string): Promise<void> {
  await settle(ctx, { shopId: ctx.shop.id, id, state: "waiting" }, { state: "failed", source: null, reason: problem });
}

async function settle(
  ctx: Context,
  where: { shopId: string; id: string; state: string },
  data: Prisma.AttachmentUpdateManyMutationInput,
  placed?: Placed,
): Promise<void> {
  await change(ctx, async (tx) => {
    const { count } = await tx.attachment.updateMany({ where, data });
    if (count === 0) return;
    if (placed) await takeOff(tx, placed);
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

/**
 * Reads what a file is, takes out of pictures where and with what they were made, and stores the bytes. Never refuses: what
 * is not known, too large as a picture or damaged is kept as a file to save. Throws when the storage is away.
 */
async function prepare(
  ctx: Context,
  file: { name: string; content: Uint8Array; mediaType?: string | null },
): Promise<Prepared> {
  const sniffed = await sniff(file.content, file);
  const stripped = strip(file.content, sniffed);
  const isShown = stripped !== null && !isBomb(file.content, sniffed);
  const mediaType: MediaType = isShown ? sniffed : "application/octet-stream";
  const content = stripped ?? file.content;
  const id = newId(ctx.clock.now());
  const shown = {
    name: cleanName(file.name, mediaType),
    mediaType,
    size: content.byteLength,
    width: null,
    height: null,
    ...dimensionsOf(content, mediaType),
  };
  return { id, shown, placed: await putBytes(ctx, id, content) };
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
    read: () => bytesOf(ctx, id),
  };
}
