import { describe, expect, it } from "vitest";
import type { Template } from "~/channels/channel";
import type { ThreadEntry } from "~/conversations/thread-entry";
import type { MessageView } from "~/realtime/frames";
import { countOf, fileProblem, longest } from "~/ui/composer/limits";
import { answerSubject } from "~/ui/composer/mail-fields";
import { alike, defaultPlace, isReachedHere, type Place, toOf } from "~/ui/composer/places";
import { askedOf, filled, wordsOf } from "~/ui/composer/template-text";
import { endpointWords, ruleWords, shortSpan } from "~/ui/customers/endpoint-words";

const place = (id: string, channel: string, more: Partial<Place> = {}): Place =>
  ({ id, channel, here: channel !== "chat", rule: { open: true, until: null, words: "" }, ...more }) as Place;
const entry = (author: MessageView["author"], channel: string, endpointId: string | null): ThreadEntry =>
  ({ type: "message", message: { author, channel, endpointId, deletedAt: null } }) as unknown as ThreadEntry;

const mail = place("mail", "email");
const phone = place("phone", "whatsapp");
const chat = place("chat", "chat", { here: true });
const elsewhere = place("other", "chat", { here: false });

describe("where a reply goes", () => {
  it("follows the last message of the shopper, not the last of the store", () => {
    const entries = [
      entry("shopper", "email", "mail"),
      entry("shopper", "whatsapp", "phone"),
      entry("staff", "email", "mail"),
    ];
    expect(defaultPlace([mail, phone, chat], entries, null)).toBe(phone);
    expect(defaultPlace([mail, phone, chat], [...entries, entry("shopper", "chat", null)], null)).toBe(chat);
  });

  it("goes where the page's address says, unless nothing said here is heard there", () => {
    expect(defaultPlace([mail, phone], [entry("shopper", "email", "mail")], "phone")).toBe(phone);
    expect(defaultPlace([elsewhere, mail], [entry("shopper", "email", "mail")], "other")).toBe(mail);
  });

  it("takes the first open place where the last one is gone, and none where nobody can be reached", () => {
    const closed = place("closed", "sms", { rule: { open: false, words: "", instead: null } });
    expect(defaultPlace([closed, phone], [entry("shopper", "email", "gone")], null)).toBe(phone);
    expect(defaultPlace([elsewhere], [], null)).toBeNull();
  });

  it("asks only between places of one channel", () => {
    expect(alike([mail, phone], mail)).toEqual([]);
    expect(alike([mail, place("mail-2", "email"), phone], mail).map(({ id }) => id)).toEqual(["mail", "mail-2"]);
  });

  it("is never a phone, which can only be called", () => {
    const calls = [place("home", "voice"), place("mobile", "voice")];
    const called = entry("shopper", "voice", "home");
    expect(defaultPlace(calls, [called], "home")).toBeNull();
    expect(alike(calls, calls[0] ?? null)).toEqual([]);
    expect(defaultPlace([...calls, mail], [called], null)).toBe(mail);
    const now = Date.parse("2026-11-22T03:00:00Z");
    const words = (wroteAt: string | null) => endpointWords({ channel: "voice", wroteAt }, now, "en", "UTC");
    expect(words("2026-11-22T03:00:00Z")).toBe("by phone, called just now");
    expect(words(null)).toBe("by phone, never called");
  });

  it("tells the server the chat or the endpoint; another browser's chat is another conversation", () => {
    expect([toOf(chat), toOf(mail)]).toEqual([{ chat: true }, { endpointId: "mail" }]);
    expect([chat, elsewhere, mail].map(isReachedHere)).toEqual([true, false, true]);
  });
});

describe("what may be written", () => {
  const now = Date.parse("2026-11-22T03:00:00Z");
  it("says how long free replies go on", () => {
    const rule = { open: true as const, until: "2026-11-23T00:40:30Z", words: "" };
    expect(ruleWords(rule, now)).toBe("free replies for 21 h 40 min more");
    expect(ruleWords({ open: true, until: null, words: "" }, now)).toBeNull();
    expect(ruleWords({ open: false, words: "Closed since yesterday.", instead: null }, now)).toBe(
      "Closed since yesterday.",
    );
    expect([0, 59_000, 60_000, 3_600_000, 176_400_000].map(shortSpan)).toEqual([
      "under a minute",
      "under a minute",
      "1 min",
      "1 h",
      "2 d 1 h",
    ]);
  });

  it("counts what the channel counts: letters, bytes or segments, and only when it matters", () => {
    expect(countOf("short", "whatsapp", 4_096)).toBeNull();
    expect(countOf("x".repeat(4_000), "whatsapp", 4_096)).toEqual({ words: "4,000 of 4,096 characters", over: false });
    expect(countOf("x".repeat(9_000), "whatsapp", 4_096)?.words).toContain("goes as 3 messages");
    expect(countOf("é".repeat(450), "instagram", 1_000)).toEqual({ words: "900 of 1,000 bytes", over: false });
    expect(countOf("Hi", "sms", 1_600)?.words).toBe("1 segment · 158 left");
    expect(countOf("Привет".repeat(20), "sms", 1_600)?.words).toMatch(/^2 segments, because/);
    expect(longest("chat", undefined)).toBe(5_000);
  });

  it("says which files a channel does not take", () => {
    const carries = { textLimit: 1, files: { "image/*": 5_000_000 }, filesPerMessage: 1, templates: false };
    expect(fileProblem({ mediaType: "image/png", size: 4_000_000 }, "whatsapp", carries)).toBeNull();
    expect(fileProblem({ mediaType: "image/png", size: 6_000_000 }, "whatsapp", carries)).toBe(
      "WhatsApp takes at most 5.0 MB",
    );
    expect(fileProblem({ mediaType: "text/csv", size: 1 }, "whatsapp", carries)).toBe(
      "WhatsApp does not take this kind of file",
    );
    expect(fileProblem({ mediaType: "text/csv", size: 1 }, "x", { ...carries, files: {} })).toBe("X takes no files");
    expect(fileProblem({ mediaType: "text/csv", size: 1 }, "chat", undefined)).toBeNull();
  });

  it("answers a subject once", () => {
    expect(["Jacket", "RE: Jacket", ""].map(answerSubject)).toEqual(["Re: Jacket", "RE: Jacket", ""]);
  });
});

describe("a template", () => {
  const template: Template = {
    ...{ name: "order_update", language: "en_US", category: "UTILITY", footer: "Northwind", buttons: ["Track"] },
    ...{ header: "Order {{1}}", body: "Hi {{1}}, it comes on {{2}}. Thanks, {{1}}!", values: 4 },
  };
  it("asks for the values of the heading first, each once", () => {
    expect(askedOf(template).map(({ label }) => label)).toEqual([
      "Value 1 in the heading",
      "Value 1 in the text",
      "Value 2 in the text",
      "Value of a button",
    ]);
  });
  it("shows what is filled in, and leaves what is not", () => {
    expect(wordsOf(filled(template, ["#1042", "Ida", "Friday"]))).toBe(
      "Order #1042\n\nHi Ida, it comes on Friday. Thanks, Ida!\n\nNorthwind",
    );
    expect(filled(template, ["#1042"]).body).toBe("Hi {{1}}, it comes on {{2}}. Thanks, {{1}}!");
    expect(filled({ ...template, header: null, body: "Hi {{name}}" }, ["$&"]).body).toBe("Hi $&");
  });
});
