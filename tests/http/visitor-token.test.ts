import { SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import {
  isVisitorToken,
  readVisitorToken,
  signVisitorToken,
  tokenSeconds,
  verifyVisitorToken,
} from "~/http/visitor-token";
import { newId } from "~/platform/ids";
import { type Storefront, testStorefront } from "../support/storefront";

let front: Storefront;
beforeAll(async () => {
  front = await testStorefront();
});

const claims = { shop: newId(), visitor: newId(), signedInAs: null, generation: "g" };

describe("a visitor token", () => {
  it("says what it was given, until fifteen minutes are over", async () => {
    const now = new Date("2026-11-21T12:00:00Z");
    const { token, expiresAt } = await signVisitorToken(claims, now);
    expect(expiresAt).toBe("2026-11-21T12:15:00.000Z");
    expect(await readVisitorToken(token, now)).toEqual({ ...claims, expiresAt: new Date(expiresAt) });
    expect(await readVisitorToken(token, new Date(now.getTime() + tokenSeconds * 1000 + 1))).toBeNull();
    expect(isVisitorToken(token)).toBe(true);
  });

  it("is nothing when changed, signed by another, of another kind, or without a signature", async () => {
    const now = new Date();
    const { token } = await signVisitorToken(claims, now);
    const [head, body, signature] = token.split(".") as [string, string, string];
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, "base64url").toString()), sub: newId() }),
    );
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const others = await new SignJWT({ shop: claims.shop, as: null, gen: "g" })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer("throughline")
      .setAudience("storefront")
      .setSubject(claims.visitor)
      .setIssuedAt()
      .setExpirationTime("5m")
      // The API secret itself, which Shopify's session tokens are signed with, is not the key.
      .sign(new TextEncoder().encode(process.env["SHOPIFY_API_SECRET"]));
    for (const bad of [
      `${head}.${forged.toString("base64url")}.${signature}`,
      `${none}.${body}.`,
      `${head}.${body}`,
      `${token}x`,
      others,
      "",
      "nonsense",
    ]) {
      expect(await readVisitorToken(bad, now)).toBeNull();
    }
  });

  it("opens nothing when its visitor is gone", async () => {
    const { token } = await front.open();
    expect(await verifyVisitorToken(token, front.app)).not.toBeNull();
    const { actor } = await front.shopper(token);
    await front.app.db.prisma.visitor.deleteMany({ where: { id: actor.visitorId } });
    expect(await verifyVisitorToken(token, front.app)).toBeNull();
  });
});
