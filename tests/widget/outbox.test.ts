import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Unsent } from "../../app/widget/chat/model";
import { Outbox, type Sent } from "../../app/widget/chat/outbox";

let waiting: Unsent[];
let posted: string[];
/** What the app does with each try, by its place; taken where nothing is said. */
let answers: (Sent | "hangs" | "throws")[];
let answerLast: ((sent: Sent) => void) | undefined;
let outbox: Outbox;

const written = (clientKey: string): void => {
  waiting = [...waiting, { clientKey, text: clientKey, attachments: [], at: 0, failure: "" }];
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { onLine: true });
  [waiting, posted, answers, answerLast] = [[], [], [], undefined];
  outbox = new Outbox({
    waiting: () => waiting,
    async post(unsent) {
      const place = posted.push(unsent.clientKey) - 1;
      const answer = place in answers ? answers[place] : { done: true as const };
      if (answer === "throws") throw new Error("timed out");
      const sent =
        answer === "hangs"
          ? await new Promise<Sent>((resolve) => {
              answerLast = resolve;
            })
          : (answer ?? null);
      if (sent?.done) waiting = waiting.filter((each) => each !== unsent);
      return sent;
    },
    failed(clientKey, failure, refused) {
      waiting = waiting.map((each) => (each.clientKey === clientKey ? { ...each, failure, refused } : each));
    },
    silence: "Not sent.",
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("sends the next message only when the one before has its answer", async () => {
  answers = ["hangs"];
  written("one");
  void outbox.send();
  written("two");
  void outbox.send();
  written("three");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(posted).toEqual(["one"]);
  answerLast?.({ done: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(posted).toEqual(["one", "two", "three"]);
  expect(waiting).toEqual([]);
});

it("tries one that gets no answer again with the same key, before the others", async () => {
  answers = ["throws", null];
  written("one");
  written("two");
  void outbox.send();
  await vi.advanceTimersByTimeAsync(999);
  expect(posted).toEqual(["one"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(posted).toEqual(["one", "one", "one", "two"]);
});

it("says after three tries that it was not sent, and holds the others until it is tried again", async () => {
  answers = ["throws", "throws", "throws"];
  written("one");
  written("two");
  void outbox.send();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(posted).toEqual(["one", "one", "one"]);
  expect(waiting.map((each) => each.failure)).toEqual(["Not sent.", ""]);
  waiting = waiting.map((each) => ({ ...each, failure: "" }));
  await outbox.send();
  expect(posted.slice(3)).toEqual(["one", "two"]);
});

it("lets the others pass one that was refused, but not one that came too fast", async () => {
  answers = [
    { done: false, failure: "No.", refused: true },
    { done: false, failure: "Wait.", refused: false },
  ];
  for (const key of ["one", "two", "three"]) written(key);
  await outbox.send();
  expect(posted).toEqual(["one", "two"]);
  expect(waiting.map((each) => each.failure)).toEqual(["No.", "Wait.", ""]);
});

it("waits without a network, and nothing is wrong with what waits", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  answers = ["throws"];
  for (const key of ["one", "two", "three"]) written(key);
  await outbox.send();
  expect(posted).toEqual(["one"]);
  expect(waiting.map((each) => each.failure)).toEqual(["", "", ""]);
  vi.stubGlobal("navigator", { onLine: true });
  await outbox.send();
  expect(posted).toEqual(["one", "one", "two", "three"]);
});

it("does not try again what has come back as kept meanwhile", async () => {
  answers = ["throws"];
  written("one");
  void outbox.send();
  await vi.advanceTimersByTimeAsync(100);
  waiting = [];
  await vi.advanceTimersByTimeAsync(60_000);
  expect(posted).toEqual(["one"]);
});
