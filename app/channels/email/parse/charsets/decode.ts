import { isAscii, isUtf8 } from "node:buffer";
import { guessCharset } from "./guess";
import { charsetOf, type OwnCharset, ownCharsets } from "./labels";
import { decodeOld } from "./old";

const decoders = new Map<string, TextDecoder>();

/**
 * Bytes as text in the charset that the mail declares. Where that is missing or unknown, or the bytes show that it is
 * wrong, in the one that they are most likely written in. Never throws, linear; what cannot be decoded is U+FFFD.
 */
export function decodeText(bytes: Buffer, label: string | null): string {
  const charset = charsetOf(label);
  const stateful = charset !== null && sevenBit.has(charset);
  if (isAscii(bytes) && !stateful)
    return charset === null && holdsIso2022(bytes) ? run("iso-2022-jp", bytes) : bytes.toString("latin1");
  // Relays turn UTF-16 into something that travels and leave the label.
  if (charset?.startsWith("utf-16") && !bytes.includes(0)) return decodeUtf8OrGuess(bytes);
  if (charset === null || charset === "utf-8") return decodeUtf8OrGuess(bytes);
  // Programs that write UTF-8 and declare what they always declared are far more common than Western text that by chance
  // is well-formed UTF-8 throughout.
  if (singleByte.test(charset) && isUtf8(bytes)) return bytes.toString("utf8");
  return run(charset, bytes);
}

/** Charsets in which ASCII bytes may mean something else. */
const sevenBit = new Set(["utf-7", "hz", "iso-2022-kr", "iso-2022-jp", "utf-16le", "utf-16be", "utf-32le", "utf-32be"]);
const singleByte = /^(windows-|iso-8859-|koi8|macintosh|x-mac|ibm866|cp\d)/;

function decodeUtf8OrGuess(bytes: Buffer): string {
  if (isUtf8(bytes)) return withoutMark(bytes.toString("utf8"));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return run("utf-16le", bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return run("utf-16be", bytes);
  const text = bytes.toString("utf8");
  // A few broken characters in good UTF-8: cut in the middle, or one word pasted from elsewhere.
  if (spelt(text)) return withoutMark(text);
  return run(guessCharset(bytes), bytes);
}

/** Whether text decoded as UTF-8 has more characters that are right than wrong. */
function spelt(text: string): boolean {
  let right = 0;
  let wrong = 0;
  for (let at = 0; at < text.length && at < 200_000; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) wrong += 1;
    else if (unit > 0x7f) right += 1;
  }
  return right > wrong;
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** ISO-2022-JP shows itself by its escapes, also where nobody declared it. */
function holdsIso2022(bytes: Buffer): boolean {
  return bytes.includes("\u001b$B", 0, "latin1") || bytes.includes("\u001b$@", 0, "latin1");
}

function run(charset: string, bytes: Buffer): string {
  if ((ownCharsets as readonly string[]).includes(charset)) return decodeOld(bytes, charset as OwnCharset);
  let decoder = decoders.get(charset);
  if (!decoder) {
    decoder = new TextDecoder(charset);
    decoders.set(charset, decoder);
  }
  return decoder.decode(bytes);
}
