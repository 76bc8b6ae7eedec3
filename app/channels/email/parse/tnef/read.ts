import { decodeText } from "../charsets/decode";
import { readProperties, type Values } from "./properties";
import { decodeRtf } from "./rtf";
import { unpackRtf } from "./unpack-rtf";

export interface TnefContent {
  text: string | null;
  html: string | null;
  files: TnefFile[];
}

export interface TnefFile {
  /** May be empty. */
  name: string;
  mediaType: string | null;
  content: Buffer;
  contentId: string | null;
}

const signature = 0x223e9f78;
/** Attributes that a winmail.dat has; [MS-OXTNEF] 2.1.3.3 and 2.1.3.4. */
const attribute = {
  body: 0x0002800c,
  messageProperties: 0x00069003,
  codePage: 0x00069007,
  attachmentStart: 0x00069002,
  attachmentTitle: 0x00018010,
  attachmentData: 0x0006800f,
  attachmentProperties: 0x00069005,
} as const;
const mostAttributes = 5_000;
const mostFiles = 200;

/**
 * What Outlook packed into a winmail.dat (https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxtnef): its
 * words and its files. Null when it is none; a broken one gives what stands before the break. Linear.
 */
export function readTnef(bytes: Buffer): TnefContent | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null;
  const content: TnefContent = { text: null, html: null, files: [] };
  let codePage = "windows-1252";
  let file: TnefFile | null = null;
  for (const { id, data } of attributes(bytes)) {
    if (id === attribute.codePage && data.length >= 4) codePage = `cp${data.readUInt32LE(0)}`;
    else if (id === attribute.body) content.text ??= textOf(data, codePage);
    else if (id === attribute.messageProperties) takeWords(content, readProperties(data), codePage);
    else if (id === attribute.attachmentStart) {
      file = { name: "", mediaType: null, content: Buffer.alloc(0), contentId: null };
      if (content.files.length < mostFiles) content.files.push(file);
    } else if (file && id === attribute.attachmentTitle) file.name ||= textOf(data, codePage);
    else if (file && id === attribute.attachmentData) file.content = data;
    else if (file && id === attribute.attachmentProperties) takeFile(file, readProperties(data), codePage);
  }
  content.files = content.files.filter((one) => one.content.length > 0);
  const isEmpty = content.files.length === 0 && content.text === null && content.html === null;
  return isEmpty ? null : content;
}

function* attributes(bytes: Buffer): Generator<{ id: number; data: Buffer }> {
  let at = 6;
  for (let count = 0; count < mostAttributes && at + 9 <= bytes.length; count += 1) {
    const id = bytes.readUInt32LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const data = bytes.subarray(at + 9, at + 9 + length);
    yield { id, data };
    at += 9 + length + 2;
  }
}

/** Property ids of [MS-OXPROPS]. */
const property = {
  body: 0x1000,
  compressedRtf: 0x1009,
  html: 0x1013,
  codePage: 0x3fde,
  displayName: 0x3001,
  data: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  mediaType: 0x370e,
  contentId: 0x3712,
} as const;

function takeWords(content: TnefContent, values: Values, codePage: string): void {
  const own = values.get(property.codePage);
  const charset = typeof own === "number" ? (own === 65001 ? "utf-8" : `cp${own}`) : codePage;
  const body = stringOf(values.get(property.body), charset);
  if (body?.trim()) content.text = body;
  const html = stringOf(values.get(property.html), charset);
  if (html?.trim()) content.html = html;
  const packed = values.get(property.compressedRtf);
  if (!Buffer.isBuffer(packed) || content.html) return;
  const rtf = unpackRtf(packed);
  const decoded = rtf && decodeRtf(rtf);
  if (!decoded) return;
  if (decoded.isHtml) content.html = decoded.text;
  else content.text ??= decoded.text;
}

function takeFile(file: TnefFile, values: Values, codePage: string): void {
  const name = (id: number): string => stringOf(values.get(id), codePage) ?? "";
  file.name = name(property.longFileName) || file.name || name(property.fileName) || name(property.displayName);
  file.mediaType = name(property.mediaType).trim().toLowerCase() || file.mediaType;
  file.contentId = name(property.contentId) || file.contentId;
  const data = values.get(property.data);
  if (file.content.length === 0 && Buffer.isBuffer(data)) file.content = data;
}

function stringOf(value: Buffer | string | number | undefined, charset: string): string | null {
  if (typeof value === "string") return value;
  return Buffer.isBuffer(value) ? textOf(value, charset) : null;
}

function textOf(bytes: Buffer, charset: string): string {
  const end = bytes.indexOf(0);
  return decodeText(end < 0 ? bytes : bytes.subarray(0, end), charset);
}
