/** The file is not there any more, or the address is not good any more: another operation is needed. */
export class FileGone extends Error {
  override name = "FileGone";
}

/** The file could not be fetched now. */
export class FileTrouble extends Error {
  override name = "FileTrouble";
}

export interface OpenFile {
  /** From `offset` on. */
  chunks: AsyncIterable<Uint8Array>;
  /** Bytes of the whole file, when the server says. */
  size: number | null;
}

/** What is waited for until the first byte, in milliseconds. */
const patience = 30_000;

/**
 * Opens a bulk operation's file at a byte. A server that does not give parts is read from the beginning and what stands before is passed
 * over. Throws FileGone and FileTrouble; reading throws when the connection breaks.
 */
export async function openFile(url: string, offset: number, signal: AbortSignal): Promise<OpenFile> {
  const answer = await ask(url, offset, signal);
  const { status, headers, body } = answer;
  // Node's streams can be walked; the browser's types do not say so.
  const chunks = body as unknown as AsyncIterable<Uint8Array>;
  const range = /^bytes (\d+)-\d*\/(\d+|\*)$/.exec(headers.get("Content-Range") ?? "");
  if (status === 416) {
    await body?.cancel();
    const size = Number(/\/(\d+)$/.exec(headers.get("Content-Range") ?? "")?.[1] ?? Number.NaN);
    if (size === offset) return { chunks: nothing(), size };
    throw new FileGone();
  }
  if ([400, 401, 403, 404, 410].includes(status)) {
    await body?.cancel();
    throw new FileGone();
  }
  if ((status !== 200 && status !== 206) || !body) {
    await body?.cancel();
    throw new FileTrouble();
  }
  if (status === 206) {
    if (Number(range?.[1]) !== offset) {
      await body.cancel();
      throw new FileTrouble();
    }
    return { chunks, size: range?.[2] === "*" ? null : Number(range?.[2]) };
  }
  const length = headers.get("Content-Length");
  return { chunks: offset === 0 ? chunks : after(chunks, offset), size: length === null ? null : Number(length) };
}

async function ask(url: string, offset: number, signal: AbortSignal): Promise<Response> {
  const opened = new AbortController();
  const timer = setTimeout(() => opened.abort(), patience);
  try {
    return await fetch(url, {
      // Offsets are of the bytes as they lie there, so they must come as they lie there.
      headers: { "Accept-Encoding": "identity", ...(offset > 0 ? { Range: `bytes=${offset}-` } : {}) },
      signal: AbortSignal.any([signal, opened.signal]),
    });
  } catch {
    throw new FileTrouble();
  } finally {
    clearTimeout(timer);
  }
}

/** What follows the first `offset` bytes. */
async function* after(chunks: AsyncIterable<Uint8Array>, offset: number): AsyncGenerator<Uint8Array> {
  let before = offset;
  for await (const chunk of chunks) {
    if (before >= chunk.length) before -= chunk.length;
    else {
      yield before === 0 ? chunk : chunk.subarray(before);
      before = 0;
    }
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
