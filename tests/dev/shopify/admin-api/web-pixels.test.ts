import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { uninstallApp } from "../../../../dev/shopify/admin/embedding/install";
import { SCOPES, type Served, type SmallWorld, serve, smallWorld, tokenFor } from "./small-world";

const folder = fileURLToPath(new URL("../storefront/pixel-fixture/", import.meta.url));
let small: SmallWorld;
let api: Served;

beforeEach(async () => {
  small = smallWorld({ scopes: [...SCOPES, "write_pixels", "read_customer_events"] });
  small.world.app.pixels = [{ handle: "pixel-fixture", folder }];
  api = await serve(small);
});
afterEach(async () => {
  await api.close();
  small.close();
});

const create = async (settings: unknown, token?: string) =>
  api.graphql(
    `mutation ($pixel: WebPixelInput!) { webPixelCreate(webPixel: $pixel) { webPixel { id settings } userErrors { field message code } } }`,
    { pixel: { settings } },
    token,
  );
const GOOD = { collector: "https://collector.example/" };

test("one pixel for the app, from an object or its text, found again and changed", async () => {
  const missing = await api.graphql("{ webPixel { id } }");
  expect(missing.errors[0]).toMatchObject({ extensions: { code: "RESOURCE_NOT_FOUND" } });
  const { data } = await create(GOOD);
  expect(data.webPixelCreate.userErrors).toEqual([]);
  const { id, settings } = data.webPixelCreate.webPixel;
  expect(JSON.parse(settings)).toEqual(GOOD);
  expect((await create(JSON.stringify(GOOD))).data.webPixelCreate.userErrors[0].code).toBe("TAKEN");
  expect((await api.graphql("{ webPixel { id } }")).data.webPixel.id).toBe(id);
  const changed = await api.graphql(
    `mutation ($id: ID!, $pixel: WebPixelInput!) { webPixelUpdate(id: $id, webPixel: $pixel) { webPixel { settings } userErrors { code } } }`,
    { id, pixel: { settings: '{"collector":"https://other.example/"}' } },
  );
  expect(changed.data.webPixelUpdate).toEqual({
    webPixel: { settings: '{"collector":"https://other.example/"}' },
    userErrors: [],
  });
  const gone = `mutation ($id: ID!) { webPixelDelete(id: $id) { deletedWebPixelId userErrors { code } } }`;
  expect((await api.graphql(gone, { id })).data.webPixelDelete.deletedWebPixelId).toBe(id);
  expect((await api.graphql(gone, { id })).data.webPixelDelete.userErrors[0].code).toBe("NOT_FOUND");
});

test.each([
  ["{", "INVALID_CONFIGURATION_JSON"],
  ["[]", "INVALID_CONFIGURATION_JSON"],
  [{}, "INVALID_SETTINGS"],
  [{ ...GOOD, more: "1" }, "INVALID_SETTINGS"],
  [{ collector: 5 }, "INVALID_SETTINGS"],
  [{ collector: "short" }, "INVALID_SETTINGS"],
  [{ collector: "https://two\nlines.example" }, "INVALID_SETTINGS"],
])("settings %j are refused as %s", async (settings, code) => {
  expect((await create(settings)).data.webPixelCreate).toMatchObject({ webPixel: null, userErrors: [{ code }] });
});

test("without an extension, a scope or the app there is none", async () => {
  expect((await create(GOOD, tokenFor(small, ["write_pixels"]))).errors[0].message).toContain("read_customer_events");
  expect((await create(GOOD, tokenFor(small, ["read_customer_events"]))).errors[0].message).toContain("write_pixels");
  await create(GOOD);
  uninstallApp(small.world, small.shop);
  expect(small.shop.all("webPixel")).toEqual([]);
  const other = smallWorld({ scopes: small.world.app.scopes });
  const served = await serve(other);
  const { data } = await served.graphql(
    `mutation { webPixelCreate(webPixel: { settings: "{}" }) { userErrors { code } } }`,
  );
  expect(data.webPixelCreate.userErrors[0].code).toBe("NO_EXTENSION");
  await served.close();
  other.close();
});
