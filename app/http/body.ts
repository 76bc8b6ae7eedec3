import type { z } from "zod";
import { Invalid, Problem } from "./errors";

/**
 * The body's bytes, or a Problem (413) as soon as it is known to be larger than `most` bytes: by its declared length
 * before anything is read, else at the first byte too many. No more than `most` bytes are ever held.
 */
export async function readBytes(request: Request, most: number, message = "This is too large."): Promise<Uint8Array> {
  const tooLarge = () => new Problem(413, "too-large", message);
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > most) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    parts.push(read.value);
  }
  return Buffer.concat(parts);
}

/** The JSON body in its shape. Throws 413 when too large, 400 when it is no JSON, Invalid with a sentence per field. */
export async function readJson<Shape extends z.ZodType>(
  request: Request,
  shape: Shape,
  most = 64 * 1024,
): Promise<z.output<Shape>> {
  const bytes = await readBytes(request, most);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Problem(400, "not-json", "The body is not JSON.");
  }
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  throw new Invalid(read.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message })));
}
