import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** The keys that sealed values are opened with; new ones are sealed with `current`. */
export interface KeyRing {
  current: string;
  /** Key id → 32 bytes. */
  keys: ReadonlyMap<string, Buffer>;
}

/** A sealed value that cannot be opened: its key is not known, or it is not what was sealed for this place. */
export class SealError extends Error {
  override name = "SealError";
}

const prefix = "sealed:1:";
const nonceBytes = 12;
const tagBytes = 16;
const keyId = /^[A-Za-z0-9_-]{1,32}$/;

/**
 * Reads a ring from `id:base64,id:base64,…`: the first key seals, all of them open. An id is 1 to 32 letters, digits, _
 * and -; a key is 32 bytes (AES-256) in base64 or base64url. Throws one sentence that names no key.
 */
export function readKeyRing(text: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const [at, part] of text.split(",").entries()) {
    const [id = "", encoded = "", ...rest] = part.trim().split(":");
    const place = `entry ${at + 1}`;
    if (!keyId.test(id) || !encoded || rest.length > 0) throw new Error(`${place} is not of the form id:base64`);
    if (keys.has(id)) throw new Error(`${place} has the id of another: ${id}`);
    const key = /^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded) ? Buffer.from(encoded, "base64") : Buffer.alloc(0);
    if (key.length !== 32) throw new Error(`the key ${id} is not 32 bytes in base64`);
    keys.set(id, key);
  }
  const [current] = keys.keys();
  if (current === undefined) throw new Error("there is no key");
  return { current, keys };
}

/**
 * Seals a text with the current key: AES-256-GCM with a random nonce of 96 bits, as `sealed:1:<key id>:<base64url of
 * nonce, ciphertext and tag of 128 bits>`. `place` says where it will stand (shop, row, field) and is authenticated with
 * it, so that a sealed value opens nowhere else. One key is good for 2³² values (NIST SP 800-38D, section 8.3).
 */
export function seal(ring: KeyRing, plain: string, place: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(ring, ring.current), nonce, { authTagLength: tagBytes });
  cipher.setAAD(boundTo(ring.current, place));
  const sealed = Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${prefix}${ring.current}:${sealed.toString("base64url")}`;
}

/** Opens what was sealed for this place. Throws SealError, which tells the key's id and never the value. */
export function unseal(ring: KeyRing, sealed: string, place: string): string {
  const id = sealedWith(sealed);
  if (id === null) throw new SealError("this value is not sealed");
  const key = keyOf(ring, id);
  const bytes = Buffer.from(sealed.slice(prefix.length + id.length + 1), "base64url");
  const damaged = `a value sealed with the key "${id}" cannot be opened: the key is another one of that name, or the value was changed or moved`;
  if (bytes.length < nonceBytes + tagBytes) throw new SealError(damaged);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(boundTo(id, place));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const plain = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    return Buffer.concat([plain, decipher.final()]).toString("utf8");
  } catch {
    throw new SealError(damaged);
  }
}

/** The id of the key that a value is sealed with; null for one that is not sealed. */
export function sealedWith(value: string): string | null {
  if (!value.startsWith(prefix)) return null;
  const end = value.indexOf(":", prefix.length);
  const id = value.slice(prefix.length, end < 0 ? undefined : end);
  return end >= 0 && keyId.test(id) ? id : null;
}

function keyOf(ring: KeyRing, id: string): Buffer {
  const key = ring.keys.get(id);
  if (!key) throw new SealError(`ENCRYPTION_KEYS has no key "${id}", with which a stored value is sealed`);
  return key;
}

function boundTo(id: string, place: string): Buffer {
  return Buffer.from(`throughline 1\n${id}\n${place}`, "utf8");
}
