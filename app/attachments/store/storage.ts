/** Where bytes are that are not in the database. Names are of the form `<shop>/<file>`, both ids of ours. */
export interface Store {
  put(key: string, content: Uint8Array): Promise<void>;
  /** The bytes, or those of a range (both ends included). Throws FileMissing. */
  get(key: string, range?: ByteRange): Promise<Uint8Array>;
  /** Harmless when there is nothing of that name. */
  remove(key: string): Promise<void>;
}

export interface ByteRange {
  first: number;
  last: number;
}

/** The row is there and the bytes are not: somebody took them from the storage. */
export class FileMissing extends Error {
  override name = "FileMissing";
}
