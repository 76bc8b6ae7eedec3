import { moneyFormat } from "../liquid/filters/money";
import { localePath, type Visit } from "../visit";
import { cartObject } from "./cart";
import { allCollections, collectionObject } from "./collection";
import { customerObject } from "./customer";
import { Lookup, TemplateObject } from "./lookup";
import { productObject, visibleProducts } from "./product";

/** The objects that every template, section, snippet and app block can read. */
export function globalObjects(visit: Visit, template: string): Record<string, unknown> {
  const { settings, theme, shop } = visit;
  const host = new URL(visit.origin).host;
  const language = (iso: string) => ({
    iso_code: iso,
    endonym_name: new Intl.DisplayNames([iso], { type: "language" }).of(iso) ?? iso,
    name: new Intl.DisplayNames(["en"], { type: "language" }).of(iso) ?? iso,
    primary: iso === theme.defaultLocale,
    root_url: iso === theme.defaultLocale ? "/" : `/${iso}`,
  });
  const languages = [...theme.locales.keys()].map(language);
  const country = {
    iso_code: settings.countryCode,
    name: new Intl.DisplayNames([visit.locale], { type: "region" }).of(settings.countryCode) ?? settings.countryCode,
    currency: { iso_code: settings.currency, symbol: moneyFormat(settings.currency).replace("{{amount}}", "").trim() },
  };
  const path = (name: string) => localePath(visit, name);
  return {
    shop: {
      id: settings.id,
      name: settings.name,
      email: settings.email,
      currency: settings.currency,
      money_format: moneyFormat(settings.currency),
      money_with_currency_format: `${moneyFormat(settings.currency)} ${settings.currency}`,
      domain: host,
      permanent_domain: shop.domain,
      url: visit.origin,
      secure_url: visit.origin,
      locale: theme.defaultLocale,
      published_locales: languages,
      customer_accounts_enabled: true,
      products_count: visibleProducts(visit).length,
      collections_count: shop.all("collection").length,
      privacy_policy: { title: "Privacy policy", url: path("/policies/privacy-policy") },
      address: { country_code: settings.countryCode, country: country.name },
    },
    request: {
      host,
      origin: visit.origin,
      path: localePath(visit, visit.path),
      page_type: new TemplateObject(template).name,
      design_mode: visit.req.query.design_mode === "1",
      visual_preview_mode: false,
      locale: language(visit.locale),
    },
    routes: {
      root_url: path("/").replace(/(.)\/$/, "$1"),
      cart_url: path("/cart"),
      cart_add_url: path("/cart/add"),
      cart_change_url: path("/cart/change"),
      cart_update_url: path("/cart/update"),
      cart_clear_url: path("/cart/clear"),
      search_url: path("/search"),
      predictive_search_url: path("/search/suggest"),
      product_recommendations_url: path("/recommendations/products"),
      collections_url: path("/collections"),
      all_products_collection_url: path("/collections/all"),
      account_url: path("/account"),
      account_login_url: path("/account/login"),
      account_logout_url: path("/account/logout"),
    },
    localization: {
      available_languages: languages,
      language: language(visit.locale),
      country,
      available_countries: [country],
    },
    settings: theme.settings,
    theme: { id: 1, name: theme.about.name, role: "main" },
    template: new TemplateObject(template),
    cart: cartObject(visit),
    customer: visit.customer ? customerObject(visit, visit.customer) : null,
    collections: new Lookup(
      (handle) => collectionObject(visit, handle),
      () => allCollections(visit),
    ),
    all_products: new Lookup(
      (handle) => {
        const found = visibleProducts(visit).find((product) => product.handle === handle);
        return found ? productObject(visit, found) : null;
      },
      () => visibleProducts(visit).map((product) => productObject(visit, product)),
    ),
    linklists: {
      "main-menu": {
        title: "Main menu",
        handle: "main-menu",
        links: shop.all("collection").map(({ handle, title }) => ({
          title,
          handle,
          url: path(`/collections/${handle}`),
          active: visit.path.startsWith(`/collections/${handle}`),
          links: [],
        })),
      },
    },
    current_page: Number(visit.req.query.page ?? 1) || 1,
    page_title: settings.name,
    page_description: "",
    canonical_url: `${visit.origin}${localePath(visit, visit.path)}`,
    powered_by_link: "",
  };
}
