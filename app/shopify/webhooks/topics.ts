/** Topics that tell of a record which is mirrored: they are handled many at a time. */
export const together: ReadonlySet<string> = new Set();

export function isHandledTogether(topic: string): boolean {
  return together.has(topic);
}
