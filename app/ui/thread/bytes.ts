/** A size in words: "812 bytes", "340 KB", "2.4 MB" (thousands, as file managers and Shopify say it). */
export function bytes(size: number): string {
  if (size < 1_000) return `${size} bytes`;
  if (size < 999_500) return `${Math.round(size / 1_000)} KB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}
