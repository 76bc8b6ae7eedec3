import { lookup as resolve } from "node:dns";
import { request as askPlain } from "node:http";
import { request as askSafely } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { env } from "~/env.server";
import { isPublicAddress } from "~/platform/public-address";

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
