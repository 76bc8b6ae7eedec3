const equals = 0x3d;

/** Undoes a Content-Transfer-Encoding. Never throws, linear: what is not as it should be is left as it stands. */
export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case "base64":
      return decodeBase64(body);
    case "quoted-printable":
      return decodeQuoted(body);
    case "x-uuencode":
    case "x-uue":
    case "uuencode":
      return decodeUu(body);
    default:
      return body;
  }
}

/** Padding in the middle begins anew, for some encode in pieces. What is outside of the alphabet does not count. */
function decodeBase64(body: Buffer): Buffer {
  const text = body.toString("latin1");
  const pieces: Buffer[] = [];
  let from = 0;
  for (let end = text.indexOf("="); end >= 0 && pieces.length < 10_000; end = text.indexOf("=", from)) {
    pieces.push(Buffer.from(text.slice(from, end), "base64"));
    from = end;
    while (text.charCodeAt(from) === equals) from += 1;
    // What follows in the same line after a space, or in words, was added by somebody else.
    if (
      !/^[ \t]*(?:\r?\n)?[A-Za-z0-9+/]{2,}[\r\n=]/.test(text.slice(from, from + 1_200)) ||
      /^[ \t]+\S/.test(text.slice(from, from + 20))
    ) {
      from = text.length;
      break;
    }
  }
  if (from < text.length) pieces.push(Buffer.from(text.slice(from), "base64"));
  return checked(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces), body);
}

/** Text that is declared as base64 and is none would come out as noise: it has spaces between words. */
function checked(decoded: Buffer, body: Buffer): Buffer {
  const head = body.toString("latin1", 0, 200).split("=", 1)[0] ?? "";
  return /^\s*[A-Za-z]+[,.!]? [A-Za-z]+ [A-Za-z]+/.test(head) ? body : decoded;
}

/** RFC 2045, 6.7, with `=` that escapes nothing left as it stands. */
export function decodeQuoted(body: Buffer): Buffer {
  let at = body.indexOf(equals);
  if (at < 0) return body;
  const out = Buffer.allocUnsafe(body.length);
  let length = body.copy(out, 0, 0, at);
  while (at < body.length) {
    const byte = body[at] ?? 0;
    if (byte !== equals) {
      out[length++] = byte;
      at += 1;
      continue;
    }
    const high = hexOf(body[at + 1]);
    const low = hexOf(body[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 3;
      continue;
    }
    const next = softBreakEnd(body, at + 1);
    if (next > 0) at = next;
    else {
      out[length++] = byte;
      at += 1;
    }
  }
  return out.subarray(0, length);
}

/** Where the next line begins when an `=` stands at the end of a line; 0 when it does not. */
function softBreakEnd(body: Buffer, start: number): number {
  let at = start;
  // White space that was added on the way; a bound, so that many `=` before much of it stay linear.
  while (at < start + 100 && (body[at] === 0x20 || body[at] === 0x09)) at += 1;
  if (at >= body.length) return at;
  if (body[at] === 0x0d && body[at + 1] === 0x0a) return at + 2;
  return body[at] === 0x0a || body[at] === 0x0d ? at + 1 : 0;
}

function hexOf(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & 0xdf;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}

/** From `begin 644 name` to `end`; POSIX uuencode. */
export function decodeUu(body: Buffer): Buffer {
  const out = Buffer.alloc(body.length);
  let length = 0;
  let at = 0;
  let isInside = false;
  while (at < body.length) {
    const found = body.indexOf(0x0a, at);
    const end = found < 0 ? body.length : found;
    const isBegin = !isInside && body.toString("latin1", at, at + 6) === "begin ";
    if (isBegin) isInside = true;
    else if (isInside) {
      if (body.toString("latin1", at, at + 3) === "end") break;
      length = decodeUuLine(body, at, end, out, length);
    }
    at = end + 1;
  }
  return isInside ? out.subarray(0, length) : body;
}

function decodeUuLine(body: Buffer, start: number, end: number, out: Buffer, length: number): number {
  const count = ((body[start] ?? 0x20) - 0x20) & 0x3f;
  const six = (at: number): number => (at < end ? ((body[at] ?? 0x20) - 0x20) & 0x3f : 0);
  let to = length;
  for (let at = start + 1, left = count; left > 0 && at < end; at += 4, left -= 3) {
    const bits = (six(at) << 18) | (six(at + 1) << 12) | (six(at + 2) << 6) | six(at + 3);
    if (left > 0) out[to++] = (bits >> 16) & 0xff;
    if (left > 1) out[to++] = (bits >> 8) & 0xff;
    if (left > 2) out[to++] = bits & 0xff;
  }
  return to;
}
