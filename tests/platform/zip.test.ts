import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type ZipEntry, zip } from "~/platform/zip";

async function* pieces(...all: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  for (const one of all) yield one;
}

async function* entries(...all: [string, ...(string | Uint8Array)[]][]): AsyncGenerator<ZipEntry> {
  for (const [name, ...content] of all)
    yield { name, at: new Date("2026-11-21T12:34:56Z"), content: pieces(...content) };
}

async function whole(archive: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part);
  return Buffer.concat(parts);
}

const large = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251));

describe("an archive", () => {
  it("is written piece by piece and read by what everybody has", async () => {
    const archive = await whole(
      zip(entries(["data.json", '{"name":', '"Ådaß"}'], ["files/größe.bin", large, large], ["empty.txt"])),
    );
    const folder = await mkdtemp(join(tmpdir(), "zip-"));
    try {
      await writeFile(join(folder, "a.zip"), archive);
      const script = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
print("|".join(i.filename + ":" + str(i.file_size) + ":" + str(i.date_time) for i in z.infolist()))
z.extractall(sys.argv[2])`;
      const listed = await new Promise<string | null>((resolve) =>
        execFile("python3", ["-c", script, join(folder, "a.zip"), folder], (error, out) =>
          resolve(error && "code" in error && error.code === "ENOENT" ? null : error ? String(error) : out.trim()),
        ),
      );
      if (listed !== null) {
        const at = "(2026, 11, 21, 12, 34, 56)";
        expect(listed).toBe(`data.json:17:${at}|files/größe.bin:600000:${at}|empty.txt:0:${at}`);
        expect(await readFile(join(folder, "data.json"), "utf8")).toBe('{"name":"Ådaß"}');
        expect(Buffer.concat([large, large]).equals(await readFile(join(folder, "files/größe.bin")))).toBe(true);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    // Without any program: the first entry by its own bytes.
    expect(archive.readUInt32LE(0)).toBe(0x04034b50);
    const start = 30 + archive.readUInt16LE(26);
    const end = archive.indexOf(Buffer.from([0x50, 0x4b, 7, 8]), start);
    expect(inflateRawSync(archive.subarray(start, end)).toString()).toBe('{"name":"Ådaß"}');
  });

  it("ends with what its content throws", async () => {
    async function* broken(): AsyncGenerator<string> {
      yield "some";
      throw new Error("the database is gone");
    }
    async function* one(): AsyncGenerator<ZipEntry> {
      yield { name: "a", at: new Date(), content: broken() };
    }
    await expect(whole(zip(one()))).rejects.toThrow("the database is gone");
  });
});
