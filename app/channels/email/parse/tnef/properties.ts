/** MAPI properties by their id: numbers, text in Unicode, and bytes for text in a code page and for everything else. */
export type Values = ReadonlyMap<number, Buffer | string | number>;

const mostProperties = 2_000;
const named = 0x8000;
const many = 0x1000;

/** Bytes that a value of fixed size takes, by its type; [MS-OXTNEF] 2.1.3.5. */
const sizes: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
const type = { int32: 3, object: 13, text: 30, unicode: 31, binary: 258 } as const;

/** Reads a list of properties as far as it is whole. Of those with several values, the first. */
export function readProperties(bytes: Buffer): Values {
  const values = new Map<number, Buffer | string | number>();
  const reader = new Reader(bytes);
  const count = Math.min(reader.uint32(), mostProperties);
  for (let number = 0; number < count && !reader.isOver; number += 1) {
    const kind = reader.uint16();
    const id = reader.uint16();
    if (id >= named) skipName(reader);
    const value = readValue(reader, kind);
    if (reader.isOver) break;
    if (value !== null && id < named && !values.has(id)) values.set(id, value);
  }
  return values;
}

function skipName(reader: Reader): void {
  reader.take(16);
  if (reader.uint32() === 0) reader.take(4);
  else reader.padded(reader.uint32());
}

function readValue(reader: Reader, kind: number): Buffer | string | number | null {
  const single = kind & ~many;
  const size = sizes[single];
  if (size !== undefined) {
    const times = kind & many ? reader.uint32() : 1;
    const first = reader.take(size);
    reader.take(size * Math.max(0, times - 1));
    return single === type.int32 && first.length === 4 ? first.readUInt32LE(0) : null;
  }
  if (single !== type.object && single !== type.text && single !== type.unicode && single !== type.binary) {
    // Of an unknown type nobody knows where it ends.
    reader.fail();
    return null;
  }
  const times = reader.uint32();
  let first: Buffer | null = null;
  for (let number = 0; number < times && !reader.isOver; number += 1) {
    const data = reader.padded(reader.uint32());
    first ??= data;
  }
  if (!first) return null;
  if (single === type.unicode) return first.toString("utf16le").replace(/\0.*$/s, "").toWellFormed();
  // An object begins with the id of its interface.
  return single === type.object ? first.subarray(16) : first;
}

class Reader {
  #at = 0;
  #isOver = false;

  constructor(readonly bytes: Buffer) {}

  get isOver(): boolean {
    return this.#isOver;
  }

  fail(): void {
    this.#isOver = true;
  }

  take(length: number): Buffer {
    if (this.#at + length > this.bytes.length) this.#isOver = true;
    const found = this.bytes.subarray(this.#at, this.#at + length);
    this.#at = Math.min(this.bytes.length, this.#at + length);
    return found;
  }

  padded(length: number): Buffer {
    const found = this.take(length);
    if (!this.#isOver) this.#at = Math.min(this.bytes.length, this.#at + ((4 - (length % 4)) % 4));
    return found;
  }

  uint16(): number {
    const found = this.take(2);
    return found.length === 2 ? found.readUInt16LE(0) : 0;
  }

  uint32(): number {
    const found = this.take(4);
    return found.length === 4 ? found.readUInt32LE(0) : 0;
  }
}
