import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream, type ReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Who a mail came from and went to as SMTP said it, which is not always what its headers say. */
export interface Envelope {
  from: string;
  to: string[];
  receivedAt: string;
}

const ID = /^\d{17}-[0-9a-f]{8}$/;

/**
 * Caught mails as files: `<id>.json` is the envelope and `<id>.eml` the mail, byte for byte. A mail is there
 * once its `.eml` is, which is written last and renamed into place; ids sort by time of arrival.
 */
export class MailFolder {
  private latest = 0;

  private constructor(private readonly folder: string) {}

  /** Opens the folder, making it where it is missing and clearing what a crash left half written. */
  static async open(folder: string): Promise<MailFolder> {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder);
    await Promise.all(names.filter((name) => name.endsWith(".part")).map((name) => rm(join(folder, name))));
    return new MailFolder(folder);
  }

  /**
   * Keeps a mail; when the promise resolves, it is on the disk. Nothing is left when the stream fails or when
   * `check`, which is called once all of it has been read, throws.
   */
  async keep(
    raw: Readable,
    envelope: Omit<Envelope, "receivedAt">,
    now: Date,
    check: () => void = () => {},
  ): Promise<string> {
    // Two mails in one millisecond still sort in the order in which they arrived.
    this.latest = Math.max(now.getTime(), this.latest + 1);
    const receivedAt = new Date(this.latest).toISOString();
    const id = `${receivedAt.replace(/\D/g, "")}-${randomBytes(4).toString("hex")}`;
    const part = this.path(id, "part");
    try {
      await pipeline(raw, createWriteStream(part, { flush: true }));
      check();
      const record: Envelope = { ...envelope, receivedAt };
      await writeFile(this.path(id, "json"), JSON.stringify(record), { flush: true });
      await rename(part, this.path(id, "eml"));
    } catch (error) {
      await Promise.all([part, this.path(id, "json")].map((file) => rm(file, { force: true })));
      throw error;
    }
    const directory = await open(this.folder);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    return id;
  }

  /** The ids of all mails, newest first. */
  async ids(): Promise<string[]> {
    const names = await readdir(this.folder);
    return names
      .filter((name) => name.endsWith(".eml"))
      .map((name) => name.slice(0, -".eml".length))
      .filter((id) => ID.test(id))
      .sort()
      .reverse();
  }

  async envelope(id: string): Promise<Envelope> {
    return JSON.parse(await readFile(this.path(id, "json"), "utf8")) as Envelope;
  }

  async raw(id: string): Promise<Buffer> {
    return await readFile(this.path(id, "eml"));
  }

  rawStream(id: string): ReadStream {
    return createReadStream(this.path(id, "eml"));
  }

  /** Whether there is such a mail; an id that no mail could have, such as one with a slash, is not there. */
  async has(id: string): Promise<boolean> {
    return ID.test(id) && (await this.ids()).includes(id);
  }

  private path(id: string, kind: "eml" | "json" | "part"): string {
    return join(this.folder, `${id}.${kind}`);
  }
}
