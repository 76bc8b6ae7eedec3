export interface TnefContent {
  text: string | null;
  html: string | null;
  files: { name: string; mediaType: string | null; content: Buffer; contentId: string | null }[];
}

/** What a winmail.dat holds; null when it is none. */
export function readTnef(_bytes: Buffer): TnefContent | null {
  return null;
}
