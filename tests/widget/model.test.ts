import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { untouched } from "~/conversations/message-view";
import {
  empty,
  hasNotWritten,
  type Model,
  unread,
  withEvents,
  withFailure,
  withMessages,
  withSeen,
  withState,
  withUnsent,
} from "../../app/widget/chat/model";
import type { EventView, MessageView, StateAnswer } from "../../app/widget/protocol";

function message(position: number, more: Partial<MessageView> = {}): MessageView {
  return {
    id: `m${position}`,
    conversationId: "c",
    position,
    author: position % 2 ? "shopper" : "staff",
    staffName: null,
    channel: "chat",
    text: `text ${position}`,
    clientKey: `k${position}`,
    at: "2026-11-21T12:00:00.000Z",
    ...untouched,
    ...more,
  };
}

function state(messages: MessageView[], more: object = {}, id = "c"): StateAnswer {
  return {
    cursor: "5.0",
    someoneThere: true,
    visitor: { name: null, hasEmail: false, signedIn: false, confirmed: false, canConfirm: false, consented: true },
    conversation: {
      id,
      status: "open",
      position: 9,
      shopperSeen: 0,
      staffSeen: 0,
      older: false,
      rating: null,
      messages,
      ...more,
    },
  };
}

function event(kind: EventView["kind"], more: Partial<EventView> = {}): EventView {
  return {
    kind,
    at: "2026-11-21T12:00:00.000Z",
    actor: "staff",
    actorId: null,
    conversationId: "c",
    customerId: null,
    visitorId: null,
    cartId: null,
    position: null,
    data: {},
    ...more,
  };
}

const arrived = (one: MessageView) =>
  event(one.author === "shopper" ? "message.received" : "message.sent", { message: one, position: one.position });
const texts = (model: Model) => model.messages.map((each) => each.position);
const started = withState(empty, state([message(1)]), true);

describe("the chat's model", () => {
  it("shows every message once and in its place, whatever the order and however often it comes", () => {
    const all = [1, 2, 3, 4, 5, 6].map((position) => message(position));
    const steps = fc.array(
      fc.oneof(
        fc.record({ how: fc.constant("events" as const), which: fc.subarray(all) }),
        fc.record({ how: fc.constant("state" as const), which: fc.subarray(all) }),
        fc.record({ how: fc.constant("answer" as const), which: fc.subarray(all, { maxLength: 1 }) }),
      ),
    );
    fc.assert(
      fc.property(steps, (taken) => {
        let model = started;
        const seen = new Set([1]);
        for (const { how, which } of taken) {
          for (const each of which) seen.add(each.position);
          if (how === "events") model = withEvents(model, which.map(arrived)).model;
          else if (how === "state") model = withState(model, state(which), false);
          else model = withMessages(model, which);
        }
        expect(texts(model)).toEqual([...seen].sort((one, other) => one - other));
      }),
    );
  });

  it("takes a message of ours off the unsent ones when it comes back by any way", () => {
    const unsent = { clientKey: "k3", text: "text 3", attachments: [], at: 0, failure: "" };
    const waiting = withUnsent(started, unsent);
    expect(withEvents(waiting, [arrived(message(3))]).model.unsent).toEqual([]);
    expect(withState(waiting, state([message(3)]), false).unsent).toEqual([]);
    expect(withMessages(withFailure(waiting, "k3", "Not sent."), [message(3)]).unsent).toEqual([]);
    expect(withMessages(waiting, [message(5)]).unsent).toHaveLength(1);
  });

  it("says that facts are of a chat it has not read", () => {
    expect(withEvents(empty, [arrived(message(1))])).toEqual({ model: empty, unknown: true });
    expect(withEvents(started, [arrived(message(2, { conversationId: "d" }))]).unknown).toBe(false);
    const other = arrived(message(2, { conversationId: "d" }));
    expect(withEvents(started, [{ ...other, conversationId: "d" }]).unknown).toBe(true);
  });

  it("counts what the shop wrote and the shopper has not seen", () => {
    const model = withEvents(
      started,
      [2, 3, 4].map((position) => arrived(message(position))),
    ).model;
    expect(unread(model)).toBe(2);
    expect(unread(withSeen(model, 2))).toBe(1);
    const elsewhere = event("conversation.seen", { actor: "shopper", data: { by: "shopper", position: 4 } });
    expect(unread(withEvents(model, [elsewhere]).model)).toBe(0);
  });

  it("never goes back in what was seen", () => {
    const seen = withSeen(started, 8);
    expect(withSeen(seen, 3).conversation?.shopperSeen).toBe(8);
    expect(withState(seen, state([], { shopperSeen: 2 }), false).conversation?.shopperSeen).toBe(8);
    const staff = (position: number) => event("conversation.seen", { data: { by: "staff", position } });
    expect(withEvents(seen, [staff(7), staff(5)]).model.conversation?.staffSeen).toBe(7);
  });

  it("remembers that there are older messages when newer ones are read", () => {
    const paged = withState(empty, state([message(5), message(6)], { older: true }), true);
    expect(withState(paged, state([message(7)], { older: false }), false).conversation?.older).toBe(true);
    expect(withState(paged, state([message(1), message(2)], { older: false }), false).conversation?.older).toBe(false);
  });

  it("puts another chat in the place of the one before", () => {
    const next = withState(started, state([message(1, { id: "x", conversationId: "d" })], {}, "d"), false);
    expect(next.messages.map((each) => each.id)).toEqual(["x"]);
  });

  it("knows whether the shopper has written, also in a chat that the shop began", () => {
    expect(hasNotWritten(empty)).toBe(true);
    expect(hasNotWritten(withState(empty, state([message(2)]), true))).toBe(true);
    expect(hasNotWritten(withState(empty, state([message(2)], { older: true }), true))).toBe(false);
    expect(hasNotWritten(started)).toBe(false);
    expect(hasNotWritten(withUnsent(empty, { clientKey: "k", text: "", attachments: [], at: 0, failure: "" }))).toBe(
      false,
    );
  });

  it("closes and opens as the shop says", () => {
    const closed = withEvents(started, [event("conversation.closed")]).model;
    expect(closed.conversation?.status).toBe("closed");
    expect(withEvents(closed, [event("conversation.reopened")]).model.conversation?.status).toBe("open");
  });

  it("stops showing that somebody writes when their message is there", () => {
    const typing = { ...started, typing: { name: "Anna", until: 1 } };
    expect(withEvents(typing, [arrived(message(2))]).model.typing).toBeNull();
    expect(withEvents(typing, [arrived(message(3))]).model.typing).not.toBeNull();
  });
});
