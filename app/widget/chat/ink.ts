/** Relative luminance of a hex colour. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
export function luminance(hex: string): number {
  const full = hex.replace(/^#(\w)(\w)(\w)$/, "#$1$1$2$2$3$3");
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** White or near-black, whichever reads better on the colour. */
export function inkOn(colour: string): string {
  return contrast(colour, "#ffffff") >= contrast(colour, "#16181d") ? "#ffffff" : "#16181d";
}

/** The colour for words on white: itself when it reads well (4.5 to 1), else near-black. */
export function accentOnWhite(colour: string): string {
  return contrast(colour, "#ffffff") >= 4.5 ? colour : "#16181d";
}
