/** The value below which `share` (0 to 1) of the values lie, by the nearest rank. The values need not be sorted. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Of several runs: the middle one, and how far the lowest and the highest are apart as a share of it. */
export function overRuns(values: readonly number[]): { median: number; spread: number } {
  const middle = median(values);
  return { median: middle, spread: middle === 0 ? 0 : (Math.max(...values) - Math.min(...values)) / middle };
}

/** With three digits that count: 0.0123, 1.23, 12.3, 123, 1230. */
export function short(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(3));
}

/** A table with its columns in line, the first to the left and the others to the right. */
export function table(head: string[], rows: (string | number)[][]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  return cells
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
    )
    .join("\n");
}
