import { cookieNames } from "../cookies";
import { moneyFormat } from "./filters/money";
import { safeJson } from "./filters/text";
import type { RenderState } from "./state";

/** Countries whose visitors are asked before anything is tracked. */
const consentCountries = new Set(
  "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);

/** Whether visitors of a shop in this country must be asked first. */
function asksConsent(countryCode: string): boolean {
  return consentCountries.has(countryCode);
}

/**
 * `content_for_header`: the platform's own scripts. `Shopify.actions` comes as a module, so it is there
 * after DOMContentLoaded, as https://shopify.dev/docs/api/storefront-events-and-actions/actions/call says.
 */
export function contentForHeader(state: RenderState): string {
  const { visit } = state;
  const { settings, theme } = visit;
  const shopify = {
    shop: visit.shop.domain,
    locale: visit.locale,
    currency: { active: settings.currency, rate: "1.0" },
    country: settings.countryCode,
    theme: { name: theme.about.name, id: 1, schema_name: theme.about.name, role: "main" },
    routes: { root: visit.root },
    designMode: visit.req.query.design_mode === "1",
    cdnHost: new URL(visit.origin).host,
    money_format: moneyFormat(settings.currency),
  };
  const privacy = {
    cookie: cookieNames(visit.shop.domain).consent,
    required: asksConsent(settings.countryCode),
    region: settings.countryCode,
  };
  const page = {
    pageType: String((state.globals.template as { name: string }).name),
    resourceId: (state.globals.product as { id?: number } | undefined)?.id ?? null,
  };
  const scripts = [
    `<script id="shopify-features" type="application/json">${safeJson({ shopId: settings.id, locale: visit.locale })}</script>`,
    `<script>window.Shopify=Object.assign(window.Shopify||{},${safeJson(shopify)});${shopify.designMode ? "" : "delete window.Shopify.designMode;"}window.__localPrivacy=${safeJson(privacy)};</script>`,
    `<script src="/cdn/shopifycloud/privacy.js"></script>`,
    `<script>window.ShopifyAnalytics={meta:{page:${safeJson(page)},currency:${safeJson(settings.currency)}}};</script>`,
  ];
  if (theme.about.standardActions)
    scripts.push(`<script type="module" src="/cdn/shopifycloud/standard-actions.js"></script>`);
  return scripts.join("\n");
}
