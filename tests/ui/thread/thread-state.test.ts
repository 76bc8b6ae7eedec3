import { describe, expect, it } from "vitest";
import { untouched } from "~/conversations/message-view";
import type { ThreadEntry } from "~/conversations/thread-entry";
import type { EventView, MessageView } from "~/realtime/frames";
import { afterEarlier, afterEvent, afterRead, deliveryOf, type ThreadState } from "~/ui/thread/thread-state";

function message(position: number, more: Partial<MessageView> = {}): MessageView {
  return {
    id: `m${position}`,
    conversationId: "c",
    position,
    author: "shopper",
    staffName: null,
    channel: "chat",
    text: `text ${position}`,
    clientKey: `k${position}`,
    at: new Date(Date.UTC(2026, 10, 21, 12, position)).toISOString(),
    ...untouched,
    ...more,
  };
}

function entry(position: number, more?: Partial<MessageView>): ThreadEntry {
  const its = message(position, more);
  return { type: "message", position, at: its.at, message: its };
}

function pushed(kind: EventView["kind"], more: Partial<EventView> = {}): EventView {
  const none = { actorId: null, conversationId: "c", customerId: null, visitorId: null, cartId: null, position: null };
  return { kind, at: "2026-11-21T12:00:00Z", actor: "shopper", data: {}, ...none, ...more };
}

const state = (positions: number[], hasEarlier = false): ThreadState => ({
  entries: positions.map((position) => entry(position)),
  hasEarlier,
  delivered: 0,
  seen: 0,
});
const positions = (of: ThreadState) => of.entries.map((one) => one.position);

describe("a pushed message", () => {
  it("takes its place whatever order it comes in, and only once", () => {
    let now = state([1, 2, 5]);
    for (const position of [7, 6, 6, 3]) {
      now = afterEvent(now, pushed("message.received", { message: message(position) }));
    }
    expect(positions(now)).toEqual([1, 2, 3, 5, 6, 7]);
  });
});

describe("receipts", () => {
  it("only go up, and seen is also delivered", () => {
    let now = afterEvent(state([1]), pushed("conversation.delivered", { data: { position: 4 } }));
    now = afterEvent(now, pushed("conversation.seen", { data: { by: "shopper", position: 6 } }));
    now = afterEvent(now, pushed("conversation.seen", { data: { by: "shopper", position: 2 } }));
    expect(now).toMatchObject({ delivered: 6, seen: 6 });
    expect([6, 7].map((position) => deliveryOf(position, now))).toEqual(["seen", "sent"]);
    expect(deliveryOf(7, { delivered: 8, seen: 6 })).toBe("delivered");
  });

  it("of staff say nothing of the shopper", () => {
    const now = afterEvent(state([1]), pushed("conversation.seen", { data: { by: "staff", position: 9 } }));
    expect(now).toMatchObject({ delivered: 0, seen: 0 });
  });
});

describe("reading anew", () => {
  it("keeps the earlier pages that were scrolled in", () => {
    const known = { ...state([1, 2, 3, 4, 5]), hasEarlier: false };
    const now = afterRead(known, state([4, 5, 6], true));
    expect(positions(now)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(now.hasEarlier).toBe(false);
  });

  it("starts over when so much came in between that the pages no longer touch", () => {
    const now = afterRead(state([1, 2, 3]), state([80, 81, 82], true));
    expect(positions(now)).toEqual([80, 81, 82]);
    expect(now.hasEarlier).toBe(true);
  });

  it("does not take back a receipt that was pushed meanwhile", () => {
    const now = afterRead({ ...state([1]), seen: 5, delivered: 5 }, { ...state([1]), seen: 3, delivered: 4 });
    expect(now).toMatchObject({ seen: 5, delivered: 5 });
  });

  it("puts earlier pages in front", () => {
    const now = afterEarlier(state([5, 6], true), { entries: state([2, 3, 4]).entries, hasEarlier: false });
    expect(positions(now)).toEqual([2, 3, 4, 5, 6]);
    expect(now.hasEarlier).toBe(false);
  });
});
