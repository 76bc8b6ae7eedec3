import type { OwnCharset } from "./labels";

/** Decodes what the Encoding Standard left behind and old machines still send. Linear; wrong bytes become U+FFFD. */
export function decodeOld(bytes: Buffer, charset: OwnCharset): string {
  switch (charset) {
    case "utf-7":
      return decodeUtf7(bytes.toString("latin1"));
    case "hz":
      return decodeHz(bytes);
    case "iso-2022-kr":
      return decodeShifted(bytes);
    case "utf-32le":
    case "utf-32be":
      return decodeUtf32(bytes, charset === "utf-32be");
    default:
      return decodeDos(bytes, tables[charset]);
  }
}

/** RFC 2152: runs of base64 of UTF-16 between `+` and `-`. Words in IMAP's own form (RFC 3501, 5.1.3) are not meant. */
function decodeUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (_whole, run: string) => {
    if (run === "") return "+";
    const units = Buffer.from(run, "base64");
    const even = Buffer.from(units.subarray(0, units.length & ~1)).swap16();
    return even.toString("utf16le").toWellFormed();
  });
}

/** RFC 1843: GB 2312 in seven bits, between `~{` and `~}`. */
function decodeHz(bytes: Buffer): string {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let wide = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (byte === 0x7e && (next === 0x7b || next === 0x7d)) {
      wide = next === 0x7b;
      at += 1;
    } else if (byte === 0x7e && next === 0x7e && !wide) {
      out[length++] = 0x7e;
      at += 1;
    } else if (byte === 0x7e && next === 0x0a && !wide) {
      at += 1;
    } else {
      if (byte === 0x0a) wide = false;
      out[length++] = wide ? byte | 0x80 : byte;
    }
  }
  return new TextDecoder("gbk").decode(out.subarray(0, length));
}

/** RFC 1557: KS X 1001 in seven bits, between SO and SI. */
function decodeShifted(bytes: Buffer): string {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let wide = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x0e || byte === 0x0f) wide = byte === 0x0e;
    else if (byte === 0x1b && bytes[at + 1] === 0x24 && bytes[at + 2] === 0x29 && bytes[at + 3] === 0x43) at += 3;
    else out[length++] = wide && byte > 0x20 ? byte | 0x80 : byte;
  }
  return new TextDecoder("euc-kr").decode(out.subarray(0, length));
}

function decodeUtf32(bytes: Buffer, bigEndian: boolean): string {
  const out: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    if (point === 0xfeff && at === 0) continue;
    out.push(point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? "�" : String.fromCodePoint(point));
  }
  return out.join("");
}

function decodeDos(bytes: Buffer, table: string): string {
  return bytes.toString("latin1").replace(/[\u0080-\u00ff]/g, (one) => table[one.charCodeAt(0) - 0x80] ?? "�");
}

/** The upper halves, from https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/. */
const tables = {
  cp437:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  cp850:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  cp852:
    "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0",
} as const;
