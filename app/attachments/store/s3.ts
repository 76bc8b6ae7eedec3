import { sha256, signAws } from "./sign-aws";
import { FileMissing, type Store } from "./storage";

/** Where a bucket is and how it opens, as the environment says. */
export interface S3Settings {
  S3_ENDPOINT?: string | undefined;
  S3_BUCKET?: string | undefined;
  S3_ACCESS_KEY_ID?: string | undefined;
  S3_SECRET_ACCESS_KEY?: string | undefined;
  S3_REGION: string;
}

const patienceMilliseconds = 30_000;

/**
 * A bucket of any storage that speaks Amazon's protocol. The bucket's name goes into the path, as every one of them takes
 * it. https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
 */
export function s3At(settings: S3Settings): Store {
  const base = `${(settings.S3_ENDPOINT ?? "").replace(/\/+$/, "")}/${encodeURIComponent(settings.S3_BUCKET ?? "")}`;
  const credentials = {
    accessKeyId: settings.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY ?? "",
    region: settings.S3_REGION,
    service: "s3",
  };
  const ask = async (
    method: string,
    key: string,
    body?: Uint8Array,
    more: Record<string, string> = {},
  ): Promise<Response> => {
    const url = new URL(`${base}/${key}`);
    const hash = sha256(body ?? "");
    const headers = { ...more, "x-amz-content-sha256": hash };
    const signed = signAws({ method, url, headers, bodyHash: hash }, credentials, new Date());
    const signal = AbortSignal.timeout(patienceMilliseconds);
    return fetch(url, {
      method,
      headers: signed,
      signal,
      redirect: "error",
      ...(body ? { body: Buffer.from(body) } : {}),
    });
  };
  const refuse = async (response: Response, what: string): Promise<never> => {
    await response.body?.cancel();
    throw new Error(`the storage answered ${response.status} when a file was ${what}`);
  };
  return {
    async put(key, content) {
      const response = await ask("PUT", key, content, { "content-type": "application/octet-stream" });
      if (!response.ok) await refuse(response, "stored");
      await response.body?.cancel();
    },
    async get(key, range) {
      const response = await ask("GET", key, undefined, range ? { range: `bytes=${range.first}-${range.last}` } : {});
      if (response.status === 404) {
        await response.body?.cancel();
        throw new FileMissing("this file is not in the bucket");
      }
      if (!response.ok) await refuse(response, "read");
      const content = new Uint8Array(await response.arrayBuffer());
      // One that knows no ranges sends all of it.
      return range && response.status === 200 ? content.subarray(range.first, range.last + 1) : content;
    },
    async remove(key) {
      const response = await ask("DELETE", key);
      if (!response.ok && response.status !== 404) await refuse(response, "removed");
      await response.body?.cancel();
    },
  };
}
