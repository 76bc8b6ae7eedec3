import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { audit } from "~/audit/audit";
import { type Audited, actions } from "~/audit/catalogue";
import { keepVerdict, verifyShop } from "~/audit/verify";
import type { Context, StaffActor } from "~/context";
import { receive } from "~/conversations/receive";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { eraseCustomer } from "~/privacy/erase-customer";
import { type ActivitySearch, chainState, listActivity } from "~/settings/activity-log";
import { searchOf } from "~/settings/activity-search";
import { actionWords, actorWords, subjectUrl, subjectWords } from "~/settings/activity-words";
import { exportActivity } from "~/settings/export-activity";
// The erasure signs its receipt with the keys of the environment.
import "../support/app";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Awaited<ReturnType<typeof testDatabase>>;
let shop: TestShop;
let anna: Context<StaffActor>;

beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
  anna = await shop.staff("Anna Berg");
});

const any: ActivitySearch = { search: "", who: "", group: "", from: "", to: "" };
const find = (search: Partial<ActivitySearch> = {}, cursor: string | null = null, limit?: number) =>
  listActivity(anna, { ...any, ...search, cursor }, limit);
const tell = (ctx: Context, ...told: Audited[]) => change(ctx, (tx) => audit(tx, ctx, ...told));
const settings: Audited = { action: "settings.saved", subjectKind: "settings", subjectId: null };

async function person(name: string): Promise<string> {
  const id = newId();
  const at = shop.clock.now();
  await db.prisma.customer.create({
    data: {
      shopId: anna.shop.id,
      id,
      name,
      email: `${name.split(" ")[0]}@example.com`,
      createdAt: at,
      updatedAt: at,
    },
  });
  return id;
}

describe("the activity log", () => {
  it("tells in words who did what to whom, newest first, and nothing of another shop", async () => {
    const bo = await shop.staff("Bo Lind");
    const shopper = await shop.shopper();
    const { conversationId } = await receive(shopper, {
      conversationId: null,
      text: "Hi",
      clientKey: newId(),
      attachmentIds: [],
    });
    const ida = await person("Ida Holm");
    const stranger = await (await testShop(db)).staff("Not ours");
    await tell(stranger, settings);
    await tell(anna, {
      action: "conversation.assigned",
      subjectKind: "conversation",
      subjectId: conversationId,
      detail: { staffId: bo.actor.id },
    });
    await tell(bo, { action: "customer.read", subjectKind: "customer", subjectId: ida });
    await tell(bo, { ...settings, detail: { changed: ["displayName", "hoursText"] } });
    const consent = {
      ...any,
      action: "consent.given" as const,
      detailName: null,
      detail: { channel: "email", purpose: "marketing" },
    };
    expect(actionWords(consent)).toBe("recorded a consent: Marketing by e-mail");
    await tell(
      { ...anna, actor: { kind: "app" } },
      { action: "retention.applied", subjectKind: "shop", subjectId: null },
    );
    await tell(shopper, { action: "consent.given", subjectKind: "visitor", subjectId: shopper.actor.visitorId });
    const { rows, nextCursor } = await find();
    expect(nextCursor).toBeNull();
    expect(rows.map((row) => [actorWords(row), actionWords(row), subjectWords(row), subjectUrl(row)])).toEqual([
      ["A shopper", "recorded a consent", "A browser", null],
      ["Throughline", "removed what was kept long enough", null, null],
      ["Bo Lind", "saved settings: name over the chat, opening hours", null, null],
      ["Bo Lind", "looked at a customer", "Ida Holm", `/customers/${ida}`],
      ["Anna Berg", "assigned a conversation to Bo Lind", "Visitor", `/inbox/${conversationId}`],
    ]);
  });

  it("names no one who was erased, and stays whole", async () => {
    const ida = await person("Ida Holm");
    await db.prisma.customer.update({
      where: { shopId_id: { shopId: anna.shop.id, id: ida } },
      data: { shopifyCustomerId: "gid://shopify/Customer/9" },
    });
    await tell(anna, { action: "customer.read", subjectKind: "customer", subjectId: ida });
    await eraseCustomer(anna, { shopifyCustomerId: "gid://shopify/Customer/9", emails: [], phones: [] } as never);
    const row = (await find()).rows.find((one) => one.action === "customer.read");
    expect(row && [subjectWords(row), subjectUrl(row)]).toEqual(["A customer who was erased", null]);
    expect(
      JSON.stringify(await db.prisma.auditEntry.findMany({ where: { shopId: anna.shop.id } }), (_key, value) =>
        typeof value === "bigint" ? String(value) : value,
      ),
    ).not.toMatch(/Ida|Holm|example/);
    expect(await verifyShop(db.sql, anna.shop.id)).toMatchObject({ whole: true });
  });

  it("finds by person, by what they talked, by draft order and by id", async () => {
    const [ida, per] = [await person("Ida Holm"), await person("Per 100% Dahl")];
    const conversationId = newId();
    const at = shop.clock.now();
    await db.prisma.conversation.create({
      data: {
        shopId: anna.shop.id,
        id: conversationId,
        customerId: ida,
        channel: "chat",
        status: "open",
        lastMessageAt: at,
        openedAt: at,
      },
    });
    await tell(
      anna,
      { action: "customer.read", subjectKind: "customer", subjectId: ida },
      { action: "customer.read", subjectKind: "customer", subjectId: per },
      { action: "conversation.read", subjectKind: "conversation", subjectId: conversationId },
      { action: "customer.merged", subjectKind: "customer", subjectId: per, detail: { otherId: ida } },
      settings,
    );
    const seqs = async (search: string) => (await find({ search })).rows.map((row) => row.seq);
    const merged = (await find()).rows.find((row) => row.action === "customer.merged");
    expect(merged && subjectWords(merged)).toBe("Per 100% Dahl and Ida Holm");
    expect(await seqs("holm ida")).toEqual(["4", "3", "1"]);
    expect(await seqs("ida@example.com")).toEqual(["4", "3", "1"]);
    expect(await seqs("100%")).toEqual(["4", "2"]);
    expect(await seqs("10_%")).toEqual([]);
    expect(await seqs(per.toUpperCase())).toEqual(["4", "2"]);
    expect(await seqs("nobody")).toEqual([]);
    expect(await seqs("merged")).toEqual(["4"]);
    expect(await seqs("merged holm")).toEqual(["4"]);
    expect(await seqs("opened ida")).toEqual(["3"]);
    expect(await seqs("merged nobody")).toEqual([]);
    expect(await seqs("saved settings")).toEqual(["5"]);
  });

  it("finds by who, by what, and by the shop's own days", async () => {
    await db.prisma.shop.update({ where: { id: anna.shop.id }, data: { timezone: "Europe/Copenhagen" } });
    const bo = await shop.staff("Bo Lind");
    // 12:00 UTC, then 22:59 (23:59 in Copenhagen) and 23:00 (midnight there).
    await tell(anna, settings);
    shop.clock.advance((10 * 60 + 59) * 60_000);
    await tell(bo, { action: "customer.exported", subjectKind: "customer", subjectId: newId() });
    shop.clock.advance(60_000);
    await tell(
      { ...anna, actor: { kind: "shopify" } },
      { action: "customer.erased", subjectKind: "erasure", subjectId: newId() },
    );
    const seqs = async (search: Partial<ActivitySearch>) => (await find(search)).rows.map((row) => row.seq);
    expect(await seqs({ who: bo.actor.id })).toEqual(["2"]);
    expect(await seqs({ who: "shopify" })).toEqual(["3"]);
    expect(await seqs({ group: "export" })).toEqual(["2"]);
    expect(await seqs({ group: "change", who: bo.actor.id })).toEqual([]);
    expect(await seqs({ to: "2026-11-21" })).toEqual(["2", "1"]);
    expect(await seqs({ from: "2026-11-22" })).toEqual(["3"]);
    expect(await seqs({ from: "2026-11-21", to: "2026-11-22" })).toEqual(["3", "2", "1"]);
    await expect(find({ from: "2026-02-31x" })).rejects.toThrow("Enter a day");
    await expect(find({}, "1; DROP")).rejects.toThrow("This list has changed");
  });

  it("comes in pages that touch and do not overlap while more is written", async () => {
    await tell(anna, ...Array.from({ length: 7 }, () => settings));
    const first = await find({}, null, 3);
    await tell(anna, settings);
    const second = await find({}, first.nextCursor, 3);
    const third = await find({}, second.nextCursor, 3);
    expect([first, second, third].map((page) => page.rows.map((row) => row.seq))).toEqual([
      ["7", "6", "5"],
      ["4", "3", "2"],
      ["1"],
    ]);
    expect(third.nextCursor).toBeNull();
  });

  it("says up to where it was verified, and where it is broken", async () => {
    expect(await chainState(anna)).toEqual({ entries: "0", verifiedAt: null, verifiedEntries: null, broken: null });
    await tell(anna, settings, settings);
    await keepVerdict(anna, await verifyShop(db.sql, anna.shop.id));
    expect(await chainState(anna)).toMatchObject({ verifiedEntries: "2", verifiedAt: shop.clock.now().toISOString() });
    await keepVerdict(anna, { whole: false, shopId: anna.shop.id, seq: 2n, reason: "this entry was changed" });
    expect((await chainState(anna)).broken).toEqual({
      entry: "2",
      reason: "this entry was changed",
      foundAt: shop.clock.now().toISOString(),
    });
  });
});

describe("its export", () => {
  it("has every entry once, is one itself, and lets no name be a formula", async () => {
    await tell(anna, ...Array.from({ length: 1_203 }, () => settings));
    const formula = await person('=HYPERLINK("http://evil.example")');
    await tell(anna, { action: "customer.read", subjectKind: "customer", subjectId: formula });
    const lines: string[] = [];
    for await (const portion of await exportActivity(anna, { ...any, search: "" }))
      lines.push(...portion.split("\r\n"));
    const [head, ...rest] = lines.filter(Boolean);
    expect(head).toBe("Entry,Time (UTC),Who,What,Subject,Subject id,Action");
    expect(rest).toHaveLength(1_204);
    expect(rest[0]).toContain(
      `1204,${shop.clock.now().toISOString()},Anna Berg,looked at a customer,"'=HYPERLINK(""http`,
    );
    expect(new Set(rest.map((line) => line.split(",")[0])).size).toBe(1_204);
    const [entry] = (await find()).rows;
    expect(entry).toMatchObject({ action: "activity.exported", detail: { group: "", searched: false } });
  });
});

describe("a search in an address", () => {
  it("is taken as far as it makes sense", () => {
    const of = (query: string) => searchOf(new URLSearchParams(query));
    expect(of("")).toEqual(any);
    expect(of("search=ida&who=shopper&group=read&from=2026-11-21&to=x")).toEqual({
      search: "ida",
      who: "shopper",
      group: "read",
      from: "2026-11-21",
      to: "",
    });
    expect(of("who=%27;--&group=all")).toEqual(any);
  });

  it("knows a group for every action", () => {
    for (const one of Object.values(actions)) expect(of(one.group)).toBe(one.group);
    function of(group: string) {
      return searchOf(new URLSearchParams({ group })).group;
    }
  });
});
