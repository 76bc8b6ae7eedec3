import type { AddressRecord, CheckoutRecord } from "../../records";
import { money } from "../liquid/filters/money";
import { checkoutPixels } from "../pixels/tags";
import type { Visit } from "../visit";
import { checkoutPage, field, summary } from "./frame";
import { Html, html } from "./html";
import { shippingRates } from "./rates";

export type Errors = Record<string, string>;

const countries = "AT BE CA CH CZ DE DK EE ES FI FR GB GR HU IE IS IT LT LU LV NL NO PL PT RO SE SI SK US".split(" ");

const steps = [
  ["information", "Information"],
  ["shipping", "Shipping"],
  ["payment", "Payment"],
] as const;

/** The fields of a contact and address, with what is known filled in. */
export function contactFields(
  visit: Visit,
  known: { email: string | null; address: AddressRecord | null },
  errors: Errors,
): Html {
  const { address } = known;
  const chosen = address?.countryCode ?? visit.settings.countryCode;
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  return html`<h2>Contact</h2>
${visit.customer ? null : html`<p>Have an account? <a href="/account/login?return_url=${encodeURIComponent(visit.path)}">Log in</a></p>`}
<div class="fields">${field("Email", "email", known.email, errors, { type: "email", autocomplete: "email", wide: true })}</div>
<h2>Shipping address</h2><div class="fields">
<div class="field wide"><label for="countryCode">Country/Region</label><select id="countryCode" name="countryCode" autocomplete="country">${countries.map(
    (code) => html`<option value="${code}"${code === chosen && new Html(" selected")}>${names.of(code)}</option>`,
  )}</select></div>
${field("First name (optional)", "firstName", address?.firstName, errors, { autocomplete: "given-name" })}
${field("Last name", "lastName", address?.lastName, errors, { autocomplete: "family-name" })}
${field("Company (optional)", "company", address?.company, errors, { autocomplete: "organization", wide: true })}
${field("Address", "address1", address?.address1, errors, { autocomplete: "address-line1", wide: true })}
${field("Apartment, suite, etc. (optional)", "address2", address?.address2, errors, { autocomplete: "address-line2", wide: true })}
${field("Postal code", "zip", address?.zip, errors, { autocomplete: "postal-code" })}
${field("City", "city", address?.city, errors, { autocomplete: "address-level2" })}
${field("Phone (optional)", "phone", address?.phone, errors, { type: "tel", autocomplete: "tel", wide: true })}</div>`;
}

export function shippingChoices(visit: Visit, lines: CheckoutRecord["lines"], chosen: string | null): Html {
  const rates = shippingRates(visit.settings, lines);
  if (rates.length === 0) return html`<p>Nothing here has to be shipped.</p>`;
  const checked = rates.some(({ code }) => code === chosen) ? chosen : (rates[0]?.code ?? null);
  return html`<div role="radiogroup" aria-label="Shipping method">${rates.map(
    (rate) =>
      html`<label class="choice"><input type="radio" name="rate" value="${rate.code}"${rate.code === checked && new Html(" checked")}> ${rate.title} <b>${rate.price === 0 ? "Free" : money(rate.price, visit.settings.currency)}</b></label>`,
  )}</div>`;
}

/** Payment is the stand-in's: nothing is charged, and a refusal can be tried. */
export const paymentChoices = html`<p class="notice"><strong>Test payment.</strong> This is a local stand-in for Shopify: no card is asked for and nothing is charged.</p>
<div role="radiogroup" aria-label="Payment">
<label class="choice"><input type="radio" name="payment" value="accept" checked> Test card that is accepted</label>
<label class="choice"><input type="radio" name="payment" value="decline"> Test card that is declined</label></div>`;

/** One of the three steps of a checkout. */
export function stepPage(
  visit: Visit,
  checkout: CheckoutRecord,
  step: string,
  errors: Errors = {},
  typed?: AddressRecord,
): string {
  const back = `/checkouts/${checkout.token}`;
  const main = html`<nav aria-label="Breadcrumb"><ol><li><a href="/cart">Cart</a></li>${steps.map(
    ([name, label]) =>
      html`<li${name === step && new Html(' aria-current="step"')}>${name === step ? label : html`<a href="${back}/${name}">${label}</a>`}</li>`,
  )}</ol></nav><h1 class="visually-hidden">Checkout</h1>
${errors.form && html`<div class="alert" role="alert">${errors.form}</div>`}
${step === "information" ? null : review(checkout)}
<form method="post" action="${back}/${step}" novalidate>${
    step === "information"
      ? contactFields(visit, { email: checkout.email, address: typed ?? checkout.shippingAddress }, errors)
      : step === "shipping"
        ? html`<h2>Shipping method</h2>${shippingChoices(visit, checkout.lines, checkout.shippingLine?.code ?? null)}`
        : html`<h2>Payment</h2>${paymentChoices}`
  }
<button class="pay" type="submit">${step === "information" ? "Continue to shipping" : step === "shipping" ? "Continue to payment" : "Pay now"}</button></form>
<a class="back" href="${step === "information" ? "/cart" : step === "shipping" ? `${back}/information` : `${back}/shipping`}">${step === "information" ? "Return to cart" : "Back"}</a>`;
  return checkoutPage(
    visit,
    "Checkout",
    main,
    summary(visit, checkout.lines, checkout.totals, {
      beforeTotals: discountForm(checkout, step, errors),
      shippingOpen: step === "information" && checkout.lines.some((line) => line.requiresShipping),
    }),
    checkoutPixels(visit, { checkout, step, order: null }),
  );
}

function discountForm(checkout: CheckoutRecord, step: string, errors: Errors): Html {
  return html`<form class="row" method="post" action="/checkouts/${checkout.token}/discount"><input type="hidden" name="step" value="${step}">
${field("Discount code", "discount", checkout.discountCodes.join(", "), errors)}<button class="small" type="submit">Apply</button></form>`;
}

function review(checkout: CheckoutRecord): Html {
  const address = checkout.shippingAddress;
  const change = `/checkouts/${checkout.token}/information`;
  return html`<div class="card"><dl class="review"><dt>Contact</dt><dd>${checkout.email}</dd><dd><a href="${change}">Change</a></dd>
${address && html`<dt>Ship to</dt><dd>${[address.address1, `${address.zip} ${address.city}`, address.countryCode].join(", ")}</dd><dd></dd>`}
${checkout.shippingLine && html`<dt>Method</dt><dd>${checkout.shippingLine.title}</dd><dd></dd>`}</dl></div>`;
}
