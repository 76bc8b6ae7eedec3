import type { Context, ShopperActor, StaffActor } from "~/context";
import { leavesOf } from "~/conversations/find";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { shownSql } from "~/realtime/shown-to-shopper";
import { type BytesOf, readBytes } from "./store/store";
import { ownerOf } from "./upload";

export interface StoredFile {
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  bytes: BytesOf;
}

interface Row extends BytesOf {
  name: string;
  mediaType: string;
  size: number;
}

/**
 * A file that this person may see: staff those of any message of the shop, a shopper those of messages that they may see
 * in conversations that they reach, and everybody what they uploaded themselves. NotFound for every other id, and for a
 * file that has not come.
 */
export async function readFile(ctx: Context<ShopperActor> | Context<StaffActor>, id: string): Promise<StoredFile> {
  const { actor } = ctx;
  return found(
    ctx,
    id,
    actor.kind === "staff"
      ? { where: `a."owner" = $3 OR a."messageId" IS NOT NULL`, values: [ownerOf(ctx)] }
      : {
          where: `a."owner" = $3 OR EXISTS (
            SELECT 1 FROM "message" m JOIN "conversation" c ON c."shopId" = m."shopId" AND c."id" = m."conversationId"
             WHERE m."shopId" = a."shopId" AND m."id" = a."messageId"
               AND (c."visitorId" = $4::uuid OR c."customerId" = ANY ($5::uuid[])) AND ${shownSql("$4", "$5")})`,
          values: [ownerOf(ctx), actor.visitorId, leavesOf(actor)],
        },
  );
}

/** A file of a message, for whoever has a signed link to it. NotFound for every other id. */
export async function readLinkedFile(ctx: Pick<Context, "db" | "shop">, id: string): Promise<StoredFile> {
  return found(ctx, id, { where: `a."messageId" IS NOT NULL`, values: [] });
}

/** All bytes of a file, for what is sent by us. Throws NotFound and `FileMissing`. */
export async function bytesOf(ctx: Pick<Context, "db" | "shop">, id: string): Promise<Uint8Array> {
  const { bytes } = await found(ctx, id, { where: "true", values: [] });
  return readBytes(bytes);
}

async function found(
  { db, shop }: Pick<Context, "db"> & { shop: Pick<Context["shop"], "id"> },
  id: string,
  { where, values }: { where: string; values: unknown[] },
): Promise<StoredFile> {
  const rows = isId(id)
    ? await db.sql.query<Row>(
        `SELECT a."name", a."mediaType", a."size", a."store", a."storeKey", a."content" FROM "attachment" a
          WHERE a."shopId" = $1 AND a."id" = $2 AND a."state" = 'there' AND (${where})`,
        [shop.id, id, ...values],
      )
    : null;
  const row = rows?.rows[0];
  if (!row) throw new NotFound("This file");
  const { name, mediaType, size, ...bytes } = row;
  return { name, mediaType, size, bytes };
}
