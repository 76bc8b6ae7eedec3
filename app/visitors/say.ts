import { keepConsent } from "~/consent/keep";
import type { Context, ShopperActor } from "~/context";
import { receive } from "~/conversations/receive";
import type { Transaction } from "~/db.server";
import { cleanLine } from "~/platform/clean-line";
import { forShopper, type ShopperMessage } from "~/realtime/shown-to-shopper";
import type { StateAnswer } from "./answers";
import { keepClaim, readClaim } from "./claim";
import { chatState } from "./state";

export interface Said {
  conversationId?: string | null | undefined;
  text: string;
  clientKey: string;
  attachmentIds: string[];
  name?: string | undefined;
  email?: string | undefined;
  /** Whether they have agreed to the consent line before. */
  consented: boolean;
  /** The consent line as it stood there, and its language, from the page that showed it. */
  wording?: string | undefined;
  language?: string | undefined;
}

/**
 * A shopper writes: what they typed about themselves is kept as a claim, in one with the message. The consent line stands
 * over the box until the first message, so sending it is the consent. Answers with the message and, where the page cannot
 * know it yet (a chat that begins, a person who said who they are), the state it is in; null leaves the page's standing.
 * Throws Invalid and NotFound, and then nothing was kept.
 */
export async function say(
  ctx: Context<ShopperActor>,
  input: Said,
): Promise<{ message: ShopperMessage; state: StateAnswer | null }> {
  const about = readClaim(input);
  const along = async (tx: Transaction): Promise<void> => {
    if (!input.consented) {
      const { count } = await tx.visitor.updateMany({
        where: { shopId: ctx.shop.id, id: ctx.actor.visitorId, consentedAt: null },
        data: { consentedAt: ctx.clock.now() },
      });
      if (count > 0) await agreed(tx, ctx, input);
    }
    if (about) await keepClaim(tx, ctx, about);
  };
  const message = await receive(ctx, {
    conversationId: input.conversationId ?? null,
    text: input.text,
    clientKey: input.clientKey,
    attachmentIds: input.attachmentIds,
    ...(input.consented && !about ? {} : { along }),
  });
  const isNews = !input.conversationId || !input.consented || about !== null;
  const state = isNews ? await chatState(ctx, { after: message.position - 1 }, message.conversationId) : null;
  return { message: forShopper(message), state };
}

/** The consent line was agreed to: kept with what it said. */
async function agreed(tx: Transaction, ctx: Context<ShopperActor>, { wording, language }: Said): Promise<void> {
  await keepConsent(tx, ctx, {
    customerId: null,
    visitorId: ctx.actor.visitorId,
    channel: "chat",
    purpose: "service",
    state: "given",
    at: ctx.clock.now(),
    touchpoint: "Storefront chat: first message",
    wording: cleanLine(wording ?? "", 1_000) || null,
    language: cleanLine(language ?? "", 35) || null,
    source: "widget",
    endpoint: null,
  });
}
