import { receive } from "~/conversations/receive";
import { openDatabase } from "~/db.server";
import { systemClock } from "~/platform/clock";
import { newId } from "~/platform/ids";

/**
 * A process that a test kills: writes messages of one shopper as fast as it can, eight at a time, and says on standard
 * output which of them were acknowledged. `writer.ts <database url> <shop id> <visitor id> <conversation id>`
 */
const [url = "", shopId = "", visitorId = "", conversationId = ""] = process.argv.slice(2);
const db = openDatabase(url, 8);
const ctx = {
  shop: { id: shopId, domain: "x.myshopify.com", name: "X", currency: "EUR" },
  actor: { kind: "shopper" as const, visitorId, customerId: null },
  db,
  clock: systemClock,
  signals: { logGrew: () => undefined, send: () => undefined },
};

async function write(): Promise<never> {
  for (;;) {
    const clientKey = newId();
    const kept = await receive(ctx, { conversationId, text: `key ${clientKey}`, clientKey, attachmentIds: [] });
    process.stdout.write(`${kept.id} ${kept.position}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, write));
