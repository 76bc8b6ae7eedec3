import { CartError } from "../../commerce/cart-error";
import { answerCart } from "../ajax/cart";
import { asSections } from "../ajax/input";
import { followDiscountLink, followPermalink } from "../ajax/permalink";
import { productJson } from "../ajax/product-json";
import { recommended, suggest } from "../ajax/search";
import { renderSections } from "../ajax/sections";
import { answerCheckout, openCheckout } from "../checkout/answer";
import { answerInvoice } from "../checkout/invoice";
import { orderStatusPage } from "../checkout/order-status";
import { renderPage, themeState } from "../liquid/page";
import { renderSectionById } from "../liquid/sections";
import { productObject, visibleProducts } from "../objects/product";
import { isLocalPath, localePath, type Visit } from "../visit";
import { answerAccount } from "./account";
import { pageFor } from "./page-for";

type Fields = Record<string, unknown>;

/** Everything that is not an asset, the AJAX cart or the app proxy. Unknown paths get the theme's 404. */
export function answerPage(visit: Visit, fields: Fields): void {
  const { req, path } = visit;
  if (platformPage(visit, fields) || dataPage(visit)) return;
  if (path === "/localization" && req.method === "POST") return void changeLanguage(visit, fields);
  if (path === "/cart" && req.method === "POST") return void postCart(visit, fields);
  themePage(visit);
}

/** Account, checkout, invoice and order pages. */
function platformPage(visit: Visit, fields: Fields): boolean {
  const [area, token = "", step] = visit.path.split("/").slice(1);
  if (area === "account") return answerAccount(visit, fields);
  if (area === "checkout" && token === "") {
    openCheckout(visit);
    return true;
  }
  if (area === "cart" && /^\d+:\d+/.test(token) && step === undefined) {
    followPermalink(visit, token);
    return true;
  }
  if (area === "discount" && token && step === undefined) {
    followDiscountLink(visit, token);
    return true;
  }
  if (area === "checkouts" && token) return answerCheckout(visit, token, step, fields);
  if (area === "invoices" && token && step === undefined) return answerInvoice(visit, token, fields);
  if (area === "orders" && token && step === undefined) {
    const order = visit.shop.all("order").find(({ statusToken }) => statusToken === token);
    if (!order) return false;
    visit.res.setHeader("Cache-Control", "no-store");
    visit.res.type("html").send(orderStatusPage(visit, order));
    return true;
  }
  return false;
}

/** JSON for scripts: products, search suggestions, recommendations. */
function dataPage(visit: Visit): boolean {
  const { path, req, res } = visit;
  const handle = /^\/products\/([^/]+)\.(?:js|json)$/.exec(path)?.[1];
  if (handle) {
    const product = visibleProducts(visit).find((each) => each.handle === handle);
    if (product) res.json(productJson(visit, product));
    else res.status(404).json({ status: 404, message: "Not Found", description: "Not Found" });
    return true;
  }
  if (path === "/search/suggest.json") {
    res.json(suggest(visit));
    return true;
  }
  if (path !== "/recommendations/products.json" && path !== "/recommendations/products") return false;
  const limit = Math.min(10, Math.max(1, Number(req.query.limit) || 10));
  const products = recommended(visit, Number(req.query.product_id), limit);
  if (path.endsWith(".json"))
    res.json({ intent: "related", products: products.map((each) => productJson(visit, each)) });
  else {
    const objects = {
      recommendations: { "performed?": true, products: products.map((each) => productObject(visit, each)) },
    };
    const state = themeState(visit, "product", objects);
    res.type("html").send(renderSectionById(state, "product", String(req.query.section_id ?? "")) ?? "");
  }
  return true;
}

/** A page of the theme, or some of its sections: https://shopify.dev/docs/api/ajax/section-rendering */
function themePage(visit: Visit): void {
  const { req, res } = visit;
  if (req.method !== "GET" && req.method !== "HEAD") return void res.status(404).type("html").send(notFound(visit));
  const page = pageFor(visit);
  const one = req.query.section_id;
  if (typeof one === "string") {
    const html = renderSectionById(themeState(visit, page.template, page.objects), page.template, one);
    return void res
      .status(html === null ? 404 : page.status)
      .type("html")
      .send(html ?? "");
  }
  if (req.query.sections !== undefined) {
    try {
      const names = asSections(req.query.sections);
      return void res.status(page.status).json(renderSections(visit, names, undefined));
    } catch (error) {
      if (!(error instanceof CartError)) throw error;
      return void res.status(error.status).json(error.body);
    }
  }
  res.setHeader("Cache-Control", "no-store");
  res
    .status(page.status)
    .type("html")
    .send(renderPage(visit, page.template, page.objects));
}

function notFound(visit: Visit): string {
  return renderPage(visit, "404", { page_title: "Page not found" });
}

/** The cart page's form: the quantities and the note, then the checkout when that button was pressed. */
function postCart(visit: Visit, fields: Fields): void {
  visit.req.body = fields;
  answerCart(visit, { name: "update", json: false });
}

function changeLanguage(visit: Visit, fields: Fields): void {
  const asked = String(fields.locale_code ?? fields.language_code ?? "");
  const locale = visit.theme.locales.has(asked) ? asked : visit.theme.defaultLocale;
  const back = String(fields.return_to ?? "/");
  const path = isLocalPath(back) ? back : "/";
  const root = locale === visit.theme.defaultLocale ? "/" : `/${locale}/`;
  visit.res.redirect(302, localePath({ ...visit, root }, path));
}
