import { crc32, createDeflateRaw } from "node:zlib";

/** A file to put into an archive. */
export interface ZipEntry {
  /** With slashes; no leading one. */
  name: string;
  at: Date;
  content: AsyncIterable<Uint8Array | string>;
}

/** Sizes and places are 32 bits; a larger archive would need the Zip64 records. */
const most = 0xffff_fffe;
const utf8Names = 0x0800;
/** Sizes stand behind the content, because it is written as it comes. */
const sizesBehind = 0x0008;

/**
 * A ZIP archive, piece by piece, deflated (APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).
 * Nothing is held but the list of names. Throws RangeError beyond 4 GB.
 */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let place = 0;
  for await (const { name, at, content } of entries) {
    const start = place;
    const bytes = Buffer.from(name, "utf8");
    const [time, date] = dosTime(at);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(utf8Names | sizesBehind, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(time, 10);
    head.writeUInt16LE(date, 12);
    head.writeUInt16LE(bytes.length, 26);
    yield Buffer.concat([head, bytes]);
    place += head.length + bytes.length;

    const sums = { crc: 0, size: 0, packed: 0 };
    for await (const piece of deflated(content, sums)) {
      yield piece;
      place += piece.length;
    }
    const behind = Buffer.alloc(16);
    behind.writeUInt32LE(0x08074b50, 0);
    behind.writeUInt32LE(sums.crc, 4);
    behind.writeUInt32LE(within(sums.packed), 8);
    behind.writeUInt32LE(within(sums.size), 12);
    yield behind;
    place += behind.length;

    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    // Made on Unix: a plain file, readable.
    entry.writeUInt16LE((3 << 8) | 20, 4);
    head.copy(entry, 6, 4, 14);
    behind.copy(entry, 16, 4, 16);
    entry.writeUInt16LE(bytes.length, 28);
    entry.writeUInt32LE((0o100644 << 16) >>> 0, 38);
    entry.writeUInt32LE(within(start), 42);
    directory.push(entry, bytes);
  }
  const list = Buffer.concat(directory);
  const count = directory.length / 2;
  if (count > 0xfffe) throw new RangeError("too many files for this kind of archive");
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(within(place), 16);
  yield Buffer.concat([list, end]);
}

async function* deflated(
  content: ZipEntry["content"],
  sums: { crc: number; size: number; packed: number },
): AsyncGenerator<Buffer> {
  const pack = createDeflateRaw();
  const filled = (async () => {
    for await (const piece of content) {
      const bytes = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
      sums.crc = crc32(bytes, sums.crc);
      sums.size += bytes.length;
      if (pack.destroyed) return;
      if (!pack.write(bytes)) await room(pack);
    }
    pack.end();
  })();
  filled.catch((error: Error) => pack.destroy(error));
  for await (const piece of pack) {
    sums.packed += (piece as Buffer).length;
    yield piece as Buffer;
  }
  await filled;
}

/** Until it takes more, or is closed because nobody reads on. */
const room = (pack: NodeJS.EventEmitter): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      pack.off("drain", go);
      pack.off("close", go);
      resolve();
    };
    pack.on("drain", go);
    pack.on("close", go);
  });

function within(size: number): number {
  if (size > most) throw new RangeError("too large for this kind of archive");
  return size;
}

/** MS-DOS time and date, in UTC: two-second steps since 1980. */
function dosTime(at: Date): [number, number] {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date = (Math.max(0, at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return [time, date];
}
