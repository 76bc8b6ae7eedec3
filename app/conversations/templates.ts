import { openAccount } from "~/channels/accounts";
import { Rejected, Retryable, type Template, Unclear } from "~/channels/channel";
import { isWritten } from "~/channels/kinds";
import { adapters } from "~/channels/registry";
import type { Context, StaffActor } from "~/context";
import { NotFound, Problem } from "~/http/errors";
import { isId } from "~/platform/ids";

/**
 * The templates that may be sent to an endpoint, as its provider has approved them. Throws NotFound for an endpoint that
 * is not this shop's, and a Problem (502) with the provider's reason.
 */
export async function templatesFor(ctx: Context<StaffActor>, endpointId: string): Promise<Template[]> {
  const endpoint = isId(endpointId)
    ? await ctx.db.prisma.endpoint.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: endpointId } },
        select: { accountId: true },
      })
    : null;
  const account = endpoint ? await openAccount(ctx, endpoint.accountId) : null;
  if (!account) throw new NotFound("This place");
  const adapter = isWritten(account.kind) ? adapters[account.kind] : undefined;
  if (!adapter?.templates) return [];
  try {
    return await adapter.templates(account);
  } catch (error) {
    const isOurs = error instanceof Retryable || error instanceof Rejected || error instanceof Unclear;
    if (isOurs) throw new Problem(502, error.failure.code, error.failure.words);
    throw error;
  }
}
