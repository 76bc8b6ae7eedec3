import { codeApplies } from "../../commerce/discount-codes";
import { OutOfStock, placeOrder } from "../../commerce/place-order";
import type { CheckoutRecord } from "../../records";
import { localePath, type Visit } from "../visit";
import { type Contact, readContact, refreshCheckout, saveCheckout, startCheckout } from "./checkout";
import { shippingRates } from "./rates";
import { stepPage } from "./steps";

/** `/checkout`: opens the checkout of the cart, or sends an empty-handed shopper back to it. */
export function openCheckout(visit: Visit): void {
  if (!visit.cart || visit.cart.lines.length === 0) return void visit.res.redirect(302, localePath(visit, "/cart"));
  visit.res.redirect(302, `/checkouts/${startCheckout(visit, visit.cart).token}/information`);
}

/** `/checkouts/<token>[/<step>]`; false when there is no such checkout. */
export function answerCheckout(
  visit: Visit,
  token: string,
  step: string | undefined,
  fields: Record<string, unknown>,
): boolean {
  const found = visit.shop.get("checkout", token);
  if (!found) return false;
  visit.res.setHeader("Cache-Control", "no-store");
  const order = found.orderId === null ? null : visit.shop.get("order", found.orderId);
  if (order) {
    visit.res.redirect(302, `/orders/${order.statusToken}`);
    return true;
  }
  const checkout = refreshCheckout(visit, found);
  if (checkout.lines.length === 0) visit.res.redirect(302, localePath(visit, "/cart"));
  else if (visit.req.method === "POST") post(visit, checkout, step ?? "", fields);
  else show(visit, checkout, step);
  return true;
}

function show(visit: Visit, checkout: CheckoutRecord, step: string | undefined): void {
  const allowed = furthestStep(visit, checkout);
  const order = ["information", "shipping", "payment"];
  if (step === undefined || order.indexOf(step) < 0 || order.indexOf(step) > order.indexOf(allowed)) {
    return void visit.res.redirect(302, `/checkouts/${checkout.token}/${allowed}`);
  }
  visit.res.type("html").send(stepPage(visit, checkout, step));
}

/** The first step that still misses something. */
function furthestStep(visit: Visit, checkout: CheckoutRecord): string {
  if (!checkout.email || !checkout.shippingAddress) return "information";
  return shippingRates(visit.settings, checkout.lines).length > 0 && !checkout.shippingLine ? "shipping" : "payment";
}

function post(visit: Visit, checkout: CheckoutRecord, step: string, fields: Record<string, unknown>): void {
  const { res } = visit;
  const to = (next: string) => res.redirect(303, `/checkouts/${checkout.token}/${next}`);
  const again = (page: string, errors: Record<string, string>, typed?: Contact["address"]) =>
    void res
      .status(422)
      .type("html")
      .send(stepPage(visit, checkout, page, errors, typed));
  if (step === "information") {
    const read = readContact(visit, fields);
    if ("errors" in read) return void again(step, read.errors, typedAddress(fields));
    const { email, address } = read.contact;
    saveCheckout(visit, checkout, { email, phone: address.phone, shippingAddress: address });
    return void to("shipping");
  }
  if (step === "shipping") {
    const rates = shippingRates(visit.settings, checkout.lines);
    const rate = rates.find(({ code }) => code === fields.rate);
    if (rates.length > 0 && !rate) return void again(step, { form: "Choose a shipping method" });
    saveCheckout(visit, checkout, { shippingLine: rate ?? null });
    return void to("payment");
  }
  if (step === "discount") {
    const code = String(fields.discount ?? "").trim();
    const page = ["information", "shipping", "payment"].find((name) => name === fields.step) ?? "information";
    if (code !== "" && !codeApplies(code, checkout.totals.subtotal)) {
      return void again(page, { discount: "Enter a valid discount code" });
    }
    saveCheckout(visit, checkout, { discountCodes: code === "" ? [] : [code] });
    return void to(page);
  }
  if (step !== "payment") return void to(furthestStep(visit, checkout));
  if (furthestStep(visit, checkout) !== "payment") return void to(furthestStep(visit, checkout));
  if (fields.payment === "decline") return void again(step, { form: "Your card was declined. Nothing was charged." });
  try {
    const order = placeOrder(visit.world, visit.shop, { from: checkout });
    res.redirect(303, `/orders/${order.statusToken}`);
  } catch (error) {
    if (!(error instanceof OutOfStock)) throw error;
    const sold = error.shortages.map((each) => `${each.title}: ${each.available} left of the ${each.asked} you want`);
    again(step, { form: `Some items are no longer available. ${sold.join(". ")}.` });
  }
}

/** What was typed, for showing the form again. */
export function typedAddress(fields: Record<string, unknown>): Contact["address"] {
  const text = (name: string) => String(fields[name] ?? "");
  return {
    id: 0,
    firstName: text("firstName"),
    lastName: text("lastName"),
    company: text("company"),
    address1: text("address1"),
    address2: text("address2"),
    city: text("city"),
    province: null,
    zip: text("zip"),
    countryCode: text("countryCode"),
    phone: text("phone"),
  };
}
