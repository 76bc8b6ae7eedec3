/**
 * How a text is cut into SMS, as carriers charge for it. Letters of the GSM 7-bit alphabet take 7 bits, those of its
 * extension 14; one other character makes the whole text UCS-2, 16 bits a unit. 140 bytes fit, 134 where there are several.
 * https://www.etsi.org/deliver/etsi_ts/123000_123099/123038/16.00.00_60/ts_123038v160000p.pdf, section 6.2.1
 */
export interface Segments {
  encoding: "GSM-7" | "UCS-2";
  segments: number;
  /** Units used: 7 bits each, or 16. */
  units: number;
  /** Units until a further segment begins. */
  left: number;
}

const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Written with an escape before it. */
const extended = new Set("\f^{}\\[~]|€");

/** Counts what a text needs; an empty one needs none. Runs in a browser as well. */
export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const isGsm = characters.every((one) => basic.has(one) || extended.has(one));
  const widths = characters.map((one) => (isGsm ? (extended.has(one) ? 2 : 1) : one.length));
  const [single, several] = isGsm ? [160, 153] : [70, 67];
  const units = widths.reduce((sum, width) => sum + width, 0);
  const encoding = isGsm ? "GSM-7" : "UCS-2";
  if (units <= single) return { encoding, segments: units === 0 ? 0 : 1, units, left: single - units };
  let segments = 1;
  let filled = 0;
  for (const width of widths) {
    // A character that needs two units is not cut in two.
    if (filled + width > several) {
      segments += 1;
      filled = 0;
    }
    filled += width;
  }
  return { encoding, segments, units, left: several - filled };
}
