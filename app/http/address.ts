import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/**
 * Where a request came from, when so many reverse proxies are trusted: as Express finds it, for what is answered without
 * Express.
 */
export function addressOf(request: IncomingMessage, proxies: number): string {
  const told = String(request.headers["x-forwarded-for"] ?? "").split(",");
  const addresses = [request.socket.remoteAddress ?? "unknown", ...told.reverse().map((one) => one.trim())];
  const known = addresses.filter((one) => one !== "");
  return known[Math.min(proxies, known.length - 1)] as string;
}

/**
 * What is counted as one address: an IPv4 address, also one written as IPv6 (::ffff:192.0.2.1), or the first 64 bits of
 * an IPv6 address, because every subscriber has at least so many to choose from (RFC 6177). Anything else is itself.
 */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const bare = address.replace(/%.*$/, "");
  if (!isIPv6(bare)) return address;
  // The end may be written as IPv4; it lies in the half that is not counted, and is two groups long.
  const [head = "", tail] = bare.replace(/\d+\.\d+\.\d+\.\d+$/, "0:0").split("::");
  const groups = (text: string | undefined): string[] => (text ? text.split(":") : []);
  const before = groups(head);
  const after = groups(tail);
  const all = tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill("0"), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
