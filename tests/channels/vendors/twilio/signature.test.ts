import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isFromTwilio, signTwilio } from "~/channels/vendors/twilio/signature";

const token = "12345";
const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
const form = (fields: Record<string, string> | [string, string][]) => new URLSearchParams(fields);
const call = {
  To: "+18005551212",
  Digits: "1234",
  Caller: "+14158675309",
  From: "+14158675309",
  CallSid: "CA1234567890ABCDE",
};
const request = (fields: URLSearchParams, signature: string | null, at = url) => ({
  url: at,
  contentType: "application/x-www-form-urlencoded; charset=UTF-8",
  body: new TextEncoder().encode(fields.toString()),
  signature,
});

describe("a form", () => {
  test("is signed as in Twilio's own example", () => {
    expect(signTwilio(url, form(call), token)).toBe("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    expect(isFromTwilio(request(form(call), "RSOYDt4T1cUTdK1PDd93/VVr8B8="), token)).toBe(true);
  });

  test.each([
    ["another token", () => signTwilio(url, form(call), "54321")],
    ["another field", () => signTwilio(url, form({ ...call, Digits: "1235" }), token)],
    ["a field more", () => signTwilio(url, form({ ...call, New: "1" }), token)],
    ["another address", () => signTwilio(url.replace("foo=1", "foo=2"), form(call), token)],
    ["nothing", () => ""],
    ["no base64", () => "%%%"],
    ["something behind it", () => `${signTwilio(url, form(call), token)}x`],
    ["a part of it", () => signTwilio(url, form(call), token).slice(0, 10)],
  ])("signed with %s is refused", (_, signature) => {
    expect(isFromTwilio(request(form(call), signature()), token)).toBe(false);
  });

  test("without a signature, or for an account without a token, is refused", () => {
    expect(isFromTwilio(request(form(call), null), token)).toBe(false);
    expect(isFromTwilio(request(form(call), signTwilio(url, form(call), "")), "")).toBe(false);
  });

  test("counts a field that is there twice once a value, in order", () => {
    const twice = form([
      ["MediaUrl", "b"],
      ["MediaUrl", "a"],
      ["MediaUrl", "b"],
    ]);
    const once = signTwilio(
      url,
      form([
        ["MediaUrl", "a"],
        ["MediaUrl", "b"],
      ]),
      token,
    );
    expect(isFromTwilio(request(twice, once), token)).toBe(true);
  });

  test("keeps umlauts, emoji, plus signs and empty fields", () => {
    const fields = form({ Body: "Grüße 👋 a+b=c & d", Empty: "", From: "+4915112345678" });
    expect(isFromTwilio(request(fields, signTwilio(url, fields, token)), token)).toBe(true);
  });

  test.each([
    ["https://a.example/x", "https://a.example:443/x"],
    ["https://a.example:443/x", "https://a.example/x"],
    ["http://a.example/x?y=1", "http://a.example:80/x?y=1"],
    ["https://a.example:8443/x", "https://a.example/x"],
  ])("sent to %s may be signed for %s", (sent, signed) => {
    expect(isFromTwilio(request(form(call), signTwilio(signed, form(call), token), sent), token)).toBe(true);
  });
});

describe("a JSON body", () => {
  const body = new TextEncoder().encode('{"a":1}');
  const hash = createHash("sha256").update(body).digest("hex");
  const at = `https://a.example/x?bodySHA256=${hash}`;
  const json = (changes: object = {}) => ({
    url: at,
    contentType: "application/json",
    body,
    signature: signTwilio(at, null, token),
    ...changes,
  });

  test("is bound to the address that names its hash", () => {
    expect(isFromTwilio(json(), token)).toBe(true);
    expect(isFromTwilio(json({ body: new TextEncoder().encode('{"a":2}') }), token)).toBe(false);
  });

  test("whose address names no hash is refused, however well the address is signed", () => {
    const bare = "https://a.example/x";
    expect(isFromTwilio(json({ url: bare, signature: signTwilio(bare, null, token) }), token)).toBe(false);
  });
});
