import { createHmac } from "node:crypto";

/**
 * The signature of an app proxy request: hex HMAC-SHA256 over all parameters but `signature`, decoded,
 * repeated values joined with a comma, each as `key=value`, sorted by bytes, joined with nothing.
 * https://shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies
 */
export function proxySignature(secret: string, parameters: URLSearchParams): string {
  const names = new Set(parameters.keys());
  names.delete("signature");
  const pairs = [...names].map((name) => Buffer.from(`${name}=${parameters.getAll(name).join(",")}`));
  const text = Buffer.concat(pairs.sort(Buffer.compare));
  return createHmac("sha256", secret).update(text).digest("hex");
}
