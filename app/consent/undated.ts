const mark = ", not known when";

/** Where something was said, when that place does not say when: the row's time is then when we were told. */
export function undated(touchpoint: string): string {
  return touchpoint + mark;
}

/** Whether a row's time is that of hearing of it, not of its being said. Only Shopify leaves the time out. */
export function isUndated(row: { source: string; touchpoint: string }): boolean {
  return row.source === "shopify" && row.touchpoint.endsWith(mark);
}
