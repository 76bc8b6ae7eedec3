import type { Context, StaffActor } from "~/context";
import type { FieldProblem } from "~/http/errors";
import { adminFor } from "~/shopify/admin-for";
import { DraftOrderCalculateDocument } from "~/shopify/queries/generated";
import { readVariants } from "~/shopify/variants";
import { decideFields } from "./form/decide-fields";
import { decideInput } from "./form/decide-input";
import { decideStock, type LineNotice, type Reserved } from "./form/decide-stock";
import { readTotals } from "./form/read-totals";
import type { DraftForm, DraftTotals } from "./form/shape";

export interface Calculated {
  /** Null while something has to be put right first. */
  totals: DraftTotals | null;
  problems: FieldProblem[];
  /** What to know of a line's product, by the line's key. */
  notices: Record<string, LineNotice>;
}

/**
 * What the draft order would come to with taxes, shipping and discounts as Shopify computes them, and what stands in its
 * way. `reserved` is what the draft order itself keeps back already. Changes nothing. Throws ShopifyDown, ShopifyThrottled and ShopifyDenied.
 */
export async function calculateDraft(
  ctx: Context<StaffActor>,
  form: DraftForm,
  reserved: Reserved = {},
): Promise<Calculated> {
  const { currency } = ctx.shop;
  const decided = decideInput(form, currency, ctx.clock.now());
  if ("problems" in decided) return { totals: null, problems: decided.problems, notices: {} };
  const variants = await readVariants(
    adminFor(ctx),
    form.lines.map((line) => line.variantId),
    currency,
  );
  const notices = decideStock(form.lines, variants, reserved);
  const gone = goneProblems(form, notices);
  if (gone.length > 0) return { totals: null, problems: gone, notices };
  const answer = await adminFor(ctx).ask(DraftOrderCalculateDocument, { input: decided.input }, { repeatable: true });
  const { calculatedDraftOrder, userErrors } = answer.draftOrderCalculate ?? { userErrors: [] };
  if (userErrors.length > 0 || !calculatedDraftOrder) {
    return { totals: null, problems: decideFields(userErrors, form.lines), notices };
  }
  return { totals: readTotals(calculatedDraftOrder, calculatedDraftOrder.lineItems, currency), problems: [], notices };
}

/** A line whose variant is gone stops the draft; it is said at the line instead of by Shopify's refusal of the whole. */
export function goneProblems(form: DraftForm, notices: Record<string, LineNotice>): FieldProblem[] {
  return form.lines.flatMap((line, index) =>
    notices[line.key]?.kind === "gone"
      ? [{ field: `lines.${index}.variant`, message: "This product was deleted. Remove the line to go on." }]
      : [],
  );
}
