import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { App } from "~/app.server";
import { formToken, isFormToken } from "~/http/form-token";
import { resetLimits } from "~/http/limits";
import { action, loader } from "~/routes/forms.$shopId";
import { formDoor, nameFormSites, sitesOf } from "~/settings/form-sites";
import { testApp } from "../support/app";
import { type TestClock, type TestShop, testShop } from "../support/context";

let app: App & { clock: TestClock };
let shop: TestShop;
let site: string;

beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  resetLimits();
  shop = await testShop(app.db);
  site = `https://${shop.base.shop.domain}`;
});

const ada = { email: "ada@shopper.example", message: "Is it true to size?" };
const token = (secondsAgo: number) =>
  formToken(shop.base.shop.id, new Date(app.clock.now().getTime() - secondsAgo * 1000));

async function post(
  fields: Record<string, string>,
  headers: Record<string, string> = { origin: site },
): Promise<Response> {
  const url = `http://127.0.0.1:4403/forms/${shop.base.shop.id}`;
  const type = { "content-type": "application/x-www-form-urlencoded", ...headers };
  const request = new Request(url, { method: "POST", headers: type, body: new URLSearchParams(fields) });
  return action({ request, params: { shopId: shop.base.shop.id }, context: { address: "192.0.2.1" } } as never);
}
const kept = () => app.db.prisma.message.count({ where: { shopId: shop.base.shop.id } });

describe("a form on a website", () => {
  it("is taken and thanked for", async () => {
    const said = await post({ ...ada, token: token(10) });
    expect(said.status).toBe(200);
    expect(await said.text()).toContain("Your message was sent");
    expect(await kept()).toBe(1);
  });

  it("is shown once more to whoever has no script, in their language, and then taken", async () => {
    const said = await post({ ...ada, language: "de-AT" });
    const page = await said.text();
    expect(page).toContain("Prüfen Sie Ihre Nachricht");
    expect(page).toContain("ada@shopper.example");
    expect(await kept()).toBe(0);
    const given = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";
    app.clock.advance(5_000);
    expect(await (await post({ ...ada, token: given })).text()).toContain("Your message was sent");
    expect(await kept()).toBe(1);
  });

  it("goes back to a page of the store's, and to no other", async () => {
    const there = await post({ ...ada, token: token(10), redirect: `${site}/pages/thanks` });
    expect([there.status, there.headers.get("location")]).toEqual([303, `${site}/pages/thanks`]);
    for (const redirect of [
      "https://evil.example/",
      `${site}.evil.example/`,
      "javascript:alert(1)",
      "//evil.example",
    ]) {
      expect((await post({ ...ada, token: token(10), redirect })).status).toBe(200);
    }
  });

  it("keeps nothing of what fills in the field that nobody sees, and says nothing of it", async () => {
    const said = await post({ ...ada, token: token(10), website: "https://spam.example" });
    expect(await said.text()).toContain("Your message was sent");
    expect(await kept()).toBe(0);
  });

  it("says what is wrong, with what was typed still there and none of it run", async () => {
    const said = await post({ ...ada, email: `"><script>{{ shop }}{% x %}`, token: token(10) });
    const page = await said.text();
    expect(said.status).toBe(422);
    expect(page).toContain("This is not an e-mail address.");
    expect(page).not.toMatch(/<script|\{\{|\{%/);
  });

  it("is refused from other websites, from nowhere, as another type, and too often", async () => {
    expect((await post(ada, { origin: "https://evil.example" })).status).toBe(403);
    expect((await post(ada, {})).status).toBe(403);
    expect((await post(ada, { origin: "null" })).status).toBe(403);
    expect((await post(ada, { referer: `${site}/pages/contact` })).status).toBe(200);
    expect((await post(ada, { origin: site, "content-type": "text/plain" })).status).toBe(415);
    for (let count = 0; count < 20; count += 1) await post(ada);
    expect((await post(ada)).status).toBe(429);
  });

  it("is shown by itself, and not for a shop that is not there", async () => {
    const get = (shopId: string) =>
      loader({
        request: new Request("http://127.0.0.1/"),
        params: { shopId },
        context: { address: "192.0.2.1" },
      } as never);
    const page = await get(shop.base.shop.id);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain("<h1>Contact us</h1>");
    expect((await get("x")).status).toBe(404);
  });
});

describe("a token", () => {
  it("counts for its shop, once it could have been read and for a day", () => {
    const now = app.clock.now();
    const { id } = shop.base.shop;
    expect(isFormToken(token(10), id, now)).toBe(true);
    expect(isFormToken(token(1), id, now)).toBe(false);
    expect(isFormToken(token(90_000), id, now)).toBe(false);
    expect(isFormToken(token(-10), id, now)).toBe(false);
    expect(isFormToken(token(10), "another", now)).toBe(false);
    expect(isFormToken(`${token(10).slice(0, -2)}AA`, id, now)).toBe(false);
    expect(isFormToken("", id, now)).toBe(false);
  });
});

describe("the websites that may post", () => {
  it("are the store's own and those that the merchant names", async () => {
    const anna = await shop.staff();
    expect(
      await nameFormSites(anna, "www.northwind.example\nhttps://blog.example/contact www.northwind.example"),
    ).toEqual(["https://www.northwind.example", "https://blog.example"]);
    expect(await formDoor(anna)).toEqual({
      address: `http://127.0.0.1:4403/forms/${shop.base.shop.id}`,
      sites: ["https://www.northwind.example", "https://blog.example"],
      answerable: false,
    });
    expect(await sitesOf(anna)).toEqual([site, "https://www.northwind.example", "https://blog.example"]);
    expect((await post(ada, { origin: "https://blog.example" })).status).toBe(200);
    await expect(nameFormSites(anna, "javascript:alert(1)")).rejects.toMatchObject({ fields: [{ field: "sites" }] });
    await expect(nameFormSites(anna, "nowhere")).rejects.toMatchObject({ fields: [{ field: "sites" }] });
  });
});
