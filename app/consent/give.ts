import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { membersOf } from "~/customers/members";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { Invalid } from "~/http/errors";
import { cleanLine } from "~/platform/clean-line";
import { type ConsentChannel, type ConsentEndpoint, type ConsentPurpose, channels, purposes } from "./consent";
import { keepConsent } from "./keep";
import { enqueueTelling } from "./to-shopify";

export interface Recorded {
  customerId: string;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  /** How the member of staff knows, in their words: "said so on the phone". */
  touchpoint: string;
  /** What the person was asked, and its language, when known. */
  wording?: string | null | undefined;
  language?: string | null | undefined;
  /** Null: all of the channel. */
  endpoint?: ConsentEndpoint | null | undefined;
}

/**
 * A member of staff records that a person allows something, and how they know. Shopify is told in a job when it is
 * marketing by mail or text message to a customer of Shopify's. Throws Invalid and NotFound.
 */
export async function giveConsent(ctx: Context<StaffActor>, input: Recorded): Promise<void> {
  const said = check(input);
  await change(ctx, async (tx) => {
    const { personId, leaves } = await membersOf(tx, ctx.shop.id, input.customerId);
    // Kept with the leaf whose address it is, else with Shopify's customer, so that Shopify can be told.
    const address = said.endpoint?.value;
    const owner = leaves.find((leaf) => address && (leaf.email === address || leaf.phone === address));
    const leaf = owner ?? leaves.find(({ shopifyCustomerId }) => shopifyCustomerId !== null);
    await keepFor(tx, ctx, [leaf?.id ?? personId], { ...said, state: "given" });
    const detail = { channel: said.channel, purpose: said.purpose };
    await audit(tx, ctx, { action: "consent.given", subjectKind: "customer", subjectId: personId, detail });
  });
}

/** What a member of staff recorded, in the shape that is kept. Throws Invalid. */
export function check(input: Recorded) {
  const touchpoint = cleanLine(input.touchpoint, 200);
  const wrong: { field: string; message: string }[] = [];
  if (!channels.includes(input.channel)) wrong.push({ field: "channel", message: "Choose a channel." });
  if (!purposes.includes(input.purpose)) wrong.push({ field: "purpose", message: "Choose what it is for." });
  if (touchpoint === "") wrong.push({ field: "touchpoint", message: "Say how you know." });
  if (wrong.length > 0) throw new Invalid(wrong);
  return {
    channel: input.channel,
    purpose: input.purpose,
    touchpoint,
    wording: cleanLine(input.wording ?? "", 1_000) || null,
    language: cleanLine(input.language ?? "", 35) || null,
    endpoint: input.endpoint ?? null,
    source: "staff" as const,
  };
}

/**
 * Keeps the same for some leaves, at one time and with one fact in the log: it was said once. Has Shopify told where it is
 * of a customer of Shopify's.
 */
export async function keepFor(
  tx: Transaction,
  ctx: Context,
  customerIds: readonly string[],
  said: ReturnType<typeof check> & { state: "given" | "withdrawn" },
): Promise<void> {
  const at = ctx.clock.now();
  let tells = true;
  for (const customerId of customerIds) {
    const kept = await keepConsent(tx, ctx, { ...said, customerId, visitorId: null, at }, { tells });
    if (!kept) continue;
    tells = false;
    await enqueueTelling(tx, ctx, kept);
  }
}
