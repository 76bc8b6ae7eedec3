import { beforeAll, describe, expect, it } from "vitest";
import { ShopifyDenied, ShopifyDown } from "~/shopify/admin-errors";
import { offlineToken } from "~/shopify/offline-token";
import { issueExpiringOffline } from "../../dev/shopify/admin-api/oauth/tokens";
import { SHOP } from "../dev/shopify/admin-api/small-world";
import { type Stage, setStage } from "../support/stage";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

/** The session as it stands after an hour: its token has ended, its refresh token has not. */
async function ended(): Promise<string> {
  const { shop, world } = stage.small;
  const token = issueExpiringOffline(world, shop, world.app.scopes);
  await stage.app.db.prisma.session.update({
    where: { id: `offline_${SHOP}` },
    data: {
      accessToken: token.accessToken,
      refreshToken: token.refreshToken,
      expires: new Date(Date.now() + 60_000),
      refreshTokenExpires: new Date(Date.now() + 90 * 86_400_000),
    },
  });
  return token.accessToken;
}

const live = () => stage.small.shop.all("token").filter((one) => one.expiresAt !== null && !one.revoked);

describe("the shop's offline token", () => {
  it("is the stored one while it lasts", async () => {
    expect(await offlineToken(SHOP)).toBe(`shpat_${SHOP}`);
  });

  it("is refreshed once, however many need it at once: a second refresh would revoke the first's", async () => {
    const before = await ended();
    const tokens = await Promise.all([1, 2, 3, 4].map(() => offlineToken(SHOP)));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(before);
    expect(live().map(({ accessToken }) => accessToken)).toEqual([tokens[0]]);
  });

  it("is ShopifyDown while Shopify does not answer the refresh, and comes with the next try", async () => {
    await ended();
    stage.trouble.next = ["502"];
    await expect(offlineToken(SHOP)).rejects.toBeInstanceOf(ShopifyDown);
    expect(await offlineToken(SHOP)).toMatch(/^shpat_/);
  });

  it("is ShopifyDenied when the refresh token has ended too", async () => {
    await ended();
    const refreshTokenExpires = new Date(Date.now() - 1_000);
    await stage.app.db.prisma.session.update({ where: { id: `offline_${SHOP}` }, data: { refreshTokenExpires } });
    await expect(offlineToken(SHOP)).rejects.toBeInstanceOf(ShopifyDenied);
  });

  it("is ShopifyDenied for a shop that has not installed the app", async () => {
    await expect(offlineToken("nobody.myshopify.com")).rejects.toBeInstanceOf(ShopifyDenied);
  });
});
