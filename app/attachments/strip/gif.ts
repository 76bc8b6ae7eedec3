/** Applications whose words change how the picture looks: how often it repeats, and its colours. */
const kept = new Set(["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"]);

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt: blocks up to the trailer, without comments, XMP and what was appended. */
export function stripGif(content: Uint8Array): Uint8Array | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const tableAfter = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
  let at = 13 + tableAfter(view.getUint8(10));
  const parts: Uint8Array[] = [content.subarray(0, at)];
  /** Behind a row of data blocks, which ends with an empty one. */
  const behind = (from: number): number => {
    let place = from;
    while (view.getUint8(place) !== 0) place += 1 + view.getUint8(place);
    return place + 1;
  };
  for (;;) {
    const kind = view.getUint8(at);
    if (kind === 0x3b) return Buffer.concat([...parts, Uint8Array.of(0x3b)]);
    let end: number;
    let keeps = true;
    if (kind === 0x2c) end = behind(at + 11 + tableAfter(view.getUint8(at + 9)));
    else if (kind === 0x21) {
      end = behind(at + 2);
      const label = view.getUint8(at + 1);
      const application = Buffer.from(content.subarray(at + 3, at + 14)).toString("latin1");
      // Graphic control, and what a plain text extension draws.
      keeps = label === 0xf9 || label === 0x01 || (label === 0xff && kept.has(application));
    } else return null;
    if (keeps) parts.push(content.subarray(at, end));
    at = end;
  }
}
