import { cartAttribute } from "~/carts/cart";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { attributeNames } from "~/draft-orders/attributes";
import type { Hint } from "./hints";

/** A webhook that means something to us only when it is about what we know. */
export interface Candidate {
  webhookId: string;
  about: Hint;
  payload: unknown;
}

const ownNames = new Set<unknown>([cartAttribute, ...Object.values(attributeNames)]);

/**
 * Which of these webhooks are about a cart, a draft order or a customer of ours: by our own attributes in them, the
 * cart's token, or the record's id. Three statements for however many.
 */
export async function oursAmong(tx: Transaction, ctx: Context, candidates: readonly Candidate[]): Promise<Set<string>> {
  const shopId = ctx.shop.id;
  const of = (kind: Hint["kind"]) => candidates.flatMap(({ about }) => (about.kind === kind ? about.id : []));
  const tokens = candidates.flatMap(({ payload }) => cartTokenOf(payload) ?? []);
  const carts = await known(tokens, () =>
    tx.cart.findMany({ where: { shopId, token: { in: tokens } }, select: { token: true } }),
  );
  const drafts = await known(of("draft-orders"), (ids) =>
    tx.draftOrder.findMany({
      where: { shopId, shopifyDraftOrderId: { in: ids } },
      select: { shopifyDraftOrderId: true },
    }),
  );
  const customers = await known(of("customers"), (ids) =>
    tx.customer.findMany({ where: { shopId, shopifyCustomerId: { in: ids } }, select: { shopifyCustomerId: true } }),
  );
  const ours = candidates.filter(({ about, payload }) => {
    const token = cartTokenOf(payload);
    return hasOurAttributes(payload) || (token && carts.has(token)) || drafts.has(about.id) || customers.has(about.id);
  });
  return new Set(ours.map((one) => one.webhookId));
}

async function known(names: string[], find: (names: string[]) => Promise<object[]>): Promise<Set<unknown>> {
  if (names.length === 0) return new Set();
  return new Set((await find(names)).flatMap((row) => Object.values(row)));
}

function cartTokenOf(payload: unknown): string | null {
  const { cart_token: token } = payload as { cart_token?: unknown };
  return typeof token === "string" && token !== "" ? (token.split("?")[0] ?? null) : null;
}

function hasOurAttributes(payload: unknown): boolean {
  const { note_attributes: pairs } = payload as { note_attributes?: unknown };
  return Array.isArray(pairs) && pairs.some((pair: { name?: unknown } | null) => ownNames.has(pair?.name));
}
