import { readBytes } from "~/attachments/store/store";
import type { Context } from "~/context";
import { type ZipEntry, zip } from "~/platform/zip";
import type { Scope } from "../scope";
import { personTables } from "../tables/person-tables";
import type { PersonTable } from "../tables/table";
import { asHtml } from "./as-html";
import { type About, asJson } from "./as-json";
import { rowsOf } from "./rows-of";

const fileRule = personTables.find(({ table }) => table === "attachment") as PersonTable;

/**
 * The file to hand to a person: a page to read, the same for programs, and the files that were sent. Written as it is
 * read, so that a life of any length needs no memory. Ends in an error where the database does.
 */
export function archive(ctx: Context, scope: Scope, about: About): AsyncGenerator<Buffer> {
  return zip(entries(ctx, scope, about));
}

async function* entries(ctx: Context, scope: Scope, about: About): AsyncGenerator<ZipEntry> {
  const { prisma } = ctx.db;
  const files: { id: string; name: string; at: Date }[] = [];
  for await (const row of rowsOf(ctx, fileRule, scope)) {
    files.push({ id: String(row["id"]), name: String(row["name"]), at: new Date(String(row["at"])) });
  }
  const names = new Map(files.map((file, index) => [file.id, `files/${index + 1}-${safe(file.name)}`]));
  const at = about.madeAt;
  yield { name: "your-data.html", at, content: asHtml(ctx, scope, about, (id) => names.get(id) ?? null) };
  yield { name: "data.json", at, content: asJson(ctx, scope, about) };
  for (const file of files) {
    const found = await prisma.attachment.findUnique({
      where: { shopId_id: { shopId: scope.shopId, id: file.id } },
      select: { store: true, storeKey: true, content: true, state: true },
    });
    if (found?.state === "there")
      yield { name: names.get(file.id) ?? file.id, at: file.at, content: one(await readBytes(found)) };
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A name that means no other place in any file system. */
function safe(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const plain = name.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, "_").replace(/^\.+/, "_");
  return plain.slice(-120) || "file";
}
