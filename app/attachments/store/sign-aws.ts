import { createHash, createHmac } from "node:crypto";

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  service: string;
}

export interface AwsRequest {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, in hex. */
  bodyHash: string;
}

/**
 * The headers of a request with Amazon's signature, version 4, at `now`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signAws(request: AwsRequest, credentials: AwsCredentials, now: Date): Record<string, string> {
  const { accessKeyId, secretAccessKey, region, service } = credentials;
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const lower = Object.entries(request.headers).map(([name, value]) => [
    name.toLowerCase(),
    value.trim().replace(/ +/g, " "),
  ]);
  const headers: Record<string, string> = { ...Object.fromEntries(lower), host: request.url.host, "x-amz-date": time };
  const names = Object.keys(headers).sort();
  const signedNames = names.join(";");
  const canonical = [
    request.method,
    pathOf(request.url, service),
    queryOf(request.url),
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    signedNames,
    request.bodyHash,
  ].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const words = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, words).toString("hex");
  // fetch sends its own.
  const { host: _, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedNames}, Signature=${signature}`,
  };
}

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function hmac(key: Buffer | string, words: string): Buffer {
  return createHmac("sha256", key).update(words, "utf8").digest();
}

/** RFC 3986, as Amazon wants it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** S3 is the one service that encodes a path once. */
function pathOf(url: URL, service: string): string {
  const parts = url.pathname.split("/").map((part) => encode(decodeURIComponent(part)));
  return (service === "s3" ? parts : parts.map(encode)).join("/");
}

function queryOf(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([one, first], [other, second]) => (one === other ? order(first, second) : order(one, other)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
