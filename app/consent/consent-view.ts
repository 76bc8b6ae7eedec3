import type { Context, StaffActor } from "~/context";
import { membersOf } from "~/customers/members";
import type { ConsentChannel, ConsentPurpose, ConsentSource, ConsentState, CurrentConsent } from "./consent";
import { asConsent, currentConsents } from "./current";
import { effectiveOfEach } from "./effective";
import { isUndated } from "./undated";

/** What holds now of a channel and purpose, or one of the things said before. Times are ISO 8601. */
export interface ConsentLine {
  id: string;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  state: ConsentState;
  /** Null when it is not known, which the touchpoint then says in words. */
  at: string | null;
  touchpoint: string;
  wording: string | null;
  language: string | null;
  source: ConsentSource;
  /** The address it is for; null: all of the channel. */
  address: string | null;
}

export interface ConsentView {
  now: ConsentLine[];
  /** Everything that was ever said, newest first, at most a hundred. */
  history: ConsentLine[];
  /** Whether Shopify is told of marketing by mail and text message. */
  inShopify: boolean;
}

/** What a person allowed and forbade, over all their leaves and browsers. Throws NotFound. */
export async function consentView(ctx: Context<StaffActor>, customerId: string): Promise<ConsentView> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const { customerIds, shopifyCustomerIds } = await membersOf(prisma, shopId, customerId);
  const visitors = await prisma.visitor.findMany({
    where: { shopId, customerId: { in: customerIds } },
    select: { id: true },
  });
  const visitorIds = visitors.map(({ id }) => id);
  const [held, rows] = await Promise.all([
    currentConsents(prisma, shopId, { customerIds, visitorIds }),
    prisma.consent.findMany({
      where: { shopId, OR: [{ customerId: { in: customerIds } }, { visitorId: { in: visitorIds } }] },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: 100,
    }),
  ]);
  const groups = Map.groupBy(held, ({ channel, purpose }) => `${channel} ${purpose}`);
  const now = [...groups.values()].flatMap((group) =>
    effectiveOfEach(group).map(({ endpoint, row }) => ({ ...lineOf(row), address: endpoint?.value ?? null })),
  );
  return {
    now,
    history: saidOnce(rows.map(asConsent)).map(lineOf),
    inShopify: shopifyCustomerIds.length > 0,
  };
}

/** What staff recorded of a merged person is kept with each leaf, and was said once. */
function saidOnce(rows: readonly CurrentConsent[]): CurrentConsent[] {
  const once = new Map<string, CurrentConsent>();
  for (const row of rows) {
    const { channel, purpose, state, touchpoint, endpoint } = row;
    const act = [row.at.getTime(), channel, purpose, state, touchpoint, endpoint?.kind, endpoint?.value];
    const key = row.source === "staff" ? JSON.stringify(act) : row.id;
    if (!once.has(key)) once.set(key, row);
  }
  return [...once.values()];
}

function lineOf(row: CurrentConsent): ConsentLine {
  const { id, channel, purpose, state, at, touchpoint, wording, language, source, endpoint } = row;
  const address = endpoint?.value ?? null;
  const known = isUndated(row) ? null : at.toISOString();
  return { id, channel, purpose, state, at: known, touchpoint, wording, language, source, address };
}
