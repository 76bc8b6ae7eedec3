import { beforeAll, describe, expect, test } from "vitest";
import { whyNotAddress } from "~/channels/api/post";
import { isSignedApi, signApi } from "~/channels/api/signature";
import { isPublicAddress } from "~/platform/public-address";
import "../support/app";

describe("an address", () => {
  test.each(["8.8.8.8", "1.1.1.1", "2606:4700::1111"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "not an address",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("a webhook's address", () => {
  beforeAll(() => expect(process.env["SHOPIFY_APP_URL"]).toContain("127.0.0.1"));
  test("is taken over https, and on this machine while the app is", () => {
    expect(whyNotAddress("https://example.com/hook")).toBeNull();
    expect(whyNotAddress("http://localhost:5600/hook")).toBeNull();
  });
  test.each([
    "http://example.com/hook",
    "https://a:b@example.com/",
    "https://10.0.0.1/",
    "https://[fd00::1]/",
    "https://169.254.169.254/latest",
    "ftp://example.com/",
    "example.com",
    "",
  ])("%j is refused", (address) => {
    expect(whyNotAddress(address)).toMatch(/\w+/);
  });
});

describe("a signature", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const body = Buffer.from('{"a":1}');
  const seconds = (offset: number) => String(now.getTime() / 1_000 + offset);
  const signed = (offset: number, secret = "new") => ({
    timestamp: seconds(offset),
    signature: signApi(secret, seconds(offset), body),
    body,
  });
  test("holds for five minutes either way, with the secret or the one before", () => {
    for (const offset of [0, 300, -300]) expect(isSignedApi(["new", "old"], signed(offset), now)).toBe(true);
    for (const offset of [301, -301]) expect(isSignedApi(["new", "old"], signed(offset), now)).toBe(false);
    expect(isSignedApi(["new", "old"], signed(0, "old"), now)).toBe(true);
    expect(isSignedApi(["new", ""], signed(0, ""), now)).toBe(false);
    expect(isSignedApi(["new"], { ...signed(0), body: Buffer.from('{"a":2}') }, now)).toBe(false);
    expect(isSignedApi(["new"], { ...signed(0), timestamp: "1e9" }, now)).toBe(false);
  });
});
