import { beforeAll, describe, expect, it } from "vitest";
import { verifyShop } from "~/audit/verify";
import type { Context, StaffActor } from "~/context";
import { assign } from "~/conversations/assign";
import { close } from "~/conversations/close";
import { receive } from "~/conversations/receive";
import { thread } from "~/conversations/thread";
import { personBeside } from "~/customers/beside";
import { profile } from "~/customers/profile";
import { newId } from "~/platform/ids";
import { dismissSetup, saveSettings } from "~/settings/save";
import { settingsOf } from "~/settings/settings";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  db = await testDatabase();
});

async function told(ctx: Context<StaffActor>) {
  const rows = await db.prisma.auditEntry.findMany({ where: { shopId: ctx.shop.id }, orderBy: { seq: "asc" } });
  expect(await verifyShop(db.sql, ctx.shop.id)).toMatchObject({ whole: true });
  return rows.map(({ action, subjectId, detail }) => ({ action, subjectId, detail }));
}

describe("the audit log is told", () => {
  it("who opened, assigned and closed a conversation, and nothing of what was said in it", async () => {
    const shop = await testShop(db);
    const [staff, shopper] = [await shop.staff(), await shop.shopper()];
    const words = "My name is Ida Holm, ida@example.com";
    const { conversationId } = await receive(shopper, {
      conversationId: null,
      text: words,
      clientKey: newId(),
      attachmentIds: [],
    });
    for (let times = 0; times < 3; times += 1) await thread(staff, conversationId);
    await assign(staff, { conversationId, staffId: staff.actor.id });
    await assign(staff, { conversationId, staffId: staff.actor.id });
    await assign(staff, { conversationId, staffId: null });
    await close(staff, conversationId);
    await close(staff, conversationId);
    const entry = (action: string, detail = {}) => ({ action, subjectId: conversationId, detail });
    expect(await told(staff)).toEqual([
      entry("conversation.read"),
      entry("conversation.assigned", { staffId: staff.actor.id }),
      entry("conversation.assigned", { staffId: null }),
      entry("conversation.closed"),
    ]);
    const { rows } = await db.sql.query<{ text: string }>(
      `SELECT string_agg(e::text, ' ') AS text FROM "audit_entry" e WHERE "shopId" = $1`,
      [staff.shop.id],
    );
    expect(rows[0]?.text).not.toMatch(/Ida|Holm|example/);
  });

  it("who looked at a customer, beside a chat or on their page, once a day", async () => {
    const shop = await testShop(db);
    const [staff, shopper] = [await shop.staff(), await shop.shopper()];
    const first = { conversationId: null, text: "Hi", clientKey: newId(), attachmentIds: [] };
    const { conversationId } = await receive(shopper, first);
    const { customer } = await personBeside(staff, conversationId);
    await Promise.all([personBeside(staff, conversationId), profile(staff, customer.id), profile(staff, customer.id)]);
    expect(await told(staff)).toEqual([{ action: "customer.read", subjectId: customer.id, detail: {} }]);
    await expect(profile(staff, newId())).rejects.toThrow();
    expect(await told(staff)).toHaveLength(1);
  });

  it("which settings were changed, once, and not when nothing was", async () => {
    const shop = await testShop(db);
    const staff = await shop.staff();
    const { setupDismissedAt: _, ...settings } = await settingsOf(staff);
    await saveSettings(staff, { ...settings, displayName: "Northwind" });
    const before = await told(staff);
    expect(before).toHaveLength(1);
    await saveSettings(staff, { ...settings, displayName: "Northwind" });
    await dismissSetup(staff);
    expect(await told(staff)).toHaveLength(1);
    await saveSettings(staff, { ...settings, displayName: "Northwind Outfitters" });
    expect((await told(staff)).at(-1)).toEqual({
      action: "settings.saved",
      subjectId: null,
      detail: { changed: ["displayName"] },
    });
  });
});
