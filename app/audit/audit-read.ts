import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { appendTo, lockHead } from "./append";
import type { Audited } from "./catalogue";

/** What this process knows to be written already today, so that nothing is asked for it. */
let written = new Set<string>();
let writtenOn = "";
const most = 50_000;

/**
 * Writes to the audit log that a member of staff read something of a person: once for each of them, subject, action and
 * day (UTC). The first time takes a short transaction of its own and the end of the shop's chain; every other time takes
 * one indexed query and no lock, or nothing at all in the process that wrote it. Await it beside the loader's other
 * queries: what cannot be logged must not be shown.
 */
export async function auditRead(ctx: Context<StaffActor>, ...told: Audited[]): Promise<void> {
  const day = ctx.clock.now().toISOString().slice(0, 10);
  if (day !== writtenOn || written.size > most) written = new Set();
  writtenOn = day;
  const key = (one: Audited) => `${ctx.shop.id} ${ctx.actor.id} ${one.action} ${one.subjectId}`;
  let fresh = told.filter((one) => !written.has(key(one)));
  if (fresh.length === 0) return;
  const remembered = written;
  const asked = fresh;
  fresh = await unwritten(ctx.db.prisma, ctx, day, fresh);
  if (fresh.length > 0) {
    await ctx.db.prisma.$transaction(async (tx) => {
      const head = await lockHead(tx, ctx.shop.id);
      // Another page of the same person may have been first.
      await appendTo(tx, ctx, head, await unwritten(tx, ctx, day, fresh));
    });
  }
  for (const one of asked) remembered.add(key(one));
}

async function unwritten(tx: Transaction, ctx: Context<StaffActor>, day: string, told: Audited[]): Promise<Audited[]> {
  const from = new Date(`${day}T00:00:00.000Z`);
  const found = await tx.auditEntry.findMany({
    where: {
      shopId: ctx.shop.id,
      subjectId: { in: told.flatMap((one) => one.subjectId ?? []) },
      at: { gte: from },
      actorId: ctx.actor.id,
      action: { in: told.map((one) => one.action) },
    },
    select: { action: true, subjectId: true },
  });
  return told.filter((one) => !found.some((row) => row.action === one.action && row.subjectId === one.subjectId));
}
