import { describe, expect, it } from "vitest";
import { openShops } from "./open-shop";
import { Shopper } from "./shopper";

const shops = openShops();
const northwind = () => new Shopper(shops.northwind.origin);

const person = () => {
  const found = shops.northwind.shop
    .all("customer")
    .find(
      ({ id, email, password }) =>
        email && password && shops.northwind.shop.all("order").some((order) => order.customerId === id),
    );
  if (!found?.email || !found.password) throw new Error("the small seed has no customer with orders");
  return { ...found, email: found.email, password: found.password };
};

describe("browsing", () => {
  it.each([
    "/",
    "/collections",
    "/collections/all",
    "/search?q=jacket",
    "/cart",
    "/pages/contact",
    "/policies/privacy-policy",
    "/account/login",
  ])("%s is a whole page without a complaint, in both themes and in Arabic", async (path) => {
    for (const { origin } of [shops.northwind, shops.lumen]) {
      for (const prefix of ["", "/ar"]) {
        const answer = await new Shopper(origin).get(prefix + path);
        const html = await answer.text();
        expect(answer.status).toBe(200);
        expect(html).toContain(prefix ? 'dir="rtl"' : 'dir="ltr"');
        expect(html.trim().endsWith("</html>")).toBe(true);
        expect(html).not.toMatch(/liquid-error|Translation missing|\[object Object\]|undefined/);
      }
    }
  });

  it("shows each product with its variants and stock, and drafts to nobody", async () => {
    for (const product of shops.northwind.shop.all("product")) {
      const answer = await northwind().get(`/products/${product.handle}`);
      expect(answer.status).toBe(product.status === "ACTIVE" ? 200 : 404);
      if (product.status !== "ACTIVE") continue;
      const html = await answer.text();
      expect(html).not.toContain("liquid-error");
      for (const variant of product.variants) expect(html).toContain(`"id": ${variant.id},`);
    }
  });

  it("pages through a collection, sorts it, and leaves out what is sold out", async () => {
    const all = await northwind().page("/collections/all?sort_by=price-ascending");
    const prices = [...all.matchAll(/<span>(?:From )?€([\d,.]+)<\/span>/g)].map(([, price]) =>
      Number(price?.replace(",", "")),
    );
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
    expect(prices.length).toBeGreaterThan(5);
    const inStock = await northwind().page("/collections/all?filter.v.availability=1");
    expect(inStock).toContain('value="1" data-submit-on-change checked');
    expect(inStock).not.toContain("badge--muted");
  });

  it("answers 404 in the theme for what is not there", async () => {
    for (const path of ["/nope", "/products/nope", "/collections/nope", "/pages/nope", "/products/a/b", "/%E0%A4%A"]) {
      const answer = await northwind().get(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain("Off the map");
    }
  });

  it("escapes what a shopper types", async () => {
    const html = await northwind().page(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).not.toContain("<script>alert(1)");
    const refusal = await northwind().page(
      `/products/field-jacket?cart_error=${encodeURIComponent("<script>alert(1)</script>")}`,
    );
    expect(refusal).not.toContain("<script>alert(1)");
  });

  it("escapes what a merchant, a customer and a line call themselves", async () => {
    const { shop } = shops.northwind;
    const product = shop.get("product", shop.all("product").find(({ handle }) => handle === "field-jacket")?.id ?? 0);
    if (!product) throw new Error("no jacket");
    const evil = "<img src=x onerror=alert(1)>";
    shop.put("product", product.id, { ...product, title: evil });
    const customer = person();
    shop.put("customer", customer.id, { ...customer, firstName: evil, lastName: evil });
    const shopper = northwind();
    await shopper.postForm("/account/login", {
      "customer[email]": customer.email,
      "customer[password]": customer.password,
    });
    const variant = product.variants.find(({ inventoryQuantity }) => inventoryQuantity > 0);
    await shopper.postJson("/cart/add.js", { id: variant?.id, properties: { [evil]: evil } });
    const checkout = (await shopper.follow(await shopper.get("/checkout"))).html;
    const paths = ["/", "/collections/all", "/products/field-jacket", "/cart", "/account", "/account/login"];
    const pages = await Promise.all(paths.map((path) => shopper.page(path)));
    for (const html of [checkout, ...pages]) expect(html.includes(evil)).toBe(false);
    shop.put("product", product.id, product);
    shop.put("customer", customer.id, customer);
  });

  it("gives scripts products, suggestions and recommendations", async () => {
    const product = (await (await northwind().get("/products/field-jacket.js")).json()) as {
      id: number;
      variants: { id: number }[];
    };
    expect(product.variants.length).toBeGreaterThan(1);
    expect((await northwind().get("/products/nope.js")).status).toBe(404);
    const found = (await (await northwind().get("/search/suggest.json?q=fiel&resources[limit]=3")).json()) as {
      resources: { results: { products: { handle: string; image: string }[] } };
    };
    expect(found.resources.results.products[0]).toMatchObject({
      handle: "field-jacket",
      image: expect.stringContaining(shops.northwind.origin),
    });
    const also = (await (
      await northwind().get(`/recommendations/products.json?product_id=${product.id}&limit=2`)
    ).json()) as { products: { id: number }[] };
    expect(also.products.length).toBeLessThanOrEqual(2);
    expect(also.products.map(({ id }) => id)).not.toContain(product.id);
    const picture = await northwind().get("/cdn/products/field-jacket-olive.svg?width=300");
    expect(picture.headers.get("content-type")).toBe("image/svg+xml");
  });
});

describe("an account", () => {
  it("opens with the right password only, and shows that customer's orders", async () => {
    const shopper = northwind();
    const customer = person();
    expect((await shopper.get("/account")).headers.get("location")).toBe("/account/login");
    const wrong = await shopper.postForm("/account/login", {
      "customer[email]": customer.email,
      "customer[password]": "wrong",
    });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain("Incorrect email or password.");
    const right = await shopper.postForm("/account/login", {
      "customer[email]": customer.email.toUpperCase(),
      "customer[password]": customer.password,
    });
    expect(right.status).toBe(303);
    const cookie = right.headers.getSetCookie().find((line) => line.startsWith("_customer_northwind-outfitters="));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const page = (await shopper.follow(right)).html;
    const own = shops.northwind.shop.all("order").filter(({ customerId }) => customerId === customer.id);
    for (const order of own) expect(page).toContain(order.name);
    expect(page.match(/\/orders\/[0-9a-f]+/g)).toHaveLength(own.length);
    expect((await shopper.get(`/orders/${own[0]?.statusToken}`)).status).toBe(200);
    await shopper.get("/account/logout");
    expect((await shopper.get("/account")).status).toBe(302);
  });

  it("takes no forged session and none of the other shop", async () => {
    const customer = person();
    const forged = northwind();
    forged.cookies.set("_customer_northwind-outfitters", `${customer.id}.${"0".repeat(64)}`);
    expect((await forged.get("/account")).status).toBe(302);
    const shopper = northwind();
    await shopper.postForm("/account/login", {
      "customer[email]": customer.email,
      "customer[password]": customer.password,
    });
    const other = new Shopper(shops.lumen.origin);
    other.cookies.set("_customer_lumen-home", shopper.cookies.get("_customer_northwind-outfitters") ?? "");
    expect((await other.get("/account")).status).toBe(302);
  });

  it("offers demo customers for one click, and only those", async () => {
    const shopper = northwind();
    const login = await shopper.page("/account/login");
    const offered = [...login.matchAll(/name="demo_customer" value="(\d+)"/g)].map(([, id]) => Number(id));
    expect(offered.length).toBeGreaterThan(1);
    expect(login).toContain("Local stand-in");
    const stranger = shops.northwind.shop.all("customer").find(({ id }) => !offered.includes(id));
    expect((await shopper.postForm("/account/login", { demo_customer: String(stranger?.id) })).status).toBe(422);
    expect((await shopper.postForm("/account/login", { demo_customer: String(offered[0]) })).status).toBe(303);
  });

  it("goes back only to this storefront after signing in", async () => {
    const customer = person();
    for (const [asked, path] of [
      ["/cart", "/cart"],
      ["//evil.example", "/account"],
      ["https://evil.example", "/account"],
      ["/\\evil.example", "/account"],
    ] as const) {
      const answer = await northwind().postForm("/account/login", {
        "customer[email]": customer.email,
        "customer[password]": customer.password,
        return_url: asked,
      });
      expect(answer.headers.get("location")).toBe(path);
    }
  });

  it("ties the cart of a guest who signs in to the customer", async () => {
    const customer = person();
    const shopper = northwind();
    const variant = shops.northwind.shop
      .all("product")
      .flatMap(({ variants, status }) => (status === "ACTIVE" ? variants : []))
      .find(({ inventoryQuantity }) => inventoryQuantity > 0);
    await shopper.postJson("/cart/add.js", { id: variant?.id });
    await shopper.postForm("/account/login", {
      "customer[email]": customer.email,
      "customer[password]": customer.password,
    });
    const token = decodeURIComponent(shopper.cookies.get("cart_northwind-outfitters") ?? "").split("?")[0] ?? "";
    expect(shops.northwind.shop.get("cart", token)?.customerId).toBe(customer.id);
  });
});

describe("languages", () => {
  it("change with the footer's form and keep the page", async () => {
    const answer = await northwind().postForm("/localization", {
      locale_code: "ar",
      return_to: "/products/field-jacket",
    });
    expect(answer.headers.get("location")).toBe("/ar/products/field-jacket");
    const back = await northwind().postForm("/ar/localization", { locale_code: "en", return_to: "//evil.example" });
    expect(back.headers.get("location")).toBe("/");
  });

  it("carry the platform's facts into the page", async () => {
    const danish = await northwind().page("/da/");
    expect(danish).toContain('"locale":"da"');
    expect(danish).toContain('"routes":{"root":"/da/"}');
    expect(danish).toContain('"country":"DK"');
    expect(danish).toContain("standard-actions.js");
    const lumen = await new Shopper(shops.lumen.origin).page("/");
    expect(lumen).toContain('"active":"USD"');
    expect(lumen).not.toContain("standard-actions.js");
  });
});
