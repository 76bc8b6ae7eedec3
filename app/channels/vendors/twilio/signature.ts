import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** A request as Twilio signed it. */
export interface SignedRequest {
  /** The whole address that Twilio was told, with its query as it was sent: not what a proxy made of it. */
  url: string;
  contentType: string | null;
  body: Uint8Array;
  /** X-Twilio-Signature. */
  signature: string | null;
}

/**
 * Whether Twilio sent this: HMAC-SHA1 with the account's auth token over the address and, of a form, its fields sorted by
 * name and joined without anything between; of any other body the address names its SHA-256 as `bodySHA256`. Twilio may or
 * may not write the port in an address that it signs. https://www.twilio.com/docs/usage/security#validating-requests
 */
export function isFromTwilio(request: SignedRequest, authToken: string): boolean {
  if (!request.signature || !authToken) return false;
  const isForm = (request.contentType ?? "").toLowerCase().startsWith("application/x-www-form-urlencoded");
  const fields = isForm ? formFields(request.body) : "";
  // Its text is compared: a lenient reading of base64 would take more than one writing of it.
  const given = Buffer.from(request.signature);
  const signed = writings(request.url).some((url) => {
    const expected = Buffer.from(
      createHmac("sha1", authToken)
        .update(url + fields, "utf8")
        .digest("base64"),
    );
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return signed && (isForm || request.body.byteLength === 0 || isBodyOf(request));
}

/** X-Twilio-Signature of an address and the fields of a form, for what signs as Twilio does. */
export function signTwilio(url: string, fields: URLSearchParams | null, authToken: string): string {
  const text = url + (fields ? joined(fields) : "");
  return createHmac("sha1", authToken).update(text, "utf8").digest("base64");
}

function formFields(body: Uint8Array): string {
  return joined(new URLSearchParams(new TextDecoder().decode(body)));
}

function joined(fields: URLSearchParams): string {
  const names = [...new Set(fields.keys())].sort();
  // A field that is there several times counts once a value.
  return names
    .map((name) =>
      [...new Set(fields.getAll(name))]
        .sort()
        .map((value) => name + value)
        .join(""),
    )
    .join("");
}

/** The address without and with the port that its scheme implies. */
function writings(url: string): string[] {
  const [, scheme = "", host = "", rest = ""] = /^(https?):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (!scheme) return [url];
  const port = scheme.toLowerCase() === "https" ? ":443" : ":80";
  const bare = host.endsWith(port) ? host.slice(0, -port.length) : host;
  if (/:\d+$/.test(bare)) return [url, `${scheme}://${bare.replace(/:\d+$/, "")}${rest}`];
  return [`${scheme}://${bare}${rest}`, `${scheme}://${bare}${port}${rest}`];
}

function isBodyOf({ url, body }: SignedRequest): boolean {
  const said = /[?&]bodySHA256=([0-9a-f]{64})(&|$)/i.exec(url)?.[1];
  if (!said) return false;
  return timingSafeEqual(Buffer.from(said, "hex"), createHash("sha256").update(body).digest());
}
