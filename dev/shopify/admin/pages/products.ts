import type { Request } from "express";
import type { ProductRecord } from "../../records";
import { count, money, words } from "../look/format";
import { type Html, html } from "../look/html";
import { layout } from "../look/layout";
import { badge, card, empty, facts, listControls, pager, picture, table } from "../look/pieces";
import type { Visit } from "../visit";
import { listingOf, matches, PAGE_SIZE, pageOf } from "./listing";

const VIEWS = [
  { label: "All", value: "all" },
  { label: "Active", value: "active" },
  { label: "Draft", value: "draft" },
  { label: "Archived", value: "archived" },
];

export function productsPage(visit: Visit, request: Request): string {
  const { shop, base } = visit;
  const listing = listingOf(request, VIEWS);
  const found = shop
    .all("product")
    .filter((each) => listing.view === "all" || each.status.toLowerCase() === listing.view)
    .filter((each) =>
      matches(listing.query, [each.title, each.vendor, each.productType, each.tags.join(" "), skus(each)]),
    );
  const rows = pageOf(found, listing.page).map(
    (product) => html`<tr><td><div class="with-picture">${picture(visit, product.images[0] ?? null)}
<a href="${base}/products/${product.id}">${product.title}</a></div></td><td>${badge(product.status)}</td>
<td>${product.variants.reduce((sum, each) => sum + each.inventoryQuantity, 0)} in stock for ${count(product.variants.length, "variant")}</td>
<td>${product.productType}</td><td>${product.vendor}</td></tr>`,
  );
  return layout(visit, {
    title: "Products",
    body: card(
      null,
      html`${listControls(visit, listing.query, VIEWS, listing.view)}${
        rows.length === 0
          ? empty("No products match.")
          : table("Products", ["Product", "Status", "Inventory", "Type", "Vendor"], rows)
      }${pager(visit, { ...listing, size: PAGE_SIZE, total: found.length })}`,
    ),
  });
}

function skus(product: ProductRecord): string {
  return product.variants.map((each) => each.sku).join(" ");
}

export function productPage(visit: Visit, product: ProductRecord): string {
  const { settings, base } = visit;
  return layout(visit, {
    title: product.title,
    back: { label: "Products", path: "/products" },
    actions: html`${badge(product.status)}<a class="button" href="${settings.storefrontOrigin}/products/${product.handle}" target="_blank" rel="noopener">View in the store</a>`,
    body: html`<div class="columns"><div>${card(
      "Variants",
      html`<form method="post" action="${base}/products/${product.id}/stock">${table(
        "Variants",
        ["Variant", "SKU", "Price", "In stock", "When sold out"],
        product.variants.map(
          (
            each,
          ) => html`<tr><td><div class="with-picture">${picture(visit, each.image)}${each.title}</div></td><td>${each.sku}</td>
<td>${money(each.price, settings.currency)}${
            each.compareAtPrice ? html` <s>${money(each.compareAtPrice, settings.currency)}</s>` : null
          }</td><td><input type="number" name="stock-${each.id}" value="${each.inventoryQuantity}" aria-label="In stock: ${each.title}"></td>
<td>${each.inventoryPolicy === "DENY" ? "Stop selling" : "Keep selling"}</td></tr>`,
        ),
      )}<p class="form-end"><button class="button primary">Save stock</button></p></form>`,
    )}</div><div>${card(
      "Organisation",
      facts([
        ["Type", product.productType],
        ["Vendor", product.vendor],
        ["Tags", product.tags.join(", ") || "—"],
        ["Collections", product.collections.join(", ") || "—"],
      ]),
    )}${card("Change the product", changeForm(visit, product))}</div></div>`,
  });
}

function changeForm(visit: Visit, product: ProductRecord): Html {
  const at = `${visit.base}/products/${product.id}`;
  return html`<form method="post" action="${at}/details"><label class="field"><span>Title</span><input type="text" name="title" value="${product.title}"></label>
<label class="field"><span>Status</span><select name="status">${["ACTIVE", "DRAFT", "ARCHIVED"].map(
    (each) => html`<option value="${each}" ${each === product.status ? html`selected` : null}>${words(each)}</option>`,
  )}</select></label><p class="form-end"><button class="button">Save</button></p></form>
<form method="post" action="${at}/copy"><button class="button">Duplicate</button></form>
<form method="post" action="${at}/delete" data-confirm="Delete ${product.title} for good?"><button class="button">Delete product</button></form>`;
}
