import { createHmac, randomBytes } from "node:crypto";

/** An app at X and a user who let it act for them. */
export interface XKeys {
  consumerKey: string;
  consumerSecret: string;
  accessToken: string;
  accessTokenSecret: string;
}

/**
 * The Authorization header of a request in the name of the user: OAuth 1.0a with HMAC-SHA1 (RFC 5849, section 3.4). Fields
 * of a form are signed, a body of any other kind is not.
 */
export function authorization(
  keys: XKeys,
  method: string,
  address: string,
  options: { form?: URLSearchParams; nonce?: string; at?: Date } = {},
): string {
  const { form, nonce = randomBytes(16).toString("hex"), at = new Date() } = options;
  const own: [string, string][] = [
    ["oauth_consumer_key", keys.consumerKey],
    ["oauth_nonce", nonce],
    ["oauth_signature_method", "HMAC-SHA1"],
    ["oauth_timestamp", String(Math.floor(at.getTime() / 1_000))],
    ["oauth_token", keys.accessToken],
    ["oauth_version", "1.0"],
  ];
  const url = new URL(address);
  const signed = [...own, ...url.searchParams, ...(form ?? [])]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([one, a], [other, b]) => (one === other ? compare(a, b) : compare(one, other)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const base = [method.toUpperCase(), encoded(url.origin + url.pathname), encoded(signed)].join("&");
  const key = `${encoded(keys.consumerSecret)}&${encoded(keys.accessTokenSecret)}`;
  const signature = createHmac("sha1", key).update(base).digest("base64");
  const all = [...own, ["oauth_signature", signature] as [string, string]].sort(([one], [other]) =>
    compare(one, other),
  );
  return `OAuth ${all.map(([name, value]) => `${encoded(name)}="${encoded(value)}"`).join(", ")}`;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** RFC 5849, section 3.6: more is written with % than encodeURIComponent does. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
