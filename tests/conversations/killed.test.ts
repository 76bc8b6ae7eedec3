import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { receive } from "~/conversations/receive";
import type { Database } from "~/db.server";
import { conversationRow, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database & { url: string };
let shop: TestShop;

beforeAll(async () => {
  db = await testDatabase();
  shop = await testShop(db);
});

/** Writes until `count` messages are acknowledged, then the process is killed where it stands. */
async function writeAndKill(words: string[], count: number): Promise<string[]> {
  const script = fileURLToPath(new URL("../support/writer.ts", import.meta.url));
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = spawn(process.execPath, ["--import", tsx, script, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
  const ended = once(child, "exit");
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.split("\n").length > count && !child.killed) child.kill("SIGKILL");
  }
  await ended;
  // A line that was cut off was not told to anybody.
  return said.split("\n").slice(0, -1);
}

it("a process that is killed while it writes loses nothing that it acknowledged and leaves nothing half done", async () => {
  const { id, shopper } = await startChat(shop);
  const words = [db.url, shop.base.shop.id, shopper.actor.visitorId, id];
  const acknowledged: string[] = [];
  for (const count of [30, 70, 110]) acknowledged.push(...(await writeAndKill(words, count)));
  expect(acknowledged.length).toBeGreaterThanOrEqual(210);

  const kept = await db.prisma.message.findMany({ where: { conversationId: id }, orderBy: { position: "asc" } });
  const lines = new Set(kept.map((message) => `${message.id} ${message.position}`));
  expect(acknowledged.filter((line) => !lines.has(line))).toEqual([]);

  // Whole or not at all: every place is taken once, and every message has its fact.
  expect(kept.map((message) => message.position)).toEqual(kept.map((_, index) => index + 1));
  expect((await conversationRow(db, shop.base.shop.id, id)).position).toBe(kept.length);
  const facts = await db.prisma.event.findMany({ where: { conversationId: id, kind: "message.received" } });
  expect(new Set(facts.map((fact) => (fact.data as { messageId: string }).messageId))).toEqual(
    new Set(kept.map((message) => message.id)),
  );

  // The device never heard of the last ones and sends them again, with the same keys.
  const unheard = kept.slice(-10);
  for (const { clientKey, text } of unheard) {
    await receive(shopper, { conversationId: id, text, clientKey, attachmentIds: [] });
  }
  expect(await db.prisma.message.count({ where: { conversationId: id } })).toBe(kept.length);
}, 60_000);
