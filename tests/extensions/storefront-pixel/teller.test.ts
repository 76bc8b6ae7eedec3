import { describe, expect, it } from "vitest";
import type { Signal } from "../../../extensions/storefront-pixel/src/signals";
import { type Sandbox, teller } from "../../../extensions/storefront-pixel/src/teller";

const signal = (id: string): Signal => ({ id, at: "2026-11-21T10:00:00.000Z", kind: "search", query: id });
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A pixel's sandbox by hand: what it sent, and what it waits for. */
function sandbox(answers: (number | "broken")[] = []) {
  const sent: { url: string; bearer: string; ids: string[] }[] = [];
  const timers: (() => void)[] = [];
  const held = {
    pass: JSON.stringify({ token: "pass-1", expiresAt: 2_000, offset: 500 }) as string | null,
    now: 1_000,
  };
  const box: Sandbox = {
    pass: async () => held.pass,
    now: () => held.now,
    later: (work) => void timers.push(work),
    async send(url, init) {
      const { signals } = JSON.parse(init.body) as { signals: Signal[] };
      sent.push({ url, bearer: init.headers["Authorization"] ?? "", ids: signals.map(({ id }) => id) });
      const status = answers.shift() ?? 200;
      if (status === "broken") throw new TypeError("Failed to fetch");
      return { ok: status < 300, status };
    },
  };
  const tick = async () => {
    const due = timers.splice(0);
    for (const work of due) work();
    await settle();
  };
  return { box, sent, held, timers, tick };
}

describe("the pixel's teller", () => {
  it("tells with this browser's pass", async () => {
    const { box, sent } = sandbox();
    teller("https://app.example", box).tell(signal("a"));
    await settle();
    expect(sent).toEqual([{ url: "https://app.example/storefront/journey", bearer: "Bearer pass-1", ids: ["a"] }]);
  });

  it("waits until the loader has made a pass, and keeps the order", async () => {
    const { box, sent, held, tick } = sandbox();
    held.pass = null;
    const app = teller("https://app.example", box);
    app.tell(signal("a"));
    app.tell(signal("b"));
    await settle();
    expect(sent).toEqual([]);
    held.pass = JSON.stringify({ token: "late", expiresAt: 9_000, offset: 0 });
    await tick();
    expect(sent.map(({ ids }) => ids)).toEqual([["a", "b"]]);
  });

  it("never uses a pass that is over by the server's clock", async () => {
    const { box, sent, held } = sandbox();
    held.now = 1_600;
    teller("https://app.example", box).tell(signal("a"));
    await settle();
    expect(sent).toEqual([]);
  });

  it.each([["broken" as const], [503], [401], [429]])("tells again after %s", async (failure) => {
    const { box, sent, tick } = sandbox([failure, 200]);
    teller("https://app.example", box).tell(signal("a"));
    await settle();
    await tick();
    expect(sent.map(({ ids }) => ids)).toEqual([["a"], ["a"]]);
  });

  it("does not ask again what the app will never take", async () => {
    const { box, sent, timers } = sandbox([422]);
    teller("https://app.example", box).tell(signal("a"));
    await settle();
    expect(sent).toHaveLength(1);
    expect(timers).toEqual([]);
  });

  it("gives up after some looks instead of asking for ever", async () => {
    const { box, held, timers, tick } = sandbox();
    held.pass = null;
    teller("https://app.example", box).tell(signal("a"));
    await settle();
    for (let turn = 0; turn < 50 && timers.length > 0; turn += 1) await tick();
    expect(timers).toEqual([]);
  });

  it("tells nothing, then or later, once the shopper has said no", async () => {
    const { box, sent, held, tick } = sandbox();
    held.pass = null;
    const app = teller("https://app.example", box);
    app.tell(signal("a"));
    await settle();
    app.permit(false);
    app.tell(signal("b"));
    held.pass = JSON.stringify({ token: "late", expiresAt: 9_000, offset: 0 });
    await tick();
    app.permit(true);
    await settle();
    expect(sent).toEqual([]);
  });
});
