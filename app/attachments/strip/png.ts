/** What decides how the picture looks: https://www.w3.org/TR/png-3/#11Chunks, with those of animated pictures. */
const kept = new Set(
  "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT".split(" "),
);

/** Chunks up to the last, without texts, EXIF, times and whatever was appended. */
export function stripPng(content: Uint8Array): Uint8Array | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const parts: Uint8Array[] = [content.subarray(0, 8)];
  for (let at = 8; ; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > content.byteLength) return null;
    const kind = Buffer.from(content.subarray(at + 4, at + 8)).toString("latin1");
    if (kept.has(kind)) parts.push(content.subarray(at, end));
    if (kind === "IEND") return Buffer.concat(parts);
    at = end;
  }
}
