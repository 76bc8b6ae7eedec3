import type { Context } from "~/context";
import type { AdminClient } from "~/shopify/admin-client";
import { ShopifyDenied } from "~/shopify/admin-errors";
import {
  BulkOperationNowDocument,
  BulkOperationRunDocument,
  type BulkStateFragment,
} from "~/shopify/queries/generated";
import { bulkQuery } from "./bulk-query";
import { noteDenied } from "./denied";
import { again, type Run, setRun } from "./runs";
import { sources } from "./sources";

/**
 * Asks Shopify for the file of a kind, after one record of it, whose answer says what is refused. False when Shopify has no room for another
 * operation now.
 */
export async function askFor(ctx: Context, admin: AdminClient, run: Run): Promise<boolean> {
  const { prisma } = ctx.db;
  const { probe, bulk } = sources[run.kind];
  try {
    const { denied } = await admin.askPartly(probe, {});
    await noteDenied(prisma, ctx, run.kind, denied);
  } catch (error) {
    // Without fields it is the installation that is refused.
    if (!(error instanceof ShopifyDenied) || error.fields.length === 0) throw error;
    await setRun(prisma, ctx, run, { state: "failed", problem: "not-permitted", finishedAt: ctx.clock.now() });
    return true;
  }
  const askedAt = ctx.clock.now();
  const { bulkOperationRunQuery: told } = await admin.ask(BulkOperationRunDocument, {
    query: bulkQuery(bulk, run.since),
  });
  const codes = told?.userErrors.map((one) => one.code) ?? [];
  if (codes.includes("LIMIT_REACHED") || codes.includes("OPERATION_IN_PROGRESS")) return false;
  const operation = told?.bulkOperation;
  // They are places in the file before this one.
  await prisma.syncLine.deleteMany({ where: { shopId: ctx.shop.id, kind: run.kind } });
  await setRun(
    prisma,
    ctx,
    run,
    operation
      ? { state: "preparing", operationId: operation.id, askedAt, objectCount: 0, rootCount: 0 }
      : { state: "failed", problem: "refused", finishedAt: ctx.clock.now() },
  );
  return true;
}

/** Sees how far Shopify is with a file, and what comes of it. */
export async function lookAt(ctx: Context, admin: AdminClient, run: Run): Promise<void> {
  const { bulkOperation } = await admin.ask(BulkOperationNowDocument, { id: run.operationId ?? "" });
  await take(ctx, run, bulkOperation);
}

async function take(ctx: Context, run: Run, told: BulkStateFragment | null): Promise<void> {
  const { prisma } = ctx.db;
  if (!told) return void (await again(prisma, ctx, run, "file-gone"));
  const counts = {
    objectCount: Number(told.objectCount),
    rootCount: Number(told.rootObjectCount),
    fileSize: told.fileSize === null ? null : BigInt(told.fileSize),
  };
  const now = ctx.clock.now();
  switch (told.status) {
    case "CREATED":
    case "RUNNING":
    case "CANCELING":
      await setRun(prisma, ctx, run, counts);
      return;
    case "COMPLETED":
      await setRun(
        prisma,
        ctx,
        run,
        told.url
          ? { ...counts, state: "reading", url: told.url, partial: false, readingAt: now }
          : // No record, no file.
            { ...counts, state: "done", problem: null, finishedAt: now, lastFinishedAt: now },
      );
      return;
    case "FAILED":
      if (told.errorCode === "ACCESS_DENIED") {
        await setRun(prisma, ctx, run, { state: "failed", problem: "not-permitted", finishedAt: now });
      } else if (told.partialDataUrl) {
        await setRun(prisma, ctx, run, {
          ...counts,
          state: "reading",
          url: told.partialDataUrl,
          partial: true,
          readingAt: now,
          problem: "shopify-failed",
        });
      } else await again(prisma, ctx, run, "shopify-failed");
      return;
    case "CANCELED":
      await again(prisma, ctx, run, "shopify-failed");
      return;
    case "EXPIRED":
      await again(prisma, ctx, run, "file-expired");
  }
}
