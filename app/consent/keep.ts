import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import type { Said } from "./consent";
import { currentConsents } from "./current";
import { effective, effectiveOfEach } from "./effective";

/**
 * Adds what was said, and the fact to the log, when it changes something: the same once more is no news, and what is
 * older than what we know changes nothing. Answers the row's id, or null when nothing was added. Rows are never changed;
 * give, withdraw, the storefront and Shopify all come through here. With `tells` false the row is all: it is a part of what
 * the log has already, or nobody knows when it was.
 */
export async function keepConsent(
  tx: Transaction,
  ctx: Context,
  said: Said,
  { tells = true }: { tells?: boolean } = {},
): Promise<string | null> {
  const shopId = ctx.shop.id;
  // Of what is said twice at once one is the news.
  const subject = `consent ${said.customerId ?? said.visitorId}`;
  await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${subject}, 0))`;
  const subjects = said.customerId
    ? { customerIds: [said.customerId], visitorIds: [] }
    : { customerIds: [], visitorIds: said.visitorId ? [said.visitorId] : [] };
  const about = (await currentConsents(tx, shopId, subjects)).filter(
    (row) => row.channel === said.channel && row.purpose === said.purpose,
  );
  const held = said.endpoint ? [effective(about, said.endpoint)] : effectiveOfEach(about).map(({ row }) => row);
  const known = held.filter((row) => row !== null);
  if (known.some((row) => row.at > said.at)) return null;
  if (known.length > 0 && known.every((row) => row.state === said.state)) return null;
  if (known.some((row) => row.at.getTime() === said.at.getTime() && row.state === "withdrawn")) return null;
  const { endpoint, ...rest } = said;
  const id = newId(ctx.clock.now());
  await tx.consent.create({
    data: {
      ...rest,
      shopId,
      id,
      endpointKind: endpoint?.kind ?? null,
      endpoint: endpoint?.value ?? null,
      recordedAt: ctx.clock.now(),
    },
  });
  if (!tells) return id;
  const fact = { consentId: id, channel: said.channel, purpose: said.purpose, source: said.source };
  const { customerId, visitorId } = said;
  if (said.state === "given") await record(tx, ctx, "consent.given", fact, { customerId, visitorId });
  if (said.state === "withdrawn") await record(tx, ctx, "consent.withdrawn", fact, { customerId, visitorId });
  return id;
}
