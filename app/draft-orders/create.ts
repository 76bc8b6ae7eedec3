import type { DraftOrder } from "@prisma/client";
import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Invalid, NotFound, Problem } from "~/http/errors";
import { withLock } from "~/platform/lock";
import type { AdminClient } from "~/shopify/admin-client";
import { ShopifyDown } from "~/shopify/admin-errors";
import { adminFor } from "~/shopify/admin-for";
import {
  DraftOrderCreateDocument,
  type DraftOrderInput,
  RecentDraftOrdersDocument,
  type RecentDraftOrdersQuery,
} from "~/shopify/queries/generated";
import { tiesIn } from "./attributes";
import { decideFields } from "./form/decide-fields";
import { decideInput } from "./form/decide-input";
import type { DraftForm } from "./form/shape";
import { createRow } from "./reported";
import { type DraftReport, reportOf } from "./state";

/**
 * Makes the draft order in Shopify and keeps our row of it. The form's id makes it one draft however often it is sent:
 * when an earlier try made it in Shopify and was not heard of to its end, that one is found by its attribute and kept.
 * Throws Invalid with the fields that are wrong, NotFound, ShopifyDown, ShopifyThrottled and ShopifyDenied; no row is
 * written then.
 */
export async function createDraft(ctx: Context<StaffActor>, given: DraftForm): Promise<DraftOrder> {
  const decided = decideInput(given, ctx.shop.currency, ctx.clock.now());
  if ("problems" in decided) throw new Invalid(decided.problems);
  return withLock(ctx.db.locks, `draft order ${ctx.shop.id} ${given.id}`, async () => {
    const known = await kept(ctx, given.id);
    if (known) return known;
    const form = await withOwnTies(ctx, given);
    const retied = decideInput(form, ctx.shop.currency, ctx.clock.now());
    if ("problems" in retied) throw new Invalid(retied.problems);
    const admin = adminFor(ctx);
    const report = (await findMade(ctx, admin, form.id)) ?? (await make(ctx, admin, form, retied.input));
    return keep(ctx, form, report);
  });
}

async function kept(ctx: Context, id: string): Promise<DraftOrder | null> {
  return ctx.db.prisma.draftOrder.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id } } });
}

/**
 * Checks that conversation and cart are this shop's. A cart that was paid in the meantime is no longer the draft's: what
 * is sold now is another sale.
 */
async function withOwnTies(ctx: Context, form: DraftForm): Promise<DraftForm> {
  const shopId = ctx.shop.id;
  if (form.conversationId) {
    const where = { shopId_id: { shopId, id: form.conversationId } };
    if (!(await ctx.db.prisma.conversation.findUnique({ where, select: { id: true } }))) {
      throw new NotFound("This conversation");
    }
  }
  if (!form.cartId) return form;
  const cart = await ctx.db.prisma.cart.findUnique({
    where: { shopId_id: { shopId, id: form.cartId } },
    select: { status: true },
  });
  if (!cart) throw new NotFound("This cart");
  return cart.status === "ordered" ? { ...form, cartId: null } : form;
}

async function make(ctx: Context, admin: AdminClient, form: DraftForm, input: DraftOrderInput): Promise<DraftReport> {
  let answer: Awaited<ReturnType<typeof ask>>;
  try {
    answer = await ask(admin, input);
  } catch (error) {
    // It may have been made although the answer was lost.
    const made = error instanceof ShopifyDown ? await findMade(ctx, admin, form.id).catch(() => null) : null;
    if (made) return made;
    throw error;
  }
  if (!answer?.draftOrder || answer.userErrors.length > 0) {
    const problems = decideFields(answer?.userErrors ?? [], form.lines);
    throw new Invalid(
      problems.length > 0 ? problems : [{ field: "", message: "Shopify did not make the draft order." }],
    );
  }
  return reportOf(answer.draftOrder);
}

async function ask(admin: AdminClient, input: DraftOrderInput) {
  return (await admin.ask(DraftOrderCreateDocument, { input })).draftOrderCreate;
}

/** The clocks of the two sides may differ by as much, in milliseconds. */
const clockDifference = 10 * 60_000;

/** A draft of this id that Shopify has although we have no row: our ids begin with the time when they were made. */
async function findMade(ctx: Context, admin: AdminClient, id: string): Promise<DraftReport | null> {
  const madeAt = Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
  const now = ctx.clock.now().getTime();
  // An id of another kind carries no time: then the last day is searched.
  const since = madeAt > now - 90 * 86_400_000 && madeAt < now + clockDifference ? madeAt : now - 86_400_000;
  const query = `created_at:>='${new Date(since - clockDifference).toISOString()}'`;
  let after: string | null = null;
  for (let page = 0; page < 20; page += 1) {
    const { draftOrders }: RecentDraftOrdersQuery = await admin.ask(RecentDraftOrdersDocument, { query, after });
    const found = draftOrders.nodes.find((node) => tiesIn(node.customAttributes).draftOrderId === id);
    if (found) return reportOf(found);
    if (!draftOrders.pageInfo.hasNextPage) return null;
    after = draftOrders.pageInfo.endCursor ?? null;
  }
  throw new Problem(503, "too-many-drafts", "This could not be checked for a repetition. Try again in a moment.");
}

async function keep(ctx: Context<StaffActor>, form: DraftForm, report: DraftReport): Promise<DraftOrder> {
  const ties = { draftOrderId: form.id, conversationId: form.conversationId, cartId: form.cartId };
  try {
    return await change(ctx, async (tx) => {
      const draft = await createRow(tx, ctx, ties, report, ctx.actor.id, form.lines);
      await audit(tx, ctx, { action: "draft-order.created", subjectKind: "draft-order", subjectId: draft.id });
      return draft;
    });
  } catch (error) {
    // Shopify's webhook about the draft was quicker than its answer: the row is there.
    if ((error as { code?: string }).code !== "P2002") throw error;
    return change(ctx, async (tx) => {
      const draft = await tx.draftOrder.update({
        where: { shopId_id: { shopId: ctx.shop.id, id: form.id } },
        data: { staffId: ctx.actor.id },
      });
      await audit(tx, ctx, { action: "draft-order.created", subjectKind: "draft-order", subjectId: draft.id });
      return draft;
    });
  }
}
