import { OutOfStock, placeOrder } from "../../commerce/place-order";
import { totalsOf } from "../../commerce/prices";
import { taxOf } from "../../commerce/tax";
import type { DraftOrderRecord } from "../../records";
import type { Visit } from "../visit";
import { typedAddress } from "./answer";
import { readContact } from "./checkout";
import { checkoutPage, summary } from "./frame";
import { html } from "./html";
import { shippingRates } from "./rates";
import { contactFields, type Errors, paymentChoices, shippingChoices } from "./steps";

/**
 * `/invoices/<token>`: the checkout of a draft order. Paying it completes the draft; the shopper's cart is
 * not touched, as in Shopify. False when there is no such draft (any more).
 */
export function answerInvoice(visit: Visit, token: string, fields: Record<string, unknown>): boolean {
  const found = visit.shop.all("draftOrder").find((draft) => draft.invoiceToken === token);
  if (!found) return false;
  const draft = structuredClone(found) as DraftOrderRecord;
  visit.res.setHeader("Cache-Control", "no-store");
  const order = draft.orderId === null ? null : visit.shop.get("order", draft.orderId);
  if (order) visit.res.redirect(302, `/orders/${order.statusToken}`);
  else if (visit.req.method === "POST") pay(visit, draft, fields);
  else visit.res.type("html").send(invoicePage(visit, draft, {}));
  return true;
}

function pay(visit: Visit, draft: DraftOrderRecord, fields: Record<string, unknown>): void {
  const again = (errors: Errors, shown = draft) =>
    void visit.res
      .status(422)
      .type("html")
      .send(invoicePage(visit, shown, errors, String(fields.rate ?? "")));
  const read = readContact(visit, fields);
  if ("errors" in read) {
    const typed = { ...draft, email: String(fields.email ?? ""), shippingAddress: typedAddress(fields) };
    return void again({ ...read.errors, form: "Some fields need your attention." }, typed);
  }
  const rates = draft.shippingLine ? [] : shippingRates(visit.settings, draft.lines);
  const rate = rates.find(({ code }) => code === fields.rate) ?? null;
  if (rates.length > 0 && !rate) return void again({ form: "Choose a shipping method" });
  const { email, address } = read.contact;
  const ready = withTotals(visit, {
    ...draft,
    email,
    phone: address.phone ?? draft.phone,
    shippingAddress: address,
    billingAddress: draft.billingAddress ?? address,
    shippingLine: draft.shippingLine ?? rate,
  });
  if (fields.payment === "decline") return void again({ form: "Your card was declined. Nothing was charged." }, ready);
  try {
    const order = visit.shop.transaction(() => {
      visit.shop.put("draftOrder", draft.id, { ...ready, updatedAt: visit.world.clock().toISOString() });
      return placeOrder(visit.world, visit.shop, { from: ready, enforceStock: true });
    });
    visit.res.redirect(303, `/orders/${order.statusToken}`);
  } catch (error) {
    if (!(error instanceof OutOfStock)) throw error;
    const sold = error.shortages.map((each) => `${each.title}: ${each.available} left of ${each.asked}`);
    again({ form: `Some items are no longer available. ${sold.join(". ")}.` }, ready);
  }
}

function withTotals(visit: Visit, draft: DraftOrderRecord): DraftOrderRecord {
  const { lines, orderDiscount, shippingLine, taxExempt } = draft;
  return {
    ...draft,
    totals: totalsOf({ lines, orderDiscount, shippingLine, taxRate: taxOf(visit.settings).rate, taxExempt }),
  };
}

function invoicePage(visit: Visit, draft: DraftOrderRecord, errors: Errors, rate: string | null = null): string {
  const customer = draft.customerId === null ? null : visit.shop.get("customer", draft.customerId);
  const address =
    draft.shippingAddress ?? customer?.addresses.find(({ id }) => id === customer.defaultAddressId) ?? null;
  const main = html`<h1>Invoice ${draft.name}</h1>${errors.form && html`<div class="alert" role="alert">${errors.form}</div>`}
<form method="post" action="/invoices/${draft.invoiceToken}" novalidate>
${contactFields(visit, { email: draft.email ?? customer?.email ?? null, address }, errors)}
<h2>Shipping method</h2>${
    draft.shippingLine
      ? html`<div class="card"><p>${draft.shippingLine.title}</p></div>`
      : shippingChoices(visit, draft.lines, rate)
  }
<h2>Payment</h2>${paymentChoices}<button class="pay" type="submit">Pay now</button></form>`;
  return checkoutPage(
    visit,
    `Invoice ${draft.name}`,
    main,
    summary(visit, draft.lines, draft.totals, {
      shippingOpen: !draft.shippingLine && draft.lines.some((line) => line.requiresShipping),
    }),
  );
}
