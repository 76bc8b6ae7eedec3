import { expect, test } from "vitest";
import { authorization } from "~/channels/vendors/x/oauth";

test("a request is signed as in X's own example", () => {
  const keys = {
    consumerKey: "xvz1evFS4wEEPTGEFPHBog",
    consumerSecret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    accessToken: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    accessTokenSecret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
  };
  const header = authorization(keys, "POST", "https://api.twitter.com/1.1/statuses/update.json?include_entities=true", {
    form: new URLSearchParams({ status: "Hello Ladies + Gentlemen, a signed OAuth request!" }),
    nonce: "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
    at: new Date(1_318_622_958_000),
  });
  expect(header).toContain('oauth_signature="hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D"');
});
