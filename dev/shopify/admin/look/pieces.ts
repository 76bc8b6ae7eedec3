import { linePrice } from "../../commerce/prices";
import type { ImageRecord, LineRecord, TotalsRecord } from "../../records";
import type { Visit } from "../visit";
import { money, words } from "./format";
import { type Html, html, type Piece } from "./html";

type Tone = "good" | "waiting" | "attention" | "plain";

const TONES: Record<string, Tone> = {
  PAID: "plain",
  FULFILLED: "plain",
  COMPLETED: "good",
  PENDING: "waiting",
  OPEN: "waiting",
  INVOICE_SENT: "waiting",
  UNFULFILLED: "attention",
  PARTIALLY_FULFILLED: "attention",
  IN_PROGRESS: "waiting",
  ON_HOLD: "waiting",
  ACTIVE: "good",
  DRAFT: "waiting",
  delivered: "good",
  failed: "attention",
  waiting: "waiting",
};

/** A state as a small pill. The words carry the meaning, the colour only helps. */
export function badge(state: string): Html {
  return html`<span class="badge ${TONES[state] ?? "plain"}">${words(state)}</span>`;
}

export function card(title: Piece, body: Piece, extra?: Piece): Html {
  return html`<section class="card">${title ? html`<header><h2>${title}</h2>${extra}</header>` : null}${body}</section>`;
}

/** A table that scrolls inside its card on a narrow screen instead of widening the page. */
export function table(label: string, heads: Piece[], rows: Html[]): Html {
  return html`<div class="table" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

export function empty(sentence: string): Html {
  return html`<p class="empty">${sentence}</p>`;
}

/** Label and value pairs. */
export function facts(pairs: [string, Piece][]): Html {
  return html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function picture(visit: Visit, image: ImageRecord | null): Html {
  if (!image) return html`<span class="picture" aria-hidden="true"></span>`;
  return html`<img class="picture" src="${visit.settings.storefrontOrigin}${image.path}" alt="" width="40" height="40" loading="lazy">`;
}

/** The lines of an order or a draft with their prices after each line's own discount. */
export function lineTable(visit: Visit, lines: readonly LineRecord[]): Html {
  const { currency } = visit.settings;
  return table(
    "Lines",
    ["Product", "Price", "Quantity", html`<span class="right">Total</span>`],
    lines.map((line) => {
      const gross = line.price * line.quantity;
      const net = linePrice(line);
      return html`<tr><td><div class="with-picture">${picture(visit, line.image)}<div>${
        line.productId ? html`<a href="${visit.base}/products/${line.productId}">${line.title}</a>` : line.title
      }<small>${[line.variantTitle, line.sku].filter(Boolean).join(" · ")}</small>${
        line.discount ? html`<small>Discount: ${line.discount.title ?? "Line discount"}</small>` : null
      }${line.attributes.map((each) => html`<small>${each.key}: ${each.value}</small>`)}</div></div></td>
<td>${money(line.price, currency)}</td><td>${line.quantity}</td>
<td class="right">${net === gross ? null : html`<s>${money(gross, currency)}</s> `}${money(net, currency)}</td></tr>`;
    }),
  );
}

export function totalsList(visit: Visit, totals: TotalsRecord, more: [string, number][] = []): Html {
  const { currency } = visit.settings;
  const rows: [string, number][] = [
    ["Subtotal", totals.subtotal],
    ...(totals.discount ? ([["Discount", -totals.discount]] as [string, number][]) : []),
    ["Shipping", totals.shipping],
    ["Tax", totals.tax],
  ];
  return html`<dl class="totals">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${money(value, currency)}</dd></div>`)}
<div class="total"><dt>Total</dt><dd>${money(totals.total, currency)}</dd></div>${more.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${money(value, currency)}</dd></div>`,
  )}</dl>`;
}

/** Search box and links between views of a list. */
export function listControls(
  visit: Visit,
  query: string,
  views: { label: string; value: string }[],
  view: string,
): Html {
  return html`<div class="list-controls"><nav aria-label="Views">${views.map(
    (each) =>
      html`<a href="${visit.path}?view=${each.value}${query ? html`&q=${encodeURIComponent(query)}` : null}" ${
        each.value === view ? html`aria-current="true"` : null
      }>${each.label}</a>`,
  )}</nav><form role="search" method="get"><input type="hidden" name="view" value="${view}">
<label><span class="hidden">Search</span><input type="search" name="q" value="${query}" placeholder="Search"></label></form></div>`;
}

/** Links to the pages of a list. */
export function pager(
  visit: Visit,
  input: { page: number; size: number; total: number; query: string; view: string },
): Html | null {
  const last = Math.max(1, Math.ceil(input.total / input.size));
  if (last === 1) return null;
  const to = (page: number): string =>
    `${visit.path}?${new URLSearchParams({ view: input.view, q: input.query, page: String(page) })}`;
  return html`<nav class="pager" aria-label="Pages">
${input.page > 1 ? html`<a href="${to(input.page - 1)}" rel="prev">Previous</a>` : null}
<span>${(input.page - 1) * input.size + 1}–${Math.min(input.total, input.page * input.size)} of ${input.total}</span>
${input.page < last ? html`<a href="${to(input.page + 1)}" rel="next">Next</a>` : null}</nav>`;
}
