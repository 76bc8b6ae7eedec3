import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { untouched } from "~/conversations/message-view";
import { Store } from "../../app/widget/chat/store";
import type { Texts } from "../../app/widget/chat/texts";
import type { Loader, MessageView, ServerFrame, StateAnswer } from "../../app/widget/protocol";
import english from "../../extensions/storefront-chat/locales/en.default.json";

/** The one line of the page; its other end is the test. */
let line: {
  onmessage: ((event: { data: string }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
};
let asked: string[];
/** Status of the answers to come that are no answer. */
let failures: (number | "no network")[];
let kept: MessageView[];
let known: string | null;
let loader: Loader;
let stored: Map<string, string>;

const pageful = 500;
const texts: Texts = english.chat;

function message(position: number, author: MessageView["author"] = "staff"): MessageView {
  const at = "2026-11-21T12:00:00.000Z";
  const [id, clientKey] = [`m${position}`, `k${position}`];
  return {
    id,
    conversationId: "c",
    position,
    author,
    staffName: null,
    channel: "chat",
    text: id,
    clientKey,
    at,
    ...untouched,
  };
}

function stateOf(query: URLSearchParams): StateAnswer {
  const after = query.get("after");
  const messages = after ? kept.filter((each) => each.position > Number(after)).slice(0, pageful) : kept.slice(-30);
  const position = kept.at(-1)?.position ?? 0;
  return {
    cursor: "1.0",
    someoneThere: true,
    visitor: { name: null, hasEmail: false, signedIn: false, confirmed: false, canConfirm: false, consented: true },
    conversation: known
      ? { id: known, status: "open", position, shopperSeen: 0, staffSeen: 0, older: false, rating: null, messages }
      : null,
  };
}

const hear = (frame: ServerFrame): void => line.onmessage?.({ data: JSON.stringify(frame) });
const live = (position: number): ServerFrame => ({
  type: "events",
  cursor: "9.9",
  events: [
    {
      kind: "message.sent",
      at: "",
      actor: "staff",
      actorId: null,
      conversationId: "c",
      customerId: null,
      visitorId: null,
      cartId: null,
      position,
      data: {},
      message: message(position),
    },
  ],
});

beforeEach(() => {
  vi.useFakeTimers();
  [asked, failures, kept, known, stored] = [[], [], [], null, new Map()];
  const nowhere = { addEventListener: () => undefined };
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal(
    "BroadcastChannel",
    class {
      postMessage(): void {}
    },
  );
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("document", { hidden: true, ...nowhere });
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
    removeItem: (name: string) => stored.delete(name),
  });
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("AudioContext", undefined);
  vi.stubGlobal(
    "WebSocket",
    class {
      static readonly OPEN = 1;
      readyState = 1;
      onmessage = null;
      onclose = null;
      constructor() {
        line = this;
      }
      send(): void {}
      close(): void {}
    },
  );
  const pass = { origin: "http://app.test", token: "t", settings: {} };
  loader = {
    button: {},
    tracking: false,
    tellCart: () => undefined,
    root: { querySelector: () => ({}) },
    session: async () => ({ pass, state: stateOf(new URLSearchParams()), told: false }),
    async call(path: string) {
      if (!path.startsWith("/storefront/state")) return Response.json({});
      asked.push(path);
      const failure = failures.shift();
      if (failure === "no network") throw new TypeError("no network");
      if (failure) return new Response(null, { status: failure });
      return Response.json(stateOf(new URL(path, "http://app.test").searchParams));
    },
  } as unknown as Loader;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function begun(): Promise<Store> {
  const store = new Store(loader, texts);
  await store.begin();
  await vi.advanceTimersByTimeAsync(0);
  hear({ type: "welcome", cursor: "1.0" });
  return store;
}

/** Loses the line and has it back. */
async function away(meanwhile: () => void): Promise<void> {
  line.onclose?.({ code: 1006 });
  meanwhile();
  await vi.advanceTimersByTimeAsync(1_000);
}

const positions = (store: Store): number[] => store.model.messages.map((each) => each.position);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe("the chat's store", () => {
  it("keeps the key of who proved to be somebody else here, and nothing that the one before did not send", async () => {
    known = "c";
    kept = [message(1)];
    vi.stubGlobal("sessionStorage", localStorage);
    const session = vi.spyOn(loader, "session");
    const store = await begun();
    loader.call = async () => new Response(null, { status: 422 });
    store.say("A's words", [], {});
    await vi.advanceTimersByTimeAsync(0);
    expect(store.model.unsent).toHaveLength(1);
    stored.set("throughline:pass", "A's");
    stored.set("throughline:draft", "A's");
    [known, kept] = ["d", [{ ...message(7), conversationId: "d" }]];
    loader.call = async () => Response.json({ ...stateOf(new URLSearchParams()), key: "B's" });
    session.mockClear();
    expect(await store.ask.confirmCode("123456")).toBe("");
    expect(session).toHaveBeenCalledWith(true);
    expect(stored.get("throughline:key")).toBe("B's");
    expect([stored.has("throughline:pass"), stored.has("throughline:draft")]).toEqual([false, false]);
    expect(store.model.unsent).toEqual([]);
    expect(positions(store)).toEqual([7]);
  });

  it("reads on until nothing is missing, also when live messages come in between and a page fails", async () => {
    known = "c";
    kept = [message(1)];
    const store = await begun();
    await away(() => {
      kept = upTo(1_234).map((each) => message(each));
    });
    failures = ["no network", 503];
    hear({ type: "reset", cursor: "9.0" });
    kept.push(message(1_235));
    hear(live(1_235));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(positions(store)).toEqual(upTo(1_235));
    expect(store.model.conversation?.older).toBe(false);
  });

  it("goes on where it was when the line was lost while it read", async () => {
    known = "c";
    kept = [message(1)];
    const store = await begun();
    await away(() => {
      kept = upTo(700).map((each) => message(each));
    });
    failures = ["no network"];
    hear({ type: "reset", cursor: "9.0" });
    hear(live(700));
    await away(() => undefined);
    hear({ type: "welcome", cursor: "9.9" });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(positions(store)).toEqual(upTo(700));
  });

  it("reads a chat that was begun elsewhere until it has it", async () => {
    const store = await begun();
    known = "c";
    kept = [message(1)];
    failures = ["no network", 500, 429];
    hear(live(1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(positions(store)).toEqual([1]);
    expect(asked).toHaveLength(4);
  });

  it("leaves what the app refuses", async () => {
    await begun();
    failures = [404, 404];
    hear(live(1));
    await vi.advanceTimersByTimeAsync(300_000);
    expect(asked).toHaveLength(1);
  });

  it("brings back on the next page what the shopper wrote in, not what only staff began", async () => {
    known = "c";
    kept = [message(1)];
    await begun();
    expect(stored.has("throughline:chat")).toBe(false);
    kept.push(message(2, "shopper"));
    await begun();
    expect(stored.has("throughline:chat")).toBe(true);
  });
});
