import { expect, it } from "vitest";
import { auditRead } from "~/audit/audit-read";
import { verifyShop } from "~/audit/verify";
import { assign } from "~/conversations/assign";
import { close } from "~/conversations/close";
import { receive } from "~/conversations/receive";
import { reply } from "~/conversations/reply";
import { thread } from "~/conversations/thread";
import { personBeside } from "~/customers/beside";
import { newId } from "~/platform/ids";
import { saveSettings } from "~/settings/save";
import { settingsOf } from "~/settings/settings";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

it("a team that does everything at once locks nobody out, and leaves one whole chain", async () => {
  const db = await testDatabase();
  const shop = await testShop(db);
  const team = await Promise.all(["Anna", "Bo", "Cem"].map((name) => shop.staff(name)));
  const shoppers = await Promise.all([1, 2, 3].map(() => shop.shopper()));
  const talks = await Promise.all(
    shoppers.map((shopper) =>
      receive(shopper, { conversationId: null, text: "Hi", clientKey: newId(), attachmentIds: [] }),
    ),
  );
  const settings = await settingsOf(team[0] as (typeof team)[0]);
  const { setupDismissedAt: _, ...kept } = settings;
  const failed: string[] = [];
  const act = async (at: number): Promise<unknown> => {
    const staff = team[at % 3] as (typeof team)[0];
    const place = Math.floor(at / 3) % 3;
    const { conversationId } = talks[place] as (typeof talks)[0];
    const written = { conversationId, text: `Line ${at}`, clientKey: newId(), attachmentIds: [] };
    switch (at % 8) {
      case 0:
        return assign(staff, { conversationId, staffId: at % 16 ? staff.actor.id : null });
      case 1:
        return close(staff, conversationId);
      case 2:
        return thread(staff, conversationId);
      case 3:
        return personBeside(staff, conversationId);
      case 4:
        return saveSettings(staff, { ...kept, displayName: `Northwind ${at}` });
      case 5:
        return receive(shoppers[place] as (typeof shoppers)[0], written);
      case 6:
        return reply(staff, { ...written, seenPosition: null });
      default:
        return auditRead(staff, { action: "customer.read", subjectKind: "customer", subjectId: newId() });
    }
  };
  // As many at once as there are connections, and some that wait.
  const hands = Array.from({ length: 14 }, async (_hand, first) => {
    for (let at = first; at < 112; at += 14) {
      await act(at).catch((error: Error) => failed.push(`${at}: ${error.message}`));
    }
  });
  await Promise.all(hands);
  expect(failed).toEqual([]);
  const verdict = await verifyShop(db.sql, shop.base.shop.id);
  expect(verdict).toMatchObject({ whole: true });
  expect(Number(verdict.seq)).toBeGreaterThan(30);
}, 60_000);
