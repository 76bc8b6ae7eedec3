import { lookup as resolve } from "node:dns";
import { request as askPlain } from "node:http";
import { request as askSafely } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { env } from "~/env.server";

/** Networks that are nobody's but ours: https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 sister. */
const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  inside.addSubnet(net, bits, "ipv4");
}
/** Of IPv6 only what is public at all, less what is for documents or leads to IPv4. */
const outside = new BlockList();
outside.addSubnet("2000::", 3, "ipv6");
for (const [net, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  inside.addSubnet(net, bits, "ipv6");
}

/** Whether an address is one that everybody reaches in the same way. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside.check(address, "ipv4");
  return family === 6 && outside.check(address, "ipv6") && !inside.check(address, "ipv6");
}

/** An app on this machine may also reach what runs on it. */
const isLocalApp = (): boolean => ["127.0.0.1", "localhost", "[::1]"].includes(new URL(env().SHOPIFY_APP_URL).hostname);
const isLoopback = (host: string): boolean => ["127.0.0.1", "localhost", "[::1]", "::1"].includes(host);

/** Why an address cannot be written to, for the form; null when it can. Its name is looked up at every connection. */
export function whyNotAddress(text: string): string | null {
  const url = URL.parse(text);
  if (!url) return "Enter a whole address, such as https://example.com/throughline.";
  if (isLocalApp() && isLoopback(url.hostname)) return null;
  if (url.protocol !== "https:") return "The address must begin with https://.";
  if (url.username || url.password) return "The address must not hold a password.";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) && !isPublicAddress(host) ? "This address cannot be reached from the internet." : null;
}

/** The address leads to where only this app could go. */
export class Inside extends Error {}

export interface Posted {
  status: number;
  headers: Headers;
  body: string;
}

const patience = 15_000;
const longestAnswer = 16 * 1024;

/**
 * Posts to an address that a merchant entered. The address that its name leads to is checked when the connection is made,
 * so that no name can be pointed elsewhere in between; redirects are not followed. Throws Inside, or the line's own error.
 */
export function post(address: string, headers: Record<string, string>, body: string): Promise<Posted> {
  const url = new URL(address);
  const local = isLocalApp() && isLoopback(url.hostname);
  if (whyNotAddress(address) !== null) return Promise.reject(new Inside());
  const ask = url.protocol === "https:" ? askSafely : askPlain;
  return new Promise((done, fail) => {
    const request = ask(url, {
      method: "POST",
      headers: { ...headers, "Content-Length": String(Buffer.byteLength(body)) },
      lookup: local ? undefined : checkedLookup,
      agent: false,
      signal: AbortSignal.timeout(patience),
    });
    request.on("error", fail);
    request.on("response", (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
        // What is said beyond that is of no use.
        if (text.length > longestAnswer) answer.destroy(new Error("the answer is too long"));
      });
      answer.on("error", fail);
      answer.on("end", () => {
        const given = Object.entries(answer.headers).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)] as [string, string]],
        );
        done({ status: answer.statusCode ?? 0, headers: new Headers(given), body: text });
      });
    });
    request.end(body);
  });
}

const checkedLookup: LookupFunction = (name, options, callback) => {
  resolve(name, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "");
    const [first] = addresses;
    if (!first || addresses.some(({ address }) => !isPublicAddress(address))) return callback(new Inside(), "");
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};
