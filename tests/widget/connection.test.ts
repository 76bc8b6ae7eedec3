import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection } from "../../app/widget/chat/connection";
import type { ClientFrame, ServerFrame } from "../../app/widget/protocol";

/** A socket whose other end is the test. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: ClientFrame[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }
  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code: 1005 });
  }
  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  cut(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

let listeners: Map<string, () => void>;
let heard: ServerFrame[];
let states: string[];
let freshness: boolean[];
let refuse: boolean;
const newest = (): FakeSocket => FakeSocket.all.at(-1) as FakeSocket;
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  listeners = new Map();
  heard = [];
  states = [];
  freshness = [];
  refuse = false;
  FakeSocket.all = [];
  const listen = (kind: string, act: () => void) => listeners.set(kind, act);
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("addEventListener", listen);
  vi.stubGlobal("document", { hidden: false, addEventListener: listen });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function connected(): Promise<Connection> {
  const connection = new Connection({
    async pass(fresh) {
      freshness.push(fresh);
      if (refuse) throw new Error("no network");
      return { url: "ws://app.test/realtime", token: "t" };
    },
    cursor: () => "7.3",
    hear: (frame) => heard.push(frame),
    state: (state, again) => states.push(`${state}${again ? " again" : ""}`),
  });
  await settle();
  newest().accept();
  newest().say({ type: "welcome", cursor: "7.3" });
  return connection;
}

describe("the widget's line to the app", () => {
  it("says hello with its token and the last cursor it has seen", async () => {
    await connected();
    expect(newest().sent).toEqual([{ type: "hello", as: "shopper", token: "t", cursor: "7.3" }]);
    expect(states).toEqual(["on"]);
  });

  it("comes back by itself within a second, and says that it was away", async () => {
    await connected();
    newest().cut();
    expect(states.at(-1)).toBe("off again");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakeSocket.all).toHaveLength(2);
    newest().accept();
    newest().say({ type: "welcome", cursor: "8.0" });
    expect(states.at(-1)).toBe("on again");
  });

  it("waits longer each time, never longer than half a minute, and not as long as the next page", async () => {
    await connected();
    refuse = true;
    newest().cut();
    const waits: number[] = [];
    let last = Date.now();
    for (let tries = 0; tries < 10; tries += 1) {
      const before = freshness.length;
      while (freshness.length === before) await vi.advanceTimersByTimeAsync(50);
      waits.push(Date.now() - last);
      last = Date.now();
    }
    waits.forEach((wait, tries) => {
      const pause = Math.min(30_000, 500 * 2 ** tries);
      expect(wait).toBeGreaterThanOrEqual(pause / 2 - 50);
      expect(wait).toBeLessThanOrEqual(pause + 50);
    });
    expect(new Set(waits.slice(6)).size).toBeGreaterThan(1);
  });

  it("gets a new token when its own was refused, and only then", async () => {
    await connected();
    newest().cut(4401);
    await vi.advanceTimersByTimeAsync(1_000);
    newest().cut(1006);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(freshness).toEqual([false, true, false]);
  });

  it("finds a line that died in silence by its heartbeat", async () => {
    await connected();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(newest().sent.at(-1)).toEqual({ type: "ping" });
    newest().say({ type: "pong" });
    await vi.advanceTimersByTimeAsync(40_000);
    expect(FakeSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(22_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it.each(["online", "visibilitychange", "pageshow"])(
    "asks a silent line at once on %s and leaves it when it does not answer",
    async (kind) => {
      await connected();
      await vi.advanceTimersByTimeAsync(1_000);
      listeners.get(kind)?.();
      await vi.advanceTimersByTimeAsync(1_000);
      newest().say({ type: "pong" });
      await vi.advanceTimersByTimeAsync(5_000);
      expect(FakeSocket.all).toHaveLength(1);
      listeners.get(kind)?.();
      await vi.advanceTimersByTimeAsync(3_000);
      expect(FakeSocket.all).toHaveLength(2);
    },
  );

  it("tries at once when the network is back, whatever it was waiting for", async () => {
    await connected();
    refuse = true;
    newest().cut();
    await vi.advanceTimersByTimeAsync(120_000);
    refuse = false;
    const before = FakeSocket.all.length;
    listeners.get("online")?.();
    await settle();
    expect(FakeSocket.all).toHaveLength(before + 1);
  });

  it("holds no line in the back-forward cache and comes back with the page", async () => {
    await connected();
    listeners.get("pagehide")?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    listeners.get("pageshow")?.();
    await settle();
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("has one line at a time", async () => {
    const connection = await connected();
    listeners.get("online")?.();
    connection.again();
    listeners.get("online")?.();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(FakeSocket.all.filter((each) => each.readyState !== 3)).toHaveLength(1);
  });
});
