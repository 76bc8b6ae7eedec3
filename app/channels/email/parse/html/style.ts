/** Properties that set how words look where they stand: none can lift something out of its place or fetch anything. */
const properties = new Set(
  (
    "color background-color background font font-family font-size font-style font-variant font-weight line-height letter-spacing " +
    "text-align text-decoration text-decoration-line text-transform vertical-align white-space word-break overflow-wrap word-wrap " +
    "direction unicode-bidi list-style-type width max-width min-width height max-height " +
    "margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left " +
    "border border-top border-right border-bottom border-left border-color border-style border-width border-radius " +
    "border-top-width border-right-width border-bottom-width border-left-width border-top-style border-right-style " +
    "border-bottom-style border-left-style border-top-color border-right-color border-bottom-color border-left-color " +
    "border-collapse border-spacing table-layout display float clear"
  ).split(" "),
);

const colorFunction = /\b(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]{1,60}\)/g;
/** What is left without the functions of colours: no bracket, so no other function; no backslash, so nothing hidden. */
const harmless = /^[a-z0-9\s#.,%'"!+-]*$/;
const displays = /^(?:block|inline|inline-block|none|table|table-cell|table-row|list-item|contents)$/;
const longestStyle = 4_000;
const longestValue = 300;

/** A style attribute with only its harmless declarations; null when none is left. Linear. */
export function filterStyle(style: string): string | null {
  if (style.length > longestStyle) return null;
  const kept: string[] = [];
  for (const declaration of style.split(";", 80)) {
    const colon = declaration.indexOf(":");
    if (colon < 0) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    if (!properties.has(property)) continue;
    const value = harmlessValue(property, declaration.slice(colon + 1));
    if (value) kept.push(`${property}:${value}`);
  }
  return kept.length > 0 ? kept.join(";") : null;
}

function harmlessValue(property: string, raw: string): string | null {
  const value = raw
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase()
    .replace(/ ?! ?important$/, "");
  if (value === "" || value.length > longestValue) return null;
  if (!harmless.test(value.replace(colorFunction, ""))) return null;
  if (property === "display" && !displays.test(value)) return null;
  // Drawn over what stands before it, a part of a mail could pass for somebody else's words.
  if (/^(?:margin|letter-spacing)/.test(property) && /(?:^|\s)-/.test(value)) return null;
  if (/^(?:min-|max-)?(?:width|height)$/.test(property) && /\d{5}/.test(value)) return null;
  return value;
}

/** A colour by name, number or function; null for anything else. */
export function colorOf(value: string): string | null {
  const bare = value.trim().toLowerCase();
  if (/^#?[0-9a-f]{3,8}$/.test(bare) || /^[a-z]{3,30}$/.test(bare)) return bare;
  return bare.length < 80 && bare.replace(colorFunction, "") === "" ? bare : null;
}

/** Whether an element is not shown at all. */
export function isHidden(style: string | undefined): boolean {
  return style !== undefined && style.length <= longestStyle && /display\s{0,9}:\s{0,9}none/i.test(style);
}
