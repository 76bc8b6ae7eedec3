import { describe, expect, it } from "vitest";
import type { FactView, ThreadEntry } from "~/conversations/thread-entry";
import type { MessageView } from "~/realtime/frames";
import { blocksOf } from "~/ui/thread/blocks";
import { factWords } from "~/ui/thread/fact-words";
import { partsOf } from "~/ui/thread/written-text";

let position = 0;
const said = (at: string, author: MessageView["author"], staffName: string | null = null): ThreadEntry => {
  position += 1;
  const message = { position, at, author, staffName, channel: "chat", text: "x" } as MessageView;
  return { type: "message", position, at, message };
};
const done = (at: string, kind: FactView["kind"], data: object = {}, more: Partial<FactView> = {}): ThreadEntry => {
  position += 1;
  const fact = { kind, data, position, at, actor: "staff", actorId: "anna", actorName: "Anna", ...more } as FactView;
  return { type: "fact", position, at, fact };
};

describe("how a conversation is laid out", () => {
  it("says once where they go on over another channel, also when the sender is the same", () => {
    const over = (channel: string, entry: ThreadEntry): ThreadEntry => {
      if (entry.type === "message") entry.message.channel = channel;
      return entry;
    };
    const blocks = blocksOf(
      [
        over("instagram", said("2026-11-21T10:00:00Z", "shopper")),
        over("email", said("2026-11-21T10:01:00Z", "shopper")),
        over("email", said("2026-11-21T10:02:00Z", "staff", "Anna")),
      ],
      "UTC",
    );
    expect(blocks.map((block) => (block.type === "channel" ? block.channel : block.type))).toEqual([
      "day",
      "messages",
      "email",
      "messages",
      "messages",
    ]);
  });

  it("puts a sender's messages of a few minutes together and begins anew for another sender or after a pause", () => {
    const blocks = blocksOf(
      [
        said("2026-11-21T10:00:00Z", "shopper"),
        said("2026-11-21T10:04:00Z", "shopper"),
        said("2026-11-21T10:10:00Z", "shopper"),
        said("2026-11-21T10:10:30Z", "staff", "Anna"),
        said("2026-11-21T10:10:40Z", "staff", "Marek"),
      ],
      "UTC",
    );
    expect(blocks.map((block) => (block.type === "messages" ? block.messages.length : block.type))).toEqual([
      "day",
      2,
      1,
      1,
      1,
    ]);
  });

  it("begins a day by the shop's clock", () => {
    const entries = [said("2026-11-20T22:59:00Z", "shopper"), said("2026-11-20T23:01:00Z", "shopper")];
    const days = (zone: string) => blocksOf(entries, zone).filter((block) => block.type === "day").length;
    expect(days("UTC")).toBe(1);
    expect(days("Europe/Berlin")).toBe(2);
  });

  it("puts facts that follow one another into one block, and notes between messages into their own", () => {
    const note: ThreadEntry = {
      type: "note",
      position: 900,
      at: "2026-11-21T10:03:00Z",
      note: {
        id: "n",
        conversationId: "c",
        position: 900,
        staffId: "s",
        staffName: "Anna",
        text: "",
        clientKey: "",
        at: "",
      },
    };
    const blocks = blocksOf(
      [
        done("2026-11-21T10:00:00Z", "conversation.assigned", { staffId: "anna", staffName: "Anna" }),
        done("2026-11-21T10:01:00Z", "conversation.closed"),
        said("2026-11-21T10:02:00Z", "shopper"),
        note,
        said("2026-11-21T10:03:30Z", "shopper"),
      ],
      "UTC",
    );
    expect(blocks.map((block) => block.type)).toEqual(["day", "facts", "messages", "note", "messages"]);
    expect(new Set(blocks.map((block) => block.key)).size).toBe(blocks.length);
  });
});

describe("facts in words", () => {
  const words = { me: "anna", locale: "en", timeZone: "UTC" };
  const say = (kind: FactView["kind"], data: object, more: Partial<FactView> = {}, as = words) => {
    const made = done("2026-11-21T10:00:00Z", kind, data, more);
    return made.type === "fact" ? factWords(made.fact, as) : null;
  };
  const money = { total: 12_900, currency: "EUR", draftOrderId: "d", name: "#D12" };

  it("name who did it, and the reader as You", () => {
    const taken = { staffId: "anna", staffName: "Anna" };
    expect(say("conversation.assigned", taken)).toBe("You took this conversation");
    expect(say("conversation.assigned", taken, {}, { ...words, me: "marek" })).toBe("Anna took this conversation");
    expect(say("conversation.assigned", { staffId: "marek", staffName: "Marek" })).toBe("You assigned this to Marek");
    expect(say("conversation.assigned", { staffId: "marek", staffName: "Marek" }, {}, { ...words, me: "marek" })).toBe(
      "Anna assigned this to you",
    );
    expect(say("conversation.assigned", { staffId: null, staffName: null })).toBe("You made this unassigned");
  });

  it("tell the story of a draft order", () => {
    expect(say("draft-order.created", money)).toBe("You created draft order #D12 for €129.00");
    expect(say("draft-order.paid", { ...money, orderId: "o", orderName: "#1050" })).toBe(
      "Draft order #D12 was paid as order #1050",
    );
    expect(say("draft-order.voided", { ...money, because: "cart-paid" })).toContain("paid for the cart instead");
  });

  it("leave out what is not worth a line", () => {
    expect(say("conversation.delivered", { position: 3 })).toBeNull();
    expect(say("visitor.viewed", { path: "/", title: null, productId: null })).toBeNull();
  });
});

describe("web addresses in what was written", () => {
  const links = (text: string) =>
    partsOf(text)
      .filter((part) => part.link)
      .map((part) => part.text);

  it("become links without the punctuation behind them", () => {
    expect(links("See https://a.example/x?y=1, or (http://b.example).")).toEqual([
      "https://a.example/x?y=1",
      "http://b.example",
    ]);
    expect(partsOf("See https://a.example!").map((part) => part.text)).toEqual(["See ", "https://a.example", "!"]);
  });

  it("are only those of the web", () => {
    expect(links("javascript:alert(1) data:text/html,x file:///etc/passwd <a href=https://")).toEqual([]);
  });
});
