import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { awaitFile, keepAwaited, keepFile, loseAwaited, storeAhead } from "~/attachments/keep";
import { linkFor, readLink } from "~/attachments/link";
import { rangeIn } from "~/attachments/range";
import { bytesOf, readFile } from "~/attachments/read";
import { removeUnsentAttachments } from "~/attachments/remove-unsent";
import { serveFile } from "~/attachments/serve";
import { diskIn } from "~/attachments/store/disk";
import { sha256, signAws } from "~/attachments/store/sign-aws";
import { FileMissing } from "~/attachments/store/storage";
import { removeBytes } from "~/attachments/store/store";
import { upload } from "~/attachments/upload";
import type { Context, StaffActor } from "~/context";
import type { Database } from "~/db.server";
import { env } from "~/env.server";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { eraseShop } from "~/privacy/erase-shop";
import { type Chat, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import "../support/app";

/** A storage that checks each signature as Amazon's does, and can be made to fail. */
class Bucket {
  readonly files = new Map<string, Buffer>();
  fails: number | null = null;
  private readonly server: Server;
  port = 0;

  constructor() {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const body = Buffer.concat(parts);
        const { method = "", url = "", headers } = request;
        const names = /SignedHeaders=([\w;-]+)/.exec(headers.authorization ?? "")?.[1]?.split(";") ?? [];
        const sent = names.filter((name) => name !== "host" && name !== "x-amz-date");
        const time = String(headers["x-amz-date"]).replace(
          /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
          "$1-$2-$3T$4:$5:$6Z",
        );
        const right = signAws(
          {
            method,
            url: new URL(url, `http://${headers.host}`),
            headers: Object.fromEntries(sent.map((name) => [name, String(headers[name])])),
            bodyHash: sha256(body),
          },
          { accessKeyId: "id", secretAccessKey: "secret", region: "us-east-1", service: "s3" },
          new Date(time),
        )["authorization"];
        if (headers.authorization !== right) return void response.writeHead(403).end();
        if (this.fails) return void response.writeHead(this.fails).end();
        if (method === "PUT") this.files.set(url, body);
        if (method === "DELETE") this.files.delete(url);
        const file = this.files.get(url);
        if (method !== "GET") return void response.writeHead(method === "DELETE" ? 204 : 200).end();
        if (!file) return void response.writeHead(404).end();
        const range = rangeIn(headers.range ?? null, file.length);
        if (!range || range === "beyond") return void response.writeHead(200).end(file);
        response.writeHead(206).end(file.subarray(range.first, range.last + 1));
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

const folder = mkdtempSync(join(tmpdir(), "throughline-files-"));
const bucket = new Bucket();
const settings = () => env() as { FILES_STORE: string; FILES_FOLDER?: string };
let db: Database;
let shop: TestShop;
let anna: Context<StaffActor>;
let app: Context;
let chat: Chat;

beforeAll(async () => {
  await bucket.start();
  db = await testDatabase();
  Object.assign(env(), {
    ...{ FILES_FOLDER: folder, S3_ENDPOINT: `http://127.0.0.1:${bucket.port}`, S3_BUCKET: "files" },
    ...{ S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "secret", S3_REGION: "us-east-1" },
  });
});
afterAll(async () => {
  await bucket.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  shop = await testShop(db);
  anna = await shop.staff();
  app = { ...shop.base, actor: { kind: "app" } };
  chat = await startChat(shop);
});
afterEach(() => {
  settings().FILES_STORE = "database";
  bucket.fails = null;
});

const stored = (store: string): number => {
  if (store === "s3") return [...bucket.files.keys()].filter((name) => name.includes(shop.base.shop.id)).length;
  return readdirSync(folder, { recursive: true }).filter((name) => String(name).startsWith(`${shop.base.shop.id}/`))
    .length;
};
const keep = (content: string, name = "note.txt") =>
  change(app, (tx) =>
    keepFile(tx, app, { messageId: chat.first.id, name, content: Buffer.from(content), mediaType: "text/plain" }),
  );
const dayLater = () => shop.clock.advance(25 * 3_600_000);

describe.each(["disk", "s3"])("files on %s", (store) => {
  beforeEach(() => {
    settings().FILES_STORE = store;
  });

  it("are there with their row, and nowhere in the database", async () => {
    const id = await keep("Hello, storage");
    const row = await db.prisma.attachment.findFirstOrThrow({ where: { id } });
    expect(row).toMatchObject({ store, content: null, mediaType: "text/plain", size: 14 });
    expect(Buffer.from(await bytesOf(app, id)).toString()).toBe("Hello, storage");
    expect(await db.prisma.fileToRemove.count({ where: { storeKey: row.storeKey ?? "" } })).toBe(0);
    const part = await serveFile(await readFile(anna, id), new Request("http://x", { headers: { range: "bytes=7-" } }));
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
      206,
      "bytes 7-13/14",
      "storage",
    ]);
    dayLater();
    await removeBytes(db, shop.clock.now());
    expect(stored(store)).toBe(1);
  });

  it("are stored before the transaction, once", async () => {
    const content = Buffer.from("Stored ahead");
    await storeAhead(app, [{ name: "a.txt", content }]);
    expect(stored(store)).toBe(1);
    const id = await change(app, (tx) => keepFile(tx, app, { messageId: chat.first.id, name: "a.txt", content }));
    expect(stored(store)).toBe(1);
    expect(Buffer.from(await bytesOf(app, id)).toString()).toBe("Stored ahead");
  });

  it("that no row came to name are removed", async () => {
    const broken = change(app, async (tx) => {
      await keepFile(tx, app, { messageId: chat.first.id, name: "a.txt", content: Buffer.from("lost") });
      throw new Error("the transaction ends");
    });
    await expect(broken).rejects.toThrow("the transaction ends");
    expect([stored(store), await db.prisma.attachment.count({ where: { shopId: app.shop.id } })]).toEqual([1, 0]);
    await removeBytes(db, shop.clock.now());
    expect(stored(store)).toBe(1);
    dayLater();
    await removeBytes(db, shop.clock.now());
    expect(stored(store)).toBe(0);
  });

  it("go with their message, with their shop, and when nobody sent them", async () => {
    await keep("of a message");
    await upload(chat.shopper, {
      name: "a.pdf",
      content: Buffer.from("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"),
    });
    expect(stored(store)).toBe(2);
    dayLater();
    await db.sql.query(`UPDATE "file_to_remove" SET "after" = "after"`);
    await removeUnsentAttachments(db, shop.clock.now());
    await removeBytes(db, new Date(Date.now() + 60_000));
    expect(stored(store)).toBe(1);
    await eraseShop(app);
    await removeBytes(db, new Date(Date.now() + 60_000));
    expect(stored(store)).toBe(0);
  });

  it("say that they are missing when somebody took them away", async () => {
    const id = await keep("gone");
    if (store === "s3") bucket.files.clear();
    else rmSync(join(folder, app.shop.id), { recursive: true });
    await expect(bytesOf(app, id)).rejects.toBeInstanceOf(FileMissing);
  });

  it("that were waited for come later, or say why they did not", async () => {
    const ask = (reference: string) =>
      change(app, (tx) =>
        awaitFile(tx, app, { messageId: chat.first.id, name: "photo", mediaType: "image/jpeg", reference }),
      );
    const [one, other] = [await ask("media-1"), await ask("media-2")];
    await expect(readFile(anna, one)).rejects.toThrow("not found");
    await keepAwaited(app, one, { content: Buffer.from("plain words"), name: "words.txt" });
    expect(await readFile(anna, one)).toMatchObject({ name: "words.txt", mediaType: "text/plain" });
    await loseAwaited(app, other, "The provider no longer has it.");
    const row = await db.prisma.attachment.findFirstOrThrow({ where: { id: other } });
    expect(row).toMatchObject({ state: "failed", reason: "The provider no longer has it.", source: null });
    await keepAwaited(app, other, { content: Buffer.from("too late") });
    expect(stored(store)).toBe(1);
  });
});

it("a storage that is away lets an upload fail and leaves no row", async () => {
  settings().FILES_STORE = "s3";
  bucket.fails = 503;
  await expect(keep("never kept")).rejects.toThrow("503");
  expect(await db.prisma.attachment.count({ where: { shopId: app.shop.id } })).toBe(0);
  bucket.fails = null;
});

it("what a storage will not remove is tried again", async () => {
  settings().FILES_STORE = "s3";
  await keep("stubborn");
  await db.prisma.attachment.deleteMany({ where: { shopId: app.shop.id } });
  bucket.fails = 500;
  await removeBytes(db, new Date(Date.now() + 60_000));
  expect(stored("s3")).toBe(1);
  bucket.fails = null;
  await removeBytes(db, new Date(Date.now() + 60_000));
  expect(stored("s3")).toBe(0);
});

it("a file stays where it was put when the setting changes", async () => {
  settings().FILES_STORE = "disk";
  const id = await keep("on disk");
  settings().FILES_STORE = "s3";
  expect(Buffer.from(await bytesOf(app, id)).toString()).toBe("on disk");
});

it("no name leads out of the folder", async () => {
  const store = diskIn(folder);
  for (const name of ["../x", "/etc/passwd", `${newId()}/../../x`, `${newId()}/${newId()}/x`, newId()]) {
    await expect(store.put(name, Buffer.from("x"))).rejects.toThrow("no name");
  }
});

describe("a link for a provider", () => {
  const now = () => shop.clock.now();
  const read = (link: string, id: string, at = now()) => readLink(new URL(link), id, at)?.shopId ?? null;

  it("opens this file of this shop for a quarter of an hour at most, and nothing when a letter is another", async () => {
    const id = await keep("for a provider");
    const far = new Date(now().getTime() + 86_400_000);
    const link = linkFor(app, { id, name: "a.txt" }, far);
    expect(read(link, id)).toBe(app.shop.id);
    expect(read(link, newId())).toBeNull();
    expect(read(link, id, new Date(now().getTime() + 15 * 60_000 + 1_000))).toBeNull();
    for (const name of ["shop", "until", "key", "signature"]) {
      const changed = new URL(link);
      const value = changed.searchParams.get(name) ?? "";
      changed.searchParams.set(name, `${value.slice(0, -1)}${value.endsWith("1") ? "2" : "1"}`);
      expect(read(changed.href, id)).toBeNull();
      changed.searchParams.delete(name);
      expect(read(changed.href, id)).toBeNull();
    }
  });
});

describe("a range", () => {
  it.each([
    [null, null],
    ["bytes=0-3", { first: 0, last: 3 }],
    ["bytes=4-", { first: 4, last: 9 }],
    ["bytes=-3", { first: 7, last: 9 }],
    ["bytes=-30", { first: 0, last: 9 }],
    ["bytes=0-99", { first: 0, last: 9 }],
    ["bytes=10-", "beyond"],
    ["bytes=-0", "beyond"],
    ["bytes=5-2", null],
    ["bytes=0-1,4-5", null],
    ["pages=1-2", null],
    ["bytes=-", null],
  ])("%s of ten bytes", (header, expected) => expect(rangeIn(header, 10)).toEqual(expected));
});
