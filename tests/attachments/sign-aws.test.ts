import { describe, expect, it } from "vitest";
import { sha256, signAws } from "~/attachments/store/sign-aws";

const bucket = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
  service: "s3",
};
const now = new Date("2013-05-24T00:00:00Z");
const host = "https://examplebucket.s3.amazonaws.com";
const signatureOf = (headers: Record<string, string>) => /Signature=(\w+)$/.exec(headers["authorization"] ?? "")?.[1];
const sign = (method: string, path: string, headers: Record<string, string>, body = "") => {
  const bodyHash = sha256(body);
  const all = { ...headers, "x-amz-content-sha256": bodyHash };
  return signatureOf(signAws({ method, url: new URL(host + path), headers: all, bodyHash }, bucket, now));
};

// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
describe("Amazon's signature", () => {
  it("of a GET with a range is that of Amazon's example", () => {
    const signature = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
    expect(sign("GET", "/test.txt", { Range: "bytes=0-9" })).toBe(signature);
  });

  it("of a PUT with a body is that of Amazon's example", () => {
    const headers = { Date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" };
    const signature = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd";
    expect(sign("PUT", "/test$file.text", headers, "Welcome to Amazon S3.")).toBe(signature);
  });

  it("of requests with parameters is that of Amazon's examples", () => {
    const lifecycle = "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543";
    expect(sign("GET", "/?lifecycle", {})).toBe(lifecycle);
    const list = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
    expect(sign("GET", "/?max-keys=2&prefix=J", {})).toBe(list);
  });
});
