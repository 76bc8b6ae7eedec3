import { describe, expect, it } from "vitest";
import type { InboxRow } from "~/inbox/inbox-row";
import type { EventView, MessageView } from "~/realtime/frames";
import { snoozeTimes } from "~/ui/conversation/snooze-times";
import { isOn } from "~/ui/home/use-widget-status";
import { afterListEvent, afterListMore, afterListRead, type Reader } from "~/ui/inbox/list-state";
import { fromWall, toWall } from "~/ui/zoned";

const row = (id: string, minute: number, more: Partial<InboxRow> = {}): InboxRow => ({
  id,
  position: 1,
  channel: "chat",
  status: "open",
  customerId: `customer ${id}`,
  customerName: null,
  customerEmail: null,
  customerPhone: null,
  addressProven: false,
  shopifyCustomerId: null,
  lastMessageAt: new Date(Date.UTC(2026, 10, 21, 12, minute)).toISOString(),
  lastMessageText: "",
  lastMessageFrom: "shopper",
  assigneeId: null,
  assigneeName: null,
  waitingSince: null,
  snoozedUntil: null,
  unread: false,
  undelivered: false,
  cart: null,
  ...more,
});

const reader = (more: Partial<Reader> = {}): Reader => ({ view: "open", me: "anna", openId: null, ...more });

function pushed(kind: EventView["kind"], conversationId: string, more: Partial<EventView> = {}): EventView {
  const none = { actorId: null, customerId: null, visitorId: null, cartId: null, position: null };
  return { kind, at: "2026-11-21T12:30:00Z", actor: "shopper", data: {}, conversationId, ...none, ...more };
}

const arrived = (
  conversationId: string,
  minute: number,
  author: MessageView["author"],
  more: Partial<EventView> = {},
) =>
  pushed(author === "shopper" ? "message.received" : "message.sent", conversationId, {
    message: {
      text: "new\n words",
      attachments: [],
      author,
      at: new Date(Date.UTC(2026, 10, 21, 12, minute)).toISOString(),
    } as Partial<MessageView> as MessageView,
    ...more,
  });

it("shows what a message became, and not what was taken back", () => {
  const before = [row("a", 9, { lastMessageText: "never mind" })];
  const changed = (more: Partial<MessageView>) =>
    afterListEvent(
      before,
      pushed("message.changed", "a", {
        message: { text: "", author: "shopper", at: before[0]?.lastMessageAt, attachments: [], ...more } as MessageView,
      }),
      reader(),
    )[0]?.lastMessageText;
  expect(changed({ text: "never  mind that" })).toBe("never mind that");
  expect(changed({ deletedAt: "2026-11-21T12:30:00Z" })).toBe("Deleted a message");
  expect(changed({ text: "older", at: "2026-11-21T12:01:00Z" })).toBe("never mind");
});

const ids = (rows: InboxRow[]) => rows.map((one) => one.id);

describe("what became of a message of ours", () => {
  const message = { text: "Ours", author: "staff", at: "2026-11-21T12:59:00Z" } as MessageView;

  it("brings a conversation back when it was not sent, and takes nobody's waiting away", () => {
    const before = row("a", 9, { waitingSince: null });
    const failed = pushed("message.delivery", "a", { data: { state: "failed" }, message });
    expect(afterListEvent([before], failed, reader())[0]).toMatchObject({
      undelivered: true,
      waitingSince: "2026-11-21T12:30:00Z",
      lastMessageAt: before.lastMessageAt,
    });
  });

  it("moves no row when it was delivered, or when something was edited", () => {
    const rows = [row("a", 9, { waitingSince: "2026-11-21T11:00:00Z" })];
    const read = pushed("message.delivery", "a", { data: { state: "read" }, message });
    expect(afterListEvent(rows, read, reader())).toEqual(rows);
    expect(afterListEvent(rows, pushed("message.changed", "a", { message }), reader())).toEqual(rows);
  });
});

describe("a pushed message", () => {
  it("moves its row up with its words and marks it unread", () => {
    const rows = afterListEvent([row("a", 9), row("b", 5)], arrived("b", 20, "shopper"), reader());
    expect(ids(rows)).toEqual(["b", "a"]);
    expect(rows[0]).toMatchObject({ lastMessageText: "new words", unread: true, lastMessageFrom: "shopper" });
    expect(rows[0]?.waitingSince).toBe(rows[0]?.lastMessageAt);
  });

  it("leaves the waiting clock where it was, and the open conversation read", () => {
    const waiting = row("a", 9, { waitingSince: "2026-11-21T11:00:00.000Z" });
    const [after] = afterListEvent([waiting], arrived("a", 20, "shopper"), reader({ openId: "a" }));
    expect(after).toMatchObject({ waitingSince: "2026-11-21T11:00:00.000Z", unread: false });
  });

  it("of staff ends the waiting", () => {
    const waiting = row("a", 9, { waitingSince: "2026-11-21T11:00:00.000Z", unread: true });
    const [after] = afterListEvent([waiting], arrived("a", 20, "staff", { actorId: "anna" }), reader());
    expect(after).toMatchObject({ waitingSince: null, lastMessageFrom: "staff", unread: false });
  });

  it("that is older than what the row shows changes nothing", () => {
    const rows = [row("a", 9, { lastMessageText: "newest" })];
    expect(afterListEvent(rows, arrived("a", 3, "shopper"), reader())).toEqual(rows);
  });
});

describe("a change of state", () => {
  it("takes a row out of the list it no longer belongs to", () => {
    const rows = [row("a", 9), row("b", 5)];
    expect(ids(afterListEvent(rows, pushed("conversation.closed", "a"), reader()))).toEqual(["b"]);
    const taken = pushed("conversation.assigned", "a", { data: { staffId: "marek", staffName: "Marek" } });
    expect(ids(afterListEvent(rows, taken, reader({ view: "unassigned" })))).toEqual(["b"]);
    expect(afterListEvent(rows, taken, reader())[0]).toMatchObject({ assigneeId: "marek", assigneeName: "Marek" });
  });

  it("of a conversation that is not in the list changes nothing", () => {
    expect(ids(afterListEvent([row("a", 9)], pushed("conversation.closed", "z"), reader()))).toEqual(["a"]);
  });
});

describe("pages", () => {
  it("that were loaded before stay behind a first page that is read anew", () => {
    const known = [row("a", 9), row("b", 8), row("c", 7), row("d", 6)];
    const read = [row("c", 12), row("a", 9)];
    expect(ids(afterListRead(known, read, true))).toEqual(["c", "a", "b", "d"]);
    expect(ids(afterListRead(known, read, false))).toEqual(["c", "a"]);
  });

  it("never show a row twice", () => {
    expect(ids(afterListMore([row("a", 9)], [row("a", 9), row("b", 8)]))).toEqual(["a", "b"]);
  });
});

describe("snoozing", () => {
  const offers = (now: string, timeZone: string) =>
    snoozeTimes(new Date(now), timeZone).map((one) => [one.name, toWall(one.until, timeZone)]);

  it("offers today only while there is enough of it, and always a later Monday", () => {
    expect(offers("2026-11-18T12:00:00Z", "UTC")).toEqual([
      ["Later today", "2026-11-18T15:00"],
      ["Tomorrow", "2026-11-19T09:00"],
      ["Next week", "2026-11-23T09:00"],
    ]);
    // A Sunday night, and a Monday morning.
    expect(offers("2026-11-22T22:00:00Z", "UTC").map((one) => one[1])).toEqual([
      "2026-11-23T09:00",
      "2026-11-23T09:00",
    ]);
    expect(offers("2026-11-23T08:00:00Z", "UTC").at(-1)?.[1]).toBe("2026-11-30T09:00");
  });

  it("goes by the shop's clock, whose day may be another one", () => {
    expect(offers("2026-11-18T23:30:00Z", "Asia/Tokyo")[1]).toEqual(["Tomorrow", "2026-11-20T09:00"]);
    expect(offers("2026-11-18T23:30:00Z", "America/Los_Angeles")[1]).toEqual(["Tomorrow", "2026-11-19T09:00"]);
    expect(snoozeTimes(new Date("2026-11-18T12:00:00Z"), "Asia/Tokyo")[0]?.until.toISOString()).toBe(
      "2026-11-19T00:00:00.000Z",
    );
  });
});

describe("a clock on the wall", () => {
  it("is turned into an instant and back", () => {
    for (const zone of ["UTC", "Europe/Copenhagen", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati"]) {
      for (const wall of ["2026-01-31T23:59", "2026-07-01T00:00", "2028-02-29T12:34"]) {
        expect(toWall(fromWall(wall, zone) as Date, zone)).toBe(wall);
      }
    }
  });

  it("has hours that are left out and hours that come twice", () => {
    // https://www.timeanddate.com/time/zone/denmark/copenhagen: 29 March and 25 October 2026
    expect(fromWall("2026-03-29T02:30", "Europe/Copenhagen")?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
    expect(fromWall("2026-10-25T02:30", "Europe/Copenhagen")?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(fromWall("never", "UTC")).toBeNull();
  });
});

describe("whether the chat is on", () => {
  const extension = (status: string, handle = "chat") => [
    { type: "theme_app_extension", activations: [{ handle, status, activations: [] }] },
  ];
  it("is what App Bridge says of the block named chat", () => {
    expect(isOn(extension("active"))).toBe(true);
    expect(isOn(extension("available"))).toBe(false);
    expect(isOn(extension("active", "other"))).toBe(false);
    expect(isOn([{ type: "ui_extension", activations: [{ target: "x" }] }])).toBe(false);
    expect(isOn([])).toBe(false);
  });
});
