import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server";
import { NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { entryKinds, groupOf, type Told } from "~/timeline/catalogue";
import { fold, join, type Line } from "~/timeline/fold";
import { newestFirst, type Place } from "~/timeline/place";
import { dayIn, readRun, readTimeline, type TimelinePage, type TimelineRequest } from "~/timeline/read";
import { type Entries, placeOfView, readEntries } from "~/timeline/read-entries";
import { entryId, subjectOf, subjectSql } from "~/timeline/subject";
import { tell } from "~/timeline/tell";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

let db: Database;
let shop: TestShop;
let customerId: string;
let visitorId: string;
const gid = "gid://shopify/Customer/77";
const start = Date.parse("2026-11-20T12:00:00Z");
const timeZone = "UTC";

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
  customerId = await person(gid);
  visitorId = await browser(customerId);
});

async function person(shopifyCustomerId: string | null = null): Promise<string> {
  const id = newId();
  const now = shop.clock.now();
  await db.prisma.customer.create({
    data: { shopId: shop.base.shop.id, id, shopifyCustomerId, createdAt: now, updatedAt: now },
  });
  return id;
}

async function browser(of: string | null): Promise<string> {
  const id = newId();
  const now = shop.clock.now();
  await db.prisma.visitor.create({
    data: { shopId: shop.base.shop.id, id, customerId: of, keyHash: id, firstSeenAt: now, lastSeenAt: now },
  });
  return id;
}

const say = (entries: Told[]) => tell(db.sql, shop.base.shop.id, entries);

function view(subjectId: string, secondsAgo: number, title = "Lamp"): Told {
  const at = new Date(start - secondsAgo * 1_000);
  return { subjectId, at, id: newId(at), kind: "page.viewed", ref: null, data: { path: "/", title } };
}

function order(subjectId: string, secondsAgo: number, number: number): Told {
  const ref = `gid://shopify/Order/${number}`;
  const data = { name: `#${number}`, total: 1999, currency: "EUR", itemCount: 1, titles: ["Wool scarf"] };
  return {
    subjectId,
    at: new Date(start - secondsAgo * 1_000),
    id: entryId("order.placed", ref),
    kind: "order.placed",
    ref,
    data,
  };
}

const placeOf = (told: Told): Place => ({ at: told.at.getTime(), id: told.id });
const keys = (entries: Entries["entries"]) => entries.map((entry) => `${entry.at} ${entry.id}`);
const keysOf = (told: Told[]) =>
  [...told]
    .sort((one, other) => newestFirst(placeOf(one), placeOf(other)))
    .map((entry) => `${entry.at.toISOString()} ${entry.id}`);

/** Reads page after page and gives what stood on them, newest first. */
async function walk(
  reading: Partial<Parameters<typeof readEntries>[1]> & { limit: number },
  between: (page: number) => Promise<void> = async () => undefined,
) {
  const all: Entries["entries"][] = [];
  const towards = reading.towards ?? "older";
  let from: Place | null = reading.from ?? null;
  for (let page = 0; page < 500; page += 1) {
    const read = await readEntries(shop.base, { customerId, groups: null, words: [], ...reading, towards, from });
    expect(read.entries.length).toBeLessThanOrEqual(reading.limit);
    all.push(read.entries);
    from = read.more;
    if (!from) return (towards === "older" ? all : all.reverse()).flat();
    await between(page);
  }
  throw new Error("the story never ends");
}

async function walkLines(request: Partial<TimelineRequest> = {}): Promise<Line[]> {
  let lines: Line[] = [];
  let cursor: string | null = null;
  do {
    const page: TimelinePage = await readTimeline(shop.base, { customerId, timeZone, ...request, cursor });
    lines = join(lines, page.lines, dayIn(timeZone));
    cursor = page.cursor;
  } while (cursor);
  return lines;
}

/** A story over the three subjects with many entries of one second; few are worth a line. */
const stories = fc.array(
  fc.record({
    subject: fc.nat(2),
    seconds: fc.nat(12),
    kind: fc.constantFrom("page.viewed" as const, "order.cancelled" as const, "cart.emptied" as const),
  }),
  { maxLength: 60 },
);

function toldOf(
  story: { subject: number; seconds: number; kind: "page.viewed" | "order.cancelled" | "cart.emptied" }[],
) {
  const subjects = [customerId, visitorId, subjectOf(shop.base.shop.id, gid)];
  return story.map(({ subject, seconds, kind }): Told => {
    const base = {
      subjectId: subjects[subject] as string,
      at: new Date(start + seconds * 1_000),
      id: newId(),
      ref: null,
    };
    if (kind === "page.viewed") return { ...base, kind, data: { path: "/", title: null } };
    return kind === "cart.emptied"
      ? { ...base, kind, data: {} }
      : { ...base, kind, data: { name: "#1", reason: null } };
  });
}

const clear = () => db.sql.query(`DELETE FROM "timeline_entry" WHERE "shopId" = $1`, [shop.base.shop.id]);

describe("pages of a story", () => {
  it("together are the whole of it in order, both ways, from any place, with any filter", async () => {
    await fc.assert(
      fc.asyncProperty(
        stories,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom("older" as const, "newer" as const),
        fc.constantFrom(null, ["browsing" as const], ["orders" as const, "carts" as const]),
        fc.option(fc.integer({ min: -1, max: 13 }), { nil: null }),
        async (story, limit, towards, groups, second) => {
          await clear();
          const told = toldOf(story);
          await say(told);
          const from =
            second === null ? null : { at: start + second * 1_000, id: "80000000-0000-0000-0000-000000000000" };
          const wanted = told.filter((entry) => {
            const side = from ? newestFirst(from, placeOf(entry)) : 0;
            const isOnSide = !from || (towards === "older" ? side < 0 : side > 0);
            return isOnSide && (!groups || groups.some((group) => group === groupOf[entry.kind]));
          });
          expect(keys(await walk({ limit, towards, groups, from }))).toEqual(keysOf(wanted));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("skip and repeat nothing while new entries arrive between them", async () => {
    await fc.assert(
      fc.asyncProperty(stories, stories, fc.integer({ min: 1, max: 9 }), async (before, meanwhile, limit) => {
        await clear();
        const [there, coming] = [toldOf(before), toldOf(meanwhile)];
        await say(there);
        const read = keys(
          await walk({ limit }, async () => {
            await say(coming.splice(0, 3));
          }),
        );
        expect(new Set(read).size).toBe(read.length);
        expect(read).toEqual(expect.arrayContaining(keysOf(there)));
        expect([...read].sort().reverse()).toEqual(read);
      }),
      { numRuns: 40 },
    );
  });

  it("folded and joined are the same lines as the whole folded at once", async () => {
    const told: Told[] = [];
    for (let index = 0; index < 900; index += 1) {
      if (index % 97 === 0) told.push(order(customerId, index * 10 + 5, index));
      told.push(view(index % 3 ? visitorId : customerId, index * 10));
    }
    await say(told);
    const lines = await walkLines();
    const everything = await readEntries(shop.base, {
      customerId,
      towards: "older",
      from: null,
      groups: null,
      words: [],
      limit: 2_000,
    });
    expect(lines).toEqual(fold(everything.entries, dayIn(timeZone)));
    expect(lines.length).toBeLessThan(25);
    const first = await readTimeline(shop.base, { customerId, timeZone });
    expect(first.lines.length).toBeGreaterThan(10);
  });

  it("are brought up to date in one reading, down to where the screen ends, with what came late in its place", async () => {
    const told = Array.from({ length: 200 }, (_, index) =>
      index % 3 ? view(visitorId, index * 60) : order(customerId, index * 60, index),
    );
    await say(told);
    const request = { customerId, timeZone };
    const first = await readTimeline(shop.base, request);
    const second = await readTimeline(shop.base, { ...request, cursor: first.cursor });
    const screen = join(first.lines, second.lines, dayIn(timeZone));
    expect(await readTimeline(shop.base, { ...request, until: second.cursor })).toEqual({
      lines: screen,
      cursor: second.cursor,
    });
    const [late, news] = [order(customerId, 90, 5_001), order(customerId, -60, 5_002)];
    await say([late, news]);
    const fresh = await readTimeline(shop.base, { ...request, until: second.cursor });
    const names = fresh.lines.flatMap((line) => (line.type === "entry" ? line.entry.id : []));
    expect(names[0]).toBe(news.id);
    expect(names).toContain(late.id);
    expect(names).toHaveLength(screen.filter((line) => line.type === "entry").length + 2);
    expect(fresh.cursor).toBe(second.cursor);
  });

  it("open a folded line to exactly what it holds", async () => {
    const views = Array.from({ length: 230 }, (_, index) => view(visitorId, 100 + index));
    await say([order(customerId, 50, 1), ...views, order(customerId, 400, 2)]);
    const lines = await walkLines();
    const run = lines[1];
    if (run?.type !== "run") throw new Error("no run");
    expect([lines.length, run.views, run.entries]).toEqual([3, 230, null]);
    const [newest, oldest] = [run.newest, run.oldest].map((entry) => `${Date.parse(entry.at)}.${entry.id}`) as [
      string,
      string,
    ];
    const opened: string[] = [];
    let after: string | null = null;
    do {
      const part: Awaited<ReturnType<typeof readRun>> = await readRun(shop.base, { customerId, newest, oldest, after });
      opened.push(...keys(part.entries));
      after = part.cursor;
    } while (after);
    expect(opened).toEqual(keysOf(views));
    expect(await readRun(shop.base, { customerId, newest: "no", oldest, after: null })).toEqual({
      entries: [],
      cursor: null,
    });
  });

  it("begin at a date, and read from there to both sides", async () => {
    await say([order(customerId, 0, 1), order(customerId, 86_400, 2), order(customerId, 2 * 86_400, 3)]);
    const at = new Date(start - 86_400_000);
    const names = (page: TimelinePage) =>
      page.lines.map((line) => line.type === "entry" && "name" in line.entry.data && line.entry.data.name);
    expect(names(await readTimeline(shop.base, { customerId, timeZone, at }))).toEqual(["#2", "#3"]);
    expect(names(await readTimeline(shop.base, { customerId, timeZone, at, towards: "newer" }))).toEqual(["#1", "#2"]);
  });
});

describe("a story", () => {
  it("is of all rows of a person: merged ones, their browsers, Shopify customers, and guest orders of their carts", async () => {
    const other = await person("gid://shopify/Customer/78");
    const stranger = await person("gid://shopify/Customer/79");
    const theirs = await browser(other);
    const guestOrder = "gid://shopify/Order/5";
    const now = shop.clock.now();
    const shopId = shop.base.shop.id;
    const money = { currency: "EUR", total: 1, itemCount: 1, lines: [], discountCodes: [] };
    const times = { snapshotAt: now, createdAt: now, changedAt: now };
    await db.prisma.cart.create({
      data: {
        shopId,
        id: newId(),
        visitorId: theirs,
        status: "ordered",
        source: "storefront",
        orderId: guestOrder,
        ...money,
        ...times,
      },
    });
    const mine = [view(customerId, 1), view(visitorId, 2), order(subjectOf(shopId, gid), 3, 3)];
    const others = [
      view(theirs, 4),
      order(subjectOf(shopId, guestOrder), 5, 5),
      order(subjectOf(shopId, "gid://shopify/Customer/78"), 6, 6),
    ];
    await say([...mine, ...others, view(stranger, 7), order(subjectOf(shopId, "gid://shopify/Customer/79"), 8, 8)]);
    expect(keys(await walk({ limit: 50 }))).toEqual(keysOf(mine));
    await db.prisma.customer.update({
      where: { shopId_id: { shopId, id: other } },
      data: { mergedIntoId: customerId },
    });
    expect(keys(await walk({ limit: 2 }))).toEqual(keysOf([...mine, ...others]));
    // Whichever of the rows one asks by.
    expect(keys(await walk({ limit: 50, customerId: other }))).toEqual(keysOf([...mine, ...others]));
    await db.prisma.customer.update({ where: { shopId_id: { shopId, id: other } }, data: { mergedIntoId: null } });
    expect(keys(await walk({ limit: 50 }))).toEqual(keysOf(mine));
    expect(keys(await walk({ limit: 50, customerId: other }))).toEqual(keysOf(others));
  });

  it("gives once what two rows of the person both have", async () => {
    const both = [order(customerId, 1, 1), order(subjectOf(shop.base.shop.id, gid), 1, 1)];
    await say([view(visitorId, 0), ...both, view(visitorId, 2)]);
    for (const limit of [1, 2, 3, 50]) {
      expect((await walk({ limit })).map((entry) => entry.kind)).toEqual([
        "page.viewed",
        "order.placed",
        "page.viewed",
      ]);
    }
  });

  it("is of one shop: another's customer is not found, and their entries are nobody's", async () => {
    const elsewhere = await testShop(db);
    await say([view(customerId, 1)]);
    await expect(readTimeline(elsewhere.base, { customerId, timeZone })).rejects.toThrow(NotFound);
    await expect(readTimeline(shop.base, { customerId: "x", timeZone })).rejects.toThrow(NotFound);
    const empty = await person();
    expect(await readTimeline(shop.base, { customerId: empty, timeZone })).toEqual({ lines: [], cursor: null });
  });

  it("has the words of messages and notes with who wrote them, and says when they are erased", async () => {
    const shopId = shop.base.shop.id;
    const anna = await shop.staff("Anna Berg");
    const at = new Date(start);
    const [chat, received, sent, note, gone] = [newId(), newId(), newId(), newId(), newId()];
    await db.prisma.conversation.create({
      data: { shopId, id: chat, customerId, channel: "chat", status: "open", lastMessageAt: at, openedAt: at },
    });
    const message = { shopId, conversationId: chat, channel: "chat", at };
    await db.prisma.message.createMany({
      data: [
        {
          ...message,
          id: received,
          position: 1,
          author: "shopper",
          text: "Is the lámp 100% brass?",
          clientKey: newId(),
        },
        { ...message, id: sent, position: 2, author: "staff", staffId: anna.actor.id, text: "Yes", clientKey: newId() },
      ],
    });
    await db.prisma.note.create({
      data: {
        shopId,
        id: note,
        conversationId: chat,
        position: 3,
        staffId: anna.actor.id,
        text: "asks about brass",
        clientKey: newId(),
        at,
      },
    });
    await say([
      { subjectId: customerId, at, id: received, kind: "message.received", ref: chat, data: {} },
      { subjectId: customerId, at, id: sent, kind: "message.sent", ref: chat, data: {} },
      { subjectId: customerId, at, id: note, kind: "note.added", ref: chat, data: { staffId: anna.actor.id } },
      { subjectId: customerId, at, id: gone, kind: "message.received", ref: chat, data: {} },
      order(customerId, 60, 1042),
    ]);
    const all = await walk({ limit: 50 });
    const byId = new Map(all.map((entry) => [entry.id, entry]));
    expect(byId.get(received)?.written).toEqual({ text: "Is the lámp 100% brass?", attachments: 0 });
    expect(byId.get(sent)).toMatchObject({ staffName: "Anna Berg", written: { text: "Yes" } });
    expect(byId.get(note)).toMatchObject({ staffName: "Anna Berg", written: { text: "asks about brass" } });
    expect(byId.get(gone)?.written).toBeNull();
    const found = async (...words: string[]) => (await walk({ limit: 1, words })).map((entry) => entry.id).sort();
    expect(await found("BRASS")).toEqual([received, note].sort());
    expect(await found("brass", "asks")).toEqual([note]);
    expect(await found("100%")).toEqual([received]);
    expect(await found("1%0")).toEqual([]);
    expect(await found("#1042")).toEqual([entryId("order.placed", "gid://shopify/Order/1042")]);
    expect(await found("scarf", "1042")).toHaveLength(1);
    expect(
      (await readTimeline(shop.base, { customerId, timeZone, search: "  wool   1042 ", groups: ["messages"] })).lines,
    ).toEqual([]);
  });

  it("is searched and filtered with bounded work, and everything is found in the end", async () => {
    const views = Array.from({ length: 23_000 }, (_, index) => view(visitorId, index));
    await say([...views, order(customerId, 11_500, 1), order(customerId, 40_000, 2)]);
    const pages: number[] = [];
    let from: Place | null = null;
    do {
      const read: Entries = await readEntries(shop.base, {
        customerId,
        towards: "older",
        from,
        groups: ["orders"],
        words: [],
        limit: 5,
      });
      pages.push(read.entries.length);
      from = read.more;
    } while (from);
    expect(pages.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(pages.length).toBeGreaterThan(4);
    expect((await walkLines({ groups: ["orders"] })).length).toBe(2);
    expect((await walkLines({ search: "#2" })).length).toBe(1);
    const [line, ...more] = (await walkLines({ groups: ["browsing"], timeZone: "UTC" })).reverse();
    expect(more.length).toBeLessThan(3);
    expect(line?.type).toBe("run");
  });

  it("holds 4,000 orders of one customer", async () => {
    await say(Array.from({ length: 4_000 }, (_, index) => order(subjectOf(shop.base.shop.id, gid), index * 60, index)));
    const lines = await walkLines();
    expect(lines).toHaveLength(4_000);
    const middle = await readTimeline(shop.base, { customerId, timeZone, at: new Date(start - 2_000 * 60_000) });
    expect(middle.lines[0]).toMatchObject({ entry: { data: { name: "#2000" } } });
  });
});

it("finds a subject by SQL as the code makes it", async () => {
  const gids = [gid, "gid://shopify/Order/1", "gid://shopify/Customer/9007199254740993", "é 灯"];
  for (const one of gids) {
    const { rows } = await db.sql.query(`SELECT ${subjectSql("g")} AS id FROM (SELECT $2::text AS g) given`, [
      shop.base.shop.id,
      one,
    ]);
    expect(rows[0].id).toBe(subjectOf(shop.base.shop.id, one));
  }
});

it("every kind can be filtered", () => {
  expect(entryKinds.filter((kind) => !groupOf[kind])).toEqual([]);
  expect(placeOfView({ at: "1970-01-01T00:00:00.005Z", id: "a" })).toEqual({ at: 5, id: "a" });
});
