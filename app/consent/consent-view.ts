import type { Context, StaffActor } from "~/context";
import { membersOf } from "~/customers/members";
import type { ConsentChannel, ConsentPurpose, ConsentSource, ConsentState } from "./consent";
import { asConsent, currentConsents } from "./current";
import { effectiveOfEach } from "./effective";

/** What holds now of a channel and purpose, or one of the things said before. Times are ISO 8601. */
export interface ConsentLine {
  id: string;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  state: ConsentState;
  at: string;
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
    history: rows.map((row) => lineOf(asConsent(row))),
    inShopify: shopifyCustomerIds.length > 0,
  };
}

function lineOf(row: ReturnType<typeof asConsent>): ConsentLine {
  const { id, channel, purpose, state, at, touchpoint, wording, language, source, endpoint } = row;
  const address = endpoint?.value ?? null;
  return { id, channel, purpose, state, at: at.toISOString(), touchpoint, wording, language, source, address };
}
