import { linePrice } from "../../commerce/prices";
import type { LineRecord, TotalsRecord } from "../../records";
import { money } from "../liquid/filters/money";
import type { Visit } from "../visit";
import { Html, html } from "./html";

/**
 * The page around checkout, invoice and order status. It is the platform's, not the theme's: no theme
 * file and no app embed is rendered on it, as on Shopify.
 */
export function checkoutPage(visit: Visit, title: string, main: Html, aside: Html, scripts = ""): string {
  const right = ["ar", "he", "fa", "ur"].includes(visit.locale);
  return html`<!doctype html>
<html lang="${visit.locale}" dir="${right ? "rtl" : "ltr"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} – ${visit.settings.name}</title>
<link rel="icon" href="/favicon.ico"><style>${new Html(styles)}</style>${new Html(scripts)}</head>
<body><div class="page"><div class="main"><header><a class="brand" href="/">${visit.settings.name}</a></header>
<main>${main}</main>
<footer><a href="/policies/refund-policy">Returns</a> <a href="/policies/privacy-policy">Privacy policy</a> <a href="/policies/terms-of-service">Terms of service</a></footer></div>
<aside aria-label="Order summary">${aside}</aside></div></body></html>`.text;
}

/** The lines and totals beside a checkout. Hidden properties (`_x`) are not shown to the buyer. */
export function summary(
  visit: Visit,
  lines: readonly LineRecord[],
  totals: TotalsRecord,
  options: { beforeTotals?: Html; shippingOpen?: boolean } = {},
): Html {
  const { currency } = visit.settings;
  const cost = (minor: number) => money(minor, currency);
  return html`<h2 class="visually-hidden">Order summary</h2><ul class="lines">${lines.map(
    (
      line,
    ) => html`<li><span class="thumb">${line.image && html`<img src="${line.image.path}" alt="" width="64" height="64">`}<span class="count" aria-hidden="true">${line.quantity}</span></span>
<span class="what"><strong>${line.title}</strong>${line.variantTitle && html`<small>${line.variantTitle}</small>`}${line.attributes
      .filter(({ key }) => !key.startsWith("_"))
      .map(
        ({ key, value }) => html`<small>${key}: ${value}</small>`,
      )}<small class="visually-hidden">Quantity ${line.quantity}</small></span>
<span class="price">${linePrice(line) < line.price * line.quantity && html`<s>${cost(line.price * line.quantity)}</s> `}${cost(linePrice(line))}</span></li>`,
  )}</ul>${options.beforeTotals}
<dl class="totals"><dt>Subtotal</dt><dd>${cost(totals.subtotal)}</dd>
${totals.discount > 0 && html`<dt>Discount</dt><dd>−${cost(totals.discount)}</dd>`}
<dt>Shipping</dt><dd>${options.shippingOpen ? "Not chosen yet" : totals.shipping > 0 ? cost(totals.shipping) : "Free"}</dd>
${totals.tax > 0 && html`<dt>Taxes</dt><dd>${cost(totals.tax)}</dd>`}
<dt class="total">Total</dt><dd class="total"><small>${currency}</small> ${cost(totals.total)}</dd></dl>`;
}

export function field(
  label: string,
  name: string,
  value: string | null | undefined,
  errors: Record<string, string>,
  attributes: { type?: string; autocomplete?: string; wide?: boolean } = {},
): Html {
  const error = errors[name];
  return html`<div class="field${attributes.wide ? " wide" : ""}"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${attributes.type ?? "text"}" value="${value ?? ""}" autocomplete="${attributes.autocomplete ?? "on"}"${
    error && html` aria-invalid="true" aria-describedby="${name}-error"`
  }>${error && html`<p class="error" id="${name}-error">${error}</p>`}</div>`;
}

const styles = `
*{box-sizing:border-box}body{margin:0;font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;color:#1f1f1f;background:#fff}
a{color:#1257a8}.page{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,27rem);min-height:100vh}
.main{padding:2rem clamp(1rem,5vw,4rem);max-width:44rem;width:100%;justify-self:end}
aside{background:#f6f6f4;border-inline-start:1px solid #e3e3e0;padding:2rem clamp(1rem,3vw,2.5rem)}
.brand{font-size:1.4rem;font-weight:700;color:inherit;text-decoration:none;letter-spacing:-.01em}
nav ol{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;padding:0;margin:.6rem 0 1.6rem;font-size:.85rem;color:#6a6a6a}
nav li+li:before{content:"›";margin-inline-end:.4rem}nav li[aria-current]{color:#1f1f1f;font-weight:600}
h1{font-size:1.35rem;margin:1.2rem 0 .8rem}h2{font-size:1.05rem;margin:1.6rem 0 .7rem}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:.8rem}.wide{grid-column:1/-1}
label{display:block;font-size:.82rem;color:#555;margin-bottom:.2rem}
input:not([type=radio]):not([type=checkbox]),select,textarea{width:100%;padding:.7rem .75rem;font:inherit;border:1px solid #8d8d8d;border-radius:6px;background:#fff;min-height:44px}
input:focus-visible,select:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid #1257a8;outline-offset:1px}
[aria-invalid]{border-color:#b3261e!important}.error{color:#b3261e;font-size:.85rem;margin:.2rem 0 0}
.choice{display:flex;gap:.7rem;align-items:center;padding:.9rem 1rem;border:1px solid #d0d0cc;margin-top:-1px;min-height:48px;color:#1f1f1f;font-size:1rem}
.choice:first-of-type{border-radius:6px 6px 0 0}.choice:last-of-type{border-radius:0 0 6px 6px}.choice b{margin-inline-start:auto;font-weight:600}
button.pay{display:block;width:100%;margin:1.6rem 0 0;padding:1rem;font:inherit;font-size:1.05rem;font-weight:600;color:#fff;background:#1257a8;border:0;border-radius:6px;cursor:pointer;min-height:52px}
button.pay:hover{background:#0d447f}button.small{padding:.6rem 1rem;border:1px solid #8d8d8d;border-radius:6px;background:#fff;font:inherit;cursor:pointer;min-height:44px}
.row{display:flex;gap:.6rem;align-items:end;margin:1rem 0}.row .field{flex:1}
.back{display:inline-block;margin-top:1rem}.notice{background:#fff4e0;border:1px solid #e0b45c;border-radius:6px;padding:.8rem 1rem;margin:1rem 0}
.alert{background:#fdecea;border:1px solid #d9847c;border-radius:6px;padding:.8rem 1rem;margin:1rem 0}
.lines{list-style:none;margin:0;padding:0;display:grid;gap:1rem}.lines li{display:grid;grid-template-columns:64px 1fr auto;gap:.9rem;align-items:center}
.thumb{position:relative;width:64px;height:64px;border-radius:8px;border:1px solid #ddd;background:#fff;display:block}.thumb img{border-radius:7px;width:100%;height:100%;object-fit:cover}
.count{position:absolute;top:-8px;inset-inline-end:-8px;background:#5c5c5c;color:#fff;border-radius:99px;font-size:.72rem;min-width:20px;text-align:center;padding:1px 5px}
.what small{display:block;color:#666}.price{white-space:nowrap}.price s{color:#666}
.totals{display:grid;grid-template-columns:1fr auto;gap:.45rem;margin:1.4rem 0 0}dd{margin:0;text-align:end}.total{font-size:1.2rem;font-weight:700;padding-top:.5rem}.total small{font-weight:400;color:#666}
.card{border:1px solid #ddd;border-radius:8px;padding:1rem 1.2rem;margin:1rem 0}.card p{margin:.2rem 0}
.review{display:grid;grid-template-columns:6rem 1fr auto;gap:.3rem 1rem;margin:0}.review dt{color:#666}.review dd{text-align:start}
footer{border-top:1px solid #e3e3e0;margin-top:2.5rem;padding-top:1rem;display:flex;gap:1rem;font-size:.85rem;flex-wrap:wrap}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:52rem){.page{grid-template-columns:minmax(0,1fr)}aside{order:-1;border:0;border-bottom:1px solid #e3e3e0;padding:1.2rem 1rem}.main{justify-self:stretch;max-width:none;padding:1.2rem 1rem 2rem}}
@media(max-width:24rem){.fields{grid-template-columns:1fr}.lines li{grid-template-columns:56px 1fr auto}}
`;
