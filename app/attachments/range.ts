import type { ByteRange } from "./store/storage";

/**
 * The part of a file of `size` bytes that a Range header asks for: null for all of it, which is also the answer to several
 * ranges and to what is none (RFC 9110, section 14.2), "beyond" where there is nothing.
 */
export function rangeIn(header: string | null, size: number): ByteRange | "beyond" | null {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  const [, from = "", to = ""] = asked ?? [];
  if (!asked || (from === "" && to === "")) return null;
  if (from === "")
    return size === 0 || Number(to) === 0 ? "beyond" : { first: Math.max(0, size - Number(to)), last: size - 1 };
  if (to !== "" && Number(to) < Number(from)) return null;
  if (Number(from) >= size) return "beyond";
  return { first: Number(from), last: Math.min(size - 1, to === "" ? size - 1 : Number(to)) };
}
