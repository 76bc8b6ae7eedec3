import type { Request, Response } from "express";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { renderPage, themeState } from "../../../../dev/shopify/storefront/liquid/page";
import { loadTheme, type Theme } from "../../../../dev/shopify/storefront/liquid/theme";
import { openVisit } from "../../../../dev/shopify/storefront/visit";
import { openShops } from "./open-shop";

const shops = openShops();
let theme: Theme;
beforeAll(() => {
  theme = loadTheme("meridian");
});

/** Renders a piece of Liquid as a theme's snippet would be on `path`. */
function render(source: string, path = "/", objects: Record<string, unknown> = {}): string {
  const url = new URL(path, "http://localhost:1");
  const query = Object.fromEntries(url.searchParams);
  const req = { path: url.pathname, query, headers: { host: "localhost:1" }, protocol: "http" } as unknown as Request;
  const visit = openVisit(shops.northwind.world, shops.northwind.shop, theme, req, {} as Response);
  return theme.engine.render("test", source, {}, themeState(visit, "index", objects));
}

describe("filters", () => {
  it.each([
    ["{{ 123450 | money }}", "€1,234.50"],
    ["{{ 5 | money_with_currency }}", "€0.05 EUR"],
    ["{{ 1900 | money_without_trailing_zeros }}", "€19"],
    ["{{ nil | money }}", ""],
    ["{{ 'Rain Jacket (Ölive)' | handleize }}", "rain-jacket-olive"],
    ["{{ '</script>' | json }}", '"\\u003c/script\\u003e"'],
    ["{{ '<b>' | escape }}", "&lt;b&gt;"],
    ["{{ nil | default: 'x' }}", "x"],
    ["{{ 2 | pluralize: 'item', 'items' }}", "items"],
    [
      "{{ 'https://x/a.css' | stylesheet_tag }}",
      '<link href="https://x/a.css" rel="stylesheet" type="text/css" media="all">',
    ],
    ["{{ 'https://x/a.js' | script_tag }}", '<script src="https://x/a.js" type="text/javascript"></script>'],
    ["{{ '//h/a.svg' | image_url: width: 200 }}", "//h/a.svg?width=200"],
    ["{{ '#1f5c4a' | color_brightness }}", "71.71"],
  ])("%s gives %s", (source, expected) => {
    expect(render(source)).toBe(expected);
  });

  it("give an asset its fingerprint", () => {
    expect(render("{{ 'base.css' | asset_url }}")).toMatch(
      /^\/\/localhost:1\/cdn\/shop\/t\/1\/assets\/base\.css\?v=[0-9a-f]{12}$/,
    );
  });

  it("translate: nested keys, arguments escaped, plurals of each language, and a missing key named", () => {
    expect(render("{{ 'cart.open' | t: count: 1 }}/{{ 'cart.open' | t: count: 2 }}")).toBe(
      "Cart with 1 item/Cart with 2 items",
    );
    expect(render("{{ 'collections.count' | t: count: 3 }}/{{ 'collections.count' | t: count: 11 }}", "/ar/")).toBe(
      "3 منتجات/11 منتجًا",
    );
    expect(render("{{ 'account.hello' | t: name: '<i>' }}")).toBe("Hello &lt;i&gt;");
    expect(render("{{ 'no.such' | t }}", "/da/")).toBe("Translation missing: da.no.such");
  });
});

describe("tags", () => {
  it("leave schema and doc out, and put style into the page", () => {
    expect(render('a{% schema %}{ "x": "{{ y }}" }{% endschema %}{% doc %} {% if %} {% enddoc %}b')).toBe("ab");
    expect(render("{% style %}.a{color:{{ 'red' }}}{% endstyle %}")).toBe("<style data-shopify>.a{color:red}</style>");
  });

  it("form posts to the right place in the page's language, and knows only Shopify's kinds", () => {
    const form = render("{% form 'product', product, id: 'f', data-x: 'y' %}in{% endform %}", "/ar/", {
      product: { id: 7 },
    });
    expect(form).toContain('action="/ar/cart/add"');
    expect(form).toContain(' id="f" data-x="y"');
    expect(form).toContain('name="product-id" value="7"');
    expect(form).toContain("in</form>");
    expect(render("{% form 'nonsense' %}{% endform %}")).toContain("not a kind of form");
  });

  it("paginate gives the items of the page only", () => {
    const source =
      "{% paginate collections['all'].products by 5 %}{% endpaginate %}{% paginate search.results by 2 %}{{ search.results | join: '' }}|{{ paginate.pages }}|{{ paginate.next.url }}{% endpaginate %}";
    expect(
      render(source.slice(source.indexOf("{% paginate search")), "/search?q=a&page=2", {
        search: { results: [1, 2, 3, 4, 5] },
      }),
    ).toBe("34|3|/search?q=a&page=3");
  });
});

describe("what is unknown", () => {
  it.each([
    ["an object", "{% if cutomer %}x{% endif %}", 'unknown object "cutomer"'],
    ["an object inside a form", "{% form 'cart' %}{{ crat.note }}{% endform %}", 'unknown object "crat"'],
    ["a filter", "{{ 1 | moeny }}", "undefined filter: moeny"],
    ["a tag", "{% nonsense %}", "nonsense"],
    ["an asset", "{{ 'none.css' | asset_url }}", "no asset none.css"],
    ["a section", "{% section 'none' %}", "no such section"],
  ])("is said on the page and in the log: %s", (_, source, message) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(render(source)).toContain(message.replace(/"/g, '"'));
    expect(log).toHaveBeenCalledWith(expect.stringContaining(message));
    log.mockRestore();
  });
});

describe.each(["meridian", "classic"])("the theme %s", (name) => {
  it("renders every template in every language without a complaint", () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const each = loadTheme(name);
    const { world } = shops.northwind;
    const shop = name === "meridian" ? shops.northwind.shop : shops.lumen.shop;
    for (const locale of each.locales.keys()) {
      const path = locale === each.defaultLocale ? "/" : `/${locale}/`;
      const req = { path, query: {}, headers: { host: "localhost:1" }, protocol: "http" } as unknown as Request;
      const visit = openVisit(world, shop, each, req, {} as Response);
      for (const template of ["index", "404", "cart", "list-collections", "customers/login"]) {
        const html = renderPage(visit, template, { demo_customers: [], page: { return_url: "/" } });
        expect(html).not.toContain("Translation missing");
        expect(html).not.toContain("liquid-error");
        expect(html).not.toContain("[object Object]");
      }
    }
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  it("has the same texts in every language", () => {
    const each = loadTheme(name);
    const keys = (value: object, prefix = ""): string[] =>
      Object.entries(value).flatMap(([key, inner]) => {
        const isPlural = typeof inner === "object" && "other" in inner;
        return typeof inner === "object" && !isPlural ? keys(inner, `${prefix}${key}.`) : [`${prefix}${key}`];
      });
    const expected = keys(each.locales.get(each.defaultLocale) ?? {});
    for (const [locale, messages] of each.locales) expect([locale, keys(messages)]).toEqual([locale, expected]);
  });
});
