import { privacyOf, type ThemePage, themePixels } from "../pixels/tags";
import { moneyFormat } from "./filters/money";
import { safeJson } from "./filters/text";
import type { RenderState } from "./state";

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
  const privacy = privacyOf(visit);
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
  scripts.push(themePixels(visit, pageOf(state)));
  return scripts.join("\n");
}

/** What the page's template was given to show. */
function pageOf({ globals }: RenderState): ThemePage {
  const { product, collection, search } = globals as {
    product?: { id: number };
    collection?: NonNullable<ThemePage["collection"]>;
    search?: NonNullable<ThemePage["search"]>;
  };
  return {
    template: String((globals.template as { name: string }).name),
    productId: product?.id ?? null,
    collection: collection ?? null,
    search: search ?? null,
  };
}
