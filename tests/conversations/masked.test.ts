import { beforeAll, describe, expect, it } from "vitest";
import { close } from "~/conversations/close";
import { note } from "~/conversations/note";
import { receive } from "~/conversations/receive";
import { reply } from "~/conversations/reply";
import { newId } from "~/platform/ids";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  db = await testDatabase();
});

/** Every row of every table as text. */
async function everything(): Promise<string> {
  const { rows } = await db.sql.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'graphile_worker')`,
  );
  const all = await Promise.all(
    rows.map(({ name }) =>
      db.sql.query<{ text: string | null }>(`SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`),
    ),
  );
  return all.map((found) => found.rows[0]?.text ?? "").join("\n");
}

const said = "Card 4242 4242 4242 4242, IBAN DE89 3704 0044 0532 0130 00, my password is hunter2, Code: 918273";
const kept =
  "Card [card number removed, ends 4242], IBAN [IBAN removed, ends 3000], my password is [password removed], Code: [code removed]";
const secrets = /4242 4242|3704 0044|hunter2|918273/;

describe("what a shopper should not have sent", () => {
  it("is nowhere in the database, and both sides read that it was removed", async () => {
    const shop = await testShop(db);
    const [staff, shopper] = [await shop.staff(), await shop.shopper()];
    const send = (conversationId: string | null, clientKey = newId()) =>
      receive(shopper, { conversationId, text: said, clientKey, attachmentIds: [] });
    const key = newId();
    const first = await send(null, key);
    expect(first.text).toBe(kept);
    const { conversationId } = first;
    // The short way into an open chat, the same again, and the long way into a closed one.
    expect((await send(conversationId)).text).toBe(kept);
    expect(await send(conversationId, key)).toMatchObject({ id: first.id, text: kept });
    await close(staff, conversationId);
    expect((await send(conversationId)).text).toBe(kept);
    const row = await db.prisma.conversation.findFirstOrThrow({ where: { id: conversationId } });
    expect(row.lastMessageText).toBe(kept);
    expect(await everything()).not.toMatch(secrets);
    expect(await everything()).toContain("[card number removed, ends 4242]");
  });

  it("is not kept from staff either: card numbers in replies, IBANs too in notes", async () => {
    const shop = await testShop(db);
    const [staff, shopper] = [await shop.staff(), await shop.shopper()];
    const hello = await receive(shopper, { conversationId: null, text: "Hi", clientKey: newId(), attachmentIds: [] });
    const { conversationId } = hello;
    const sent = await reply(staff, {
      conversationId,
      text: said,
      clientKey: newId(),
      attachmentIds: [],
      seenPosition: null,
    });
    expect(sent.text).toContain("Card [card number removed, ends 4242], IBAN DE89 3704");
    await note(staff, { conversationId, text: said, clientKey: newId() });
    const notes = await db.prisma.note.findMany({ where: { conversationId } });
    expect(notes[0]?.text).toContain("IBAN [IBAN removed, ends 3000], my password is hunter2");
    expect(await everything()).not.toMatch(/4242 4242/);
  });
});
