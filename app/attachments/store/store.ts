import type { Context } from "~/context";
import type { Database, Transaction } from "~/db.server";
import { env } from "~/env.server";
import { log } from "~/platform/log";
import { diskIn } from "./disk";
import { s3At } from "./s3";
import { type ByteRange, FileMissing, type Store } from "./storage";

/** Columns of a row that say where its bytes are. */
export interface BytesOf {
  store: string;
  storeKey: string | null;
  content: Uint8Array | null;
}

/** Bytes that are stored and not yet named by a row. */
export interface Placed {
  row: { store: string; storeKey: string | null; content: Buffer<ArrayBuffer> | null };
}

/** Bytes that no row names are removed after so long. Longer than any transaction that may still name them. */
const unnamedMilliseconds = 86_400_000;

/**
 * Stores the bytes of a file where the setting says. What is not in the database is first noted for removal, so that a
 * process that dies in between leaves nothing behind for ever; `takeOff` takes the note back with the row.
 */
export async function putBytes(
  ctx: Pick<Context, "shop" | "db" | "clock">,
  id: string,
  content: Uint8Array,
): Promise<Placed> {
  const store = env().FILES_STORE;
  if (store === "database") return { row: { store, storeKey: null, content: Buffer.from(content) } };
  const storeKey = `${ctx.shop.id}/${id}`;
  const after = new Date(ctx.clock.now().getTime() + unnamedMilliseconds);
  await ctx.db.prisma.fileToRemove.create({ data: { store, storeKey, after } });
  await storeNamed(store).put(storeKey, content);
  return { row: { store, storeKey, content: null } };
}

/** Takes back the note that the bytes are to go, in the transaction that writes the row which names them. */
export async function takeOff(tx: Pick<Transaction, "fileToRemove">, { row }: Placed): Promise<void> {
  if (row.storeKey === null) return;
  await tx.fileToRemove.deleteMany({ where: { store: row.store, storeKey: row.storeKey } });
}

/** The bytes of a row, or a range of them. Throws FileMissing. */
export async function readBytes(row: BytesOf, range?: ByteRange): Promise<Uint8Array> {
  if (row.storeKey !== null) return storeNamed(row.store).get(row.storeKey, range);
  if (!row.content) throw new FileMissing("this file has no bytes");
  return range ? row.content.subarray(range.first, range.last + 1) : row.content;
}

/** How many are removed in one go, and so how long at most one run takes. */
const mostAtOnce = 500;

/**
 * Removes bytes whose rows are gone, and those that no row ever named. What a storage refuses to remove stays noted and is
 * tried again. Returns how many went.
 */
export async function removeBytes(db: Database, now: Date): Promise<number> {
  const due = await db.prisma.fileToRemove.findMany({
    where: { after: { lte: now } },
    orderBy: { after: "asc" },
    take: mostAtOnce,
  });
  let removed = 0;
  for (const { store, storeKey } of due) {
    try {
      await storeNamed(store).remove(storeKey);
    } catch (error) {
      log.warn({ store, kind: (error as Error).name }, "a file could not be removed from its storage");
      continue;
    }
    await db.prisma.fileToRemove.deleteMany({ where: { store, storeKey, after: { lte: now } } });
    removed += 1;
  }
  return removed;
}

/** Also one that is no longer the setting: files stay where they were put. */
function storeNamed(name: string): Store {
  const settings = env();
  if (name === "disk" && settings.FILES_FOLDER) return diskIn(settings.FILES_FOLDER);
  if (name === "s3" && settings.S3_ENDPOINT) return s3At(settings);
  throw new Error(`files are stored on "${name}", for which no settings are given`);
}
