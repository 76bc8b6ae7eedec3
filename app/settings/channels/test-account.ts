import { audit } from "~/audit/audit";
import { openAccount } from "~/channels/accounts";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Invalid, NotFound } from "~/http/errors";
import { connectorOf, isConnected } from "./connectors";
import { wordsOf } from "./provider-words";

/** What the provider said when it was asked. */
export interface Tested {
  ok: boolean;
  /** For staff, as a whole sentence. */
  words: string;
}

/** Asks the provider whether an account still works, and keeps what it says. Throws NotFound. */
export async function testAccount(ctx: Context<StaffActor>, accountId: string): Promise<Tested> {
  const account = await openAccount(ctx, accountId).catch(() => null);
  if (!account || !isConnected(account.kind)) throw new NotFound("This account");
  const connector = connectorOf(account.kind);
  if (!connector) throw new Invalid([{ field: "", message: "This version cannot test this channel." }]);
  const health = await connector.check(account).catch((error: unknown) => {
    const words = wordsOf(error);
    if (words === null) throw error;
    return { ok: false, words, tokenExpiresAt: null };
  });
  const now = ctx.clock.now();
  await change(ctx, async (tx) => {
    await tx.channelAccount.updateMany({
      where: { shopId: ctx.shop.id, id: account.id, state: { not: "disconnected" } },
      data: {
        checkedAt: now,
        ...(health.tokenExpiresAt ? { tokenExpiresAt: health.tokenExpiresAt } : {}),
        lastErrorAt: health.ok ? null : now,
        lastError: health.ok ? null : health.words,
      },
    });
    const detail = { kind: account.kind, ok: health.ok };
    await audit(tx, ctx, { action: "channel.tested", subjectKind: "channel", subjectId: account.id, detail });
  });
  return { ok: health.ok, words: health.words };
}
