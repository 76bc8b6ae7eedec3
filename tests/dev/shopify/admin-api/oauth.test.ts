import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  idToken,
  OTHER_SHOP,
  type Served,
  SHOP,
  type SmallWorld,
  STAFF,
  serve,
  smallWorld,
  tokenFor,
} from "./small-world";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

let small: SmallWorld;
let api: Served;

beforeEach(async () => {
  small = smallWorld();
  api = await serve(small);
});

afterEach(async () => {
  await api.close();
  small.close();
});

const post = (parameters: Record<string, string>, host = SHOP) =>
  api.send(
    host,
    "/admin/oauth/access_token",
    JSON.stringify({ client_id: "throughline-test", client_secret: "hush-hush-hush", ...parameters }),
  );

const exchange = async (more: Record<string, string> = {}, host = SHOP) =>
  post(
    {
      grant_type: EXCHANGE,
      subject_token: await idToken(small),
      subject_token_type: ID_TOKEN,
      requested_token_type: OFFLINE,
      expiring: "1",
      ...more,
    },
    host,
  );

/** The status of a query with this token. */
const opens = async (token: string) =>
  (
    await api.send(SHOP, "/admin/api/2026-07/graphql.json", JSON.stringify({ query: "{ shop { name } }" }), {
      "x-shopify-access-token": token,
    })
  ).status;

describe("token exchange", () => {
  test("gives an expiring offline token with its refresh token", async () => {
    const { status, body } = await exchange();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      scope: small.world.app.scopes.join(","),
      expires_in: 3600,
      refresh_token_expires_in: 7_776_000,
    });
    expect(body.access_token).toMatch(/^shpat_[0-9a-f]{32}$/);
    expect(await opens(body.access_token)).toBe(200);
    small.pass(3_600_000);
    expect(await opens(body.access_token)).toBe(401);
  });

  test("keeps one expiring offline token alive: the next one ends it", async () => {
    const first = (await exchange()).body;
    const second = (await exchange()).body;
    expect(await opens(first.access_token)).toBe(401);
    expect(await opens(second.access_token)).toBe(200);
    const refreshed = await post({ grant_type: "refresh_token", refresh_token: first.refresh_token });
    expect(refreshed).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("gives an online token with the person it stands for, beside the offline one", async () => {
    const offline = (await exchange()).body;
    const { body } = await exchange({ requested_token_type: ONLINE });
    expect(body).toMatchObject({
      expires_in: 86_399,
      associated_user: { id: STAFF, first_name: "Maya", account_owner: true, locale: "en" },
    });
    expect(body.refresh_token).toBeUndefined();
    expect(await opens(body.access_token)).toBe(200);
    expect(await opens(offline.access_token)).toBe(200);
  });

  test("gives the same lasting token again when expiring is not asked for", async () => {
    const first = (await exchange({ expiring: "0" })).body;
    expect(first).not.toHaveProperty("expires_in");
    expect((await exchange({ expiring: "0" })).body.access_token).toBe(first.access_token);
  });

  test("accepts a form body too", async () => {
    const form = new URLSearchParams({
      client_id: "throughline-test",
      client_secret: "hush-hush-hush",
      grant_type: EXCHANGE,
      subject_token: await idToken(small),
      subject_token_type: ID_TOKEN,
      requested_token_type: OFFLINE,
      expiring: "1",
    });
    const type = { "content-type": "application/x-www-form-urlencoded" };
    expect((await api.send(SHOP, "/admin/oauth/access_token", form.toString(), type)).status).toBe(200);
  });

  test.each([
    ["an expired id token", async () => idToken(small, { exp: Math.floor(small.world.clock().getTime() / 1000) - 1 })],
    [
      "one that is not valid yet",
      async () => idToken(small, { nbf: Math.floor(small.world.clock().getTime() / 1000) + 60 }),
    ],
    ["one of another app", async () => idToken(small, { aud: "another-app" })],
    [
      "one of another shop",
      async () => idToken(small, { iss: `https://${OTHER_SHOP}/admin`, dest: `https://${OTHER_SHOP}` }),
    ],
    ["one signed with another secret", async () => idToken(small, {}, "guess")],
    ["one of nobody on the staff", async () => idToken(small, { sub: "1" })],
    ["nonsense", async () => "nonsense"],
    ["nothing", async () => ""],
  ])("refuses %s", async (_name, token) => {
    const reply = await exchange({ subject_token: await token() });
    expect(reply).toMatchObject({ status: 400, body: { error: "invalid_subject_token" } });
  });

  test("refuses a wrong client, an unknown grant and a shop without the app", async () => {
    expect(await exchange({ client_secret: "guess" })).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
    expect(await exchange({ client_id: "other" })).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    expect(await post({ grant_type: "password" })).toMatchObject({
      status: 400,
      body: { error: "unsupported_grant_type" },
    });
    expect(await exchange({ requested_token_type: "x" })).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
    small.shop.delete("installation", small.world.app.clientId);
    expect(await exchange()).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    expect((await exchange({}, "nobody.myshopify.com")).status).toBe(404);
    expect((await api.send(SHOP, "/admin/oauth/access_token", "{not json")).body.error).toBe("invalid_request");
  });
});

describe("refresh", () => {
  test("rotates: each refresh token works once and the old access token ends", async () => {
    const first = (await exchange()).body;
    const second = await post({ grant_type: "refresh_token", refresh_token: first.refresh_token });
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    expect(await opens(first.access_token)).toBe(401);
    expect(await opens(second.body.access_token)).toBe(200);
    const again = await post({ grant_type: "refresh_token", refresh_token: first.refresh_token });
    expect(again).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("works after the access token has expired, not after 90 days", async () => {
    const first = (await exchange()).body;
    small.pass(2 * 3_600_000);
    const second = await post({ grant_type: "refresh_token", refresh_token: first.refresh_token });
    expect(second.status).toBe(200);
    small.pass(91 * 86_400_000);
    const late = await post({ grant_type: "refresh_token", refresh_token: second.body.refresh_token });
    expect(late.status).toBe(400);
  });

  test("a lasting token is migrated once, and cannot be used afterwards", async () => {
    const old = (await exchange({ expiring: "0" })).body.access_token as string;
    const migrate = () => exchange({ subject_token: old, subject_token_type: OFFLINE });
    const migrated = await migrate();
    expect(migrated.status).toBe(200);
    expect(migrated.body.expires_in).toBe(3600);
    expect(await opens(old)).toBe(401);
    expect(await opens(migrated.body.access_token)).toBe(200);
    expect(await migrate()).toMatchObject({ status: 400, body: { error: "invalid_subject_token" } });
  });
});

test("uninstalling ends every token at once", async () => {
  const { access_token } = (await exchange()).body;
  const installation = small.shop.get("installation", small.world.app.clientId);
  if (!installation) throw new Error("not installed");
  small.shop.put("installation", small.world.app.clientId, { ...installation, installedAt: null });
  expect(await opens(access_token)).toBe(401);
  expect(await opens(tokenFor(small))).toBe(401);
});
