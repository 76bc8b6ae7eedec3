import type { Context } from "~/context";
import { log } from "~/platform/log";
import { askToRead } from "~/reconcile/due";
import { type Batch, batchesOf, fullAt } from "./batches";
import { commit, Overtaken } from "./commit";
import { FileGone, FileTrouble, openFile } from "./file";
import { type Chunks, linesOf } from "./lines";
import { again, type Run, setRun } from "./runs";
import { sources } from "./sources";

/** Breaks of the connection in a row, without a byte between them, after which the job is tried again later. */
const mostBreaks = 3;
/** A connection that brings nothing for so many milliseconds is taken for broken. */
const silence = 60_000;

/**
 * Reads a run's file from its checkpoint on and keeps what stands in it, batch by batch; the next batch is put together while
 * the database takes the one before, and nothing more is fetched meanwhile. Answers true when the run is not `reading` any more, and
 * false when `until` (milliseconds of performance.now()) came first. Throws FileTrouble when the file cannot be had now.
 */
export async function readRun(ctx: Context, run: Run, until: number, full = fullAt): Promise<boolean> {
  let at = { offset: Number(run.offset), line: run.line };
  for (let breaks = 0; ; ) {
    const before = at.offset;
    try {
      const end = await readFrom(ctx, run, at, until, full, (reached) => {
        at = reached;
      });
      if (end === "later") return false;
      if (end === "end") return finish(ctx, run);
      breaks = at.offset > before ? 0 : breaks + 1;
    } catch (error) {
      if (error instanceof Overtaken) return true;
      if (error instanceof FileGone) {
        await again(ctx.db.prisma, ctx, run, "file-expired");
        return true;
      }
      if (!(error instanceof FileTrouble)) throw error;
      breaks = at.offset > before ? 0 : breaks + 1;
    }
    if (breaks >= mostBreaks) throw new FileTrouble();
  }
}

interface Place {
  offset: number;
  line: number;
}

/** Reads until the end of the file, the time, or a break of the connection. */
async function readFrom(
  ctx: Context,
  run: Run,
  from: Place,
  until: number,
  full: typeof fullAt,
  reached: (place: Place) => void,
): Promise<"end" | "later" | "broken"> {
  const stop = new AbortController();
  const silent = setTimeout(() => stop.abort(), silence);
  const file = await openFile(run.url ?? "", from.offset, stop.signal);
  const size = file.size ?? (run.fileSize === null ? null : Number(run.fileSize));
  const chunks = new Body(file.chunks, size === null ? null : size - from.offset, () => silent.refresh());
  let place = from;
  let writing: Promise<void> | null = null;
  const keep = async (batch: Batch, begin: number) => {
    await commit(ctx, run, batch, begin);
    reached({ offset: batch.offset, line: batch.line });
  };
  try {
    for await (const batch of batchesOf(linesOf(chunks, from.offset), sources[run.kind], from, chunks, full)) {
      await writing;
      if (performance.now() >= until) return "later";
      writing = keep(batch, place.offset);
      // It is awaited below; until then its failure must not count as nobody's.
      writing.catch(() => undefined);
      place = { offset: batch.offset, line: batch.line };
    }
    await writing;
    return chunks.broken ? "broken" : "end";
  } finally {
    clearTimeout(silent);
    stop.abort();
    await writing?.catch(() => undefined);
  }
}

/** The chunks of a body until its connection breaks, or it ends before its size, which is said. */
class Body implements Chunks {
  broken = false;

  constructor(
    private readonly body: AsyncIterable<Uint8Array>,
    private readonly size: number | null,
    private readonly heard: () => void,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let read = 0;
    try {
      for await (const chunk of this.body) {
        read += chunk.length;
        this.heard();
        yield chunk;
      }
    } catch {
      this.broken = true;
    }
    if (this.size !== null && read < this.size) this.broken = true;
  }
}

async function finish(ctx: Context, run: Run): Promise<true> {
  await readLate(ctx, run);
  if (run.partial) {
    // What Shopify had before it failed is kept; the rest is in the next file.
    await again(ctx.db.prisma, ctx, run, "shopify-failed");
    return true;
  }
  const now = ctx.clock.now();
  const ended = await setRun(ctx.db.prisma, ctx, run, {
    state: "done",
    problem: null,
    url: null,
    finishedAt: now,
    lastFinishedAt: now,
  });
  if (ended) log.info({ shop: ctx.shop.id, kind: run.kind }, "a sync of a kind has ended");
  return true;
}

/** Children that came too late for their parents: the parents are read again by themselves. */
async function readLate(ctx: Context, run: Run): Promise<void> {
  const { prisma } = ctx.db;
  const due = await prisma.shopifyDue.findFirst({ where: { shopId: ctx.shop.id, kind: run.kind } });
  if (due) await prisma.$transaction((tx) => askToRead(tx, ctx, run.kind, 0));
}
