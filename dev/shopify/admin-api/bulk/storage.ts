import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Request, type Response, Router } from "express";
import type { World } from "../../world";
import type { BulkOperationRecord } from "./record";
import { bulkTrouble } from "./trouble";

/** Where Shopify's files lie for an app: signed addresses at another company's storage. */
export const STORAGE_HOST = "storage.googleapis.com";
const BUCKET = "/shopify-tiers-assets-prod-us-east1/bulk-operation-outputs/";

const folders = new WeakMap<World, string>();
/** Folders of records in memory, of worlds that nobody closed before the process ends. */
const passing = new Set<string>();
process.once("exit", () => {
  for (const folder of passing) rmSync(folder, { recursive: true, force: true });
});

/** The folder of the files, beside the records; in the system's folder for passing things when those are in memory. */
export function bulkFolder(world: World): string {
  const known = folders.get(world);
  if (known) return known;
  const { file } = world.store;
  const inMemory = file === ":memory:";
  const folder = inMemory ? mkdtempSync(join(tmpdir(), "local-shopify-")) : join(dirname(file), "bulk-operations");
  mkdirSync(folder, { recursive: true });
  folders.set(world, folder);
  if (inMemory) passing.add(folder);
  return folder;
}

/** Files of records in memory end with them. */
export function removeBulkFolder(world: World): void {
  const folder = folders.get(world);
  if (folder && passing.delete(folder)) rmSync(folder, { recursive: true, force: true });
  folders.delete(world);
}

export function newFileKey(): string {
  return randomBytes(18)
    .toString("base64url")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "x");
}

export function filePath(world: World, fileKey: string): string {
  return join(bulkFolder(world), `${fileKey}.jsonl`);
}

/** The address that an app fetches the file from; null when there is no file, or it was expired. */
export function fileUrl(world: World, operation: BulkOperationRecord): string | null {
  if (!operation.fileKey || !operation.fileExpiresAt || !operation.fileSize) return null;
  const path = `${BUCKET}${operation.fileKey}-${operation.status === "COMPLETED" ? "final" : "partial"}`;
  const expires = String(Math.floor(Date.parse(operation.fileExpiresAt) / 1000));
  const name = `bulk-${operation.id}.jsonl`;
  const query = new URLSearchParams({
    GoogleAccessId: "assets-us-prod@shopify-tiers.iam.gserviceaccount.com",
    Expires: expires,
    Signature: sign(world, path, expires),
    "response-content-disposition": `attachment; filename="${name}"; filename*=UTF-8''${name}`,
    "response-content-type": "application/jsonl",
  });
  return `https://${STORAGE_HOST}${path}?${query}`;
}

function sign(world: World, path: string, expires: string): string {
  const text = `GET\n\n\n${expires}\n${path}`;
  return createHmac("sha256", `storage/${world.app.clientSecret}`).update(text).digest("base64");
}

/** The storage's own door, told apart by Host. Requests for other hosts pass. */
export function bulkFiles(world: World): Router {
  const router = Router();
  router.use((request, response, next) => {
    if ((request.headers.host ?? "").split(":")[0] !== STORAGE_HOST) return next();
    answer(world, request, response);
  });
  return router;
}

/** What the storage answers instead of the file. */
interface Refusal {
  status: number;
  code: string;
  message: string;
}

function answer(world: World, request: Request, response: Response): void {
  const found = fileFor(world, request);
  if (typeof found === "string") send(world, request, response, found);
  else refuse(response, found);
}

/** The path of the file that the address names, when it is signed and its time is not over. */
function fileFor(world: World, request: Request): string | Refusal {
  const { Expires: expires, Signature: signature } = request.query;
  if (typeof expires !== "string" || typeof signature !== "string") {
    return { status: 403, code: "AccessDenied", message: "Access denied." };
  }
  const expected = Buffer.from(sign(world, request.path, expires));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return { status: 403, code: "SignatureDoesNotMatch", message: "Access denied." };
  }
  if (Number(expires) * 1000 <= world.clock().getTime()) {
    return { status: 400, code: "ExpiredToken", message: "Invalid argument." };
  }
  const key = /^([a-z0-9]+)-(?:final|partial)$/.exec(request.path.slice(BUCKET.length))?.[1];
  const file = key ? filePath(world, key) : null;
  if (file && existsSync(file)) return file;
  return { status: 404, code: "NoSuchKey", message: "The specified key does not exist." };
}

function send(world: World, request: Request, response: Response, file: string): void {
  const { size, mtimeMs } = statSync(file);
  const etag = `"${Math.floor(mtimeMs).toString(16)}-${size.toString(16)}"`;
  const disposition = request.query["response-content-disposition"];
  response.set({
    "Accept-Ranges": "bytes",
    "Content-Type": "application/jsonl",
    "Content-Disposition": typeof disposition === "string" ? disposition : "attachment",
    ETag: etag,
  });
  const range = rangeOf(request, size, etag);
  if (range && range.start > range.end) {
    response.set("Content-Range", `bytes */${size}`);
    refuse(response, { status: 416, code: "InvalidRange", message: "The requested range cannot be satisfied." });
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) response.status(206).set("Content-Range", `bytes ${start}-${end}/${size}`);
  response.set("Content-Length", String(end - start + 1));
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const { breakAfter } = bulkTrouble(world);
  const breaks = breakAfter > 0 && end - start + 1 > breakAfter;
  const stream = createReadStream(file, { start, end: breaks ? start + breakAfter - 1 : end });
  stream.on("error", () => response.destroy());
  response.on("close", () => stream.destroy());
  // A break is only felt once what came before it has gone out.
  if (breaks) stream.on("end", () => response.write("", () => setTimeout(() => response.destroy(), 20)));
  stream.pipe(response, { end: !breaks });
}

/** One range at most, as clients that go on after a break ask for it; null for the whole file. */
function rangeOf(request: Request, size: number, etag: string): { start: number; end: number } | null {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
  const isSame = !request.headers["if-range"] || request.headers["if-range"] === etag;
  if (!asked || !isSame || (!asked[1] && !asked[2])) return null;
  if (!asked[1]) return { start: Math.max(0, size - Number(asked[2])), end: size - 1 };
  return { start: Number(asked[1]), end: asked[2] ? Math.min(size - 1, Number(asked[2])) : size - 1 };
}

function refuse(response: Response, { status, code, message }: Refusal): void {
  response
    .status(status)
    .type("application/xml")
    .send(`<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
