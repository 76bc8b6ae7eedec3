import { keepAwaited, loseAwaited, readAwaited } from "~/attachments/keep";
import type { Context } from "~/context";
import { openAccount } from "./accounts";
import { Rejected } from "./channel";
import { isWritten } from "./kinds";
import { adapters } from "./registry";

/**
 * Takes over a file that a provider holds for a message that came in. What the provider no longer has is marked as lost,
 * with the reason, where the message shows it; other failures are for the job to try again, unless this is its last time.
 */
export async function fetchFile(ctx: Context, attachmentId: string, isLast = false): Promise<void> {
  const awaited = await readAwaited(ctx, attachmentId);
  if (!awaited) return;
  const account = awaited.accountId ? await openAccount(ctx, awaited.accountId) : null;
  const adapter = account && isWritten(account.kind) ? adapters[account.kind] : undefined;
  if (!account || !adapter?.fetchFile) {
    await loseAwaited(ctx, attachmentId, "Its channel was disconnected before the file came.");
    return;
  }
  try {
    const { content, name } = await adapter.fetchFile(awaited.reference, account);
    await keepAwaited(ctx, attachmentId, { content, ...(name ? { name } : {}) });
  } catch (error) {
    if (error instanceof Rejected) return loseAwaited(ctx, attachmentId, error.failure.words);
    if (isLast) await loseAwaited(ctx, attachmentId, "This file could not be fetched. Ask them to send it again.");
    throw error;
  }
}
