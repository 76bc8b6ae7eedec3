import "../support/app";
import { beforeAll, expect, it } from "vitest";
import { readFile } from "~/attachments/read";
import { removeUnsentAttachments } from "~/attachments/remove-unsent";
import { upload } from "~/attachments/upload";
import { receive } from "~/conversations/receive";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});

const pdf = new Uint8Array(Buffer.from("%PDF-1.7\n%%EOF\n"));

it("removes files that no message named within a day, and no others", async () => {
  const shop = await testShop(db);
  const shopper = await shop.shopper();
  const sent = await upload(shopper, { name: "invoice.pdf", content: pdf });
  const forgotten = await upload(shopper, { name: "draft.pdf", content: pdf });
  await receive(shopper, { conversationId: null, text: "", clientKey: newId(), attachmentIds: [sent.id] });
  shop.clock.advance(86_400_000 - 1);
  expect(await removeUnsentAttachments(db, shop.clock.now())).toBe(0);
  shop.clock.advance(2);
  const fresh = await upload(shopper, { name: "fresh.pdf", content: pdf });
  expect(await removeUnsentAttachments(db, shop.clock.now())).toBe(1);
  await expect(readFile(shopper, forgotten.id)).rejects.toMatchObject({ status: 404 });
  expect(await readFile(shopper, sent.id)).toMatchObject({ name: "invoice.pdf", mediaType: "application/pdf" });
  expect(await readFile(shopper, fresh.id)).toMatchObject({ name: "fresh.pdf" });
});

it("shows staff what was sent, and not what a shopper has only attached", async () => {
  const shop = await testShop(db);
  const [shopper, staff, elsewhere] = [await shop.shopper(), await shop.staff(), await (await testShop(db)).staff()];
  const file = await upload(shopper, { name: "size.pdf", content: pdf });
  await expect(readFile(staff, file.id)).rejects.toMatchObject({ status: 404 });
  await receive(shopper, { conversationId: null, text: "Here", clientKey: newId(), attachmentIds: [file.id] });
  expect(await readFile(staff, file.id)).toMatchObject({ name: "size.pdf" });
  await expect(readFile(elsewhere, file.id)).rejects.toMatchObject({ status: 404 });
});
