import { existsSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Request, Response } from "express";
import { drawImage } from "../seed/images";
import type { World } from "../world";
import type { Theme } from "./liquid/theme";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".wav": "audio/wav",
};
const scripts = fileURLToPath(new URL("./scripts/", import.meta.url));
const name = /^[\w.-]+$/;

/** Assets, pictures and platform scripts; false when the path is none of them. */
export function answerStatic(world: World, theme: Theme, req: Request, res: Response): boolean {
  const parts = req.path.split("/").slice(1);
  if (req.path === "/favicon.ico") return sendPicture(res, favicon(theme));
  if (parts[0] !== "cdn") return false;
  const file = parts.at(-1) ?? "";
  if (!name.test(file)) return false;
  if (parts[1] === "shopifycloud" && parts.length === 3) return sendFile(res, join(scripts, file), req);
  if (parts[1] === "shop" && parts[2] === "t" && parts[4] === "assets") {
    return sendFile(res, join(theme.folder, "assets", file), req);
  }
  if (parts[1] === "shop" && parts[2] === "extensions" && parts[5] === "assets") {
    // Only the extension's own folder counts, so that assets load while a block is still being mended.
    const extension = world.app.extensions.find(({ handle }) => handle === parts[4]);
    return extension ? sendFile(res, join(resolve(extension.folder), "assets", file), req) : false;
  }
  const drawn = drawImage(req.path);
  return drawn === null ? false : sendPicture(res, drawn);
}

/** With a fingerprint in the query a file is kept for a year; without it a browser asks again. */
function sendFile(res: Response, path: string, req: Request): boolean {
  if (!existsSync(path)) return false;
  res.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
  res.setHeader("Cache-Control", req.query.v ? "public, max-age=31536000, immutable" : "no-cache");
  res.setHeader("Access-Control-Allow-Origin", "*");
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.end(readFileSync(path));
  return true;
}

function sendPicture(res: Response, svg: string): boolean {
  res.setHeader("Content-Type", "image/svg+xml");
  res.setHeader("Cache-Control", "public, max-age=86400");
  res.setHeader("Access-Control-Allow-Origin", "*");
  res.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  res.end(svg);
  return true;
}

function favicon(theme: Theme): string {
  const colour = String(theme.settings.color_accent ?? "#333");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${colour}"/><circle cx="16" cy="16" r="7" fill="none" stroke="#fff" stroke-width="3"/></svg>`;
}
