import type { Request } from "express";

/** The body could not be read as what it says it is; `status` is the answer's. */
export class UnreadableBody extends Error {
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = "UnreadableBody";
  }
}

const largestBody = 1_000_000;

/**
 * The fields of a JSON, form or multipart body, with `a[b][]` names made into objects and lists. Files in
 * a multipart body are left out: nothing here takes any.
 */
export async function readBody(req: Request): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req) {
    size += (part as Buffer).length;
    if (size > largestBody) throw new UnreadableBody("the body is too large", 413);
    parts.push(part as Buffer);
  }
  const raw = Buffer.concat(parts);
  const type = req.headers["content-type"] ?? "";
  if (raw.length === 0) return {};
  if (type.startsWith("application/json")) return parseJson(raw.toString("utf8"));
  if (type.startsWith("multipart/form-data")) return nest(await multipartPairs(raw, type));
  return nest([...new URLSearchParams(raw.toString("utf8"))]);
}

function parseJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableBody("the body is not valid JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UnreadableBody("the body is not a JSON object");
  return value as Record<string, unknown>;
}

async function multipartPairs(raw: Buffer, type: string): Promise<[string, string][]> {
  try {
    const form = await new Response(new Uint8Array(raw), { headers: { "content-type": type } }).formData();
    return [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as [string, string]] : []));
  } catch {
    throw new UnreadableBody("the body is not valid multipart/form-data");
  }
}

type Nested = Map<string, Nested | string>;

/** `[["items[0][id]", "1"]]` → `{ items: [{ id: "1" }] }`; `a[]` appends. */
function nest(pairs: [string, string][]): Record<string, unknown> {
  const root: Nested = new Map();
  for (const [name, value] of pairs) {
    const [head = "", ...rest] = name.split("[").map((part) => part.replace(/\]$/, ""));
    let place = root;
    const keys = [head, ...rest];
    for (const [index, key] of keys.entries()) {
      const own = key === "" ? String(place.size) : key;
      if (index === keys.length - 1) place.set(own, value);
      else {
        const next = place.get(own);
        const inner: Nested = next instanceof Map ? next : new Map();
        place.set(own, inner);
        place = inner;
      }
    }
  }
  return plain(root) as Record<string, unknown>;
}

function plain(value: Nested | string): unknown {
  if (typeof value === "string") return value;
  const entries = [...value];
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  if (isList) return entries.map(([, each]) => plain(each));
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]));
}
