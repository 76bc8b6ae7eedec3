import { describe, expect, it } from "vitest";
import { type CallNews, callOutcomes, decideCall, type Standing, talked } from "~/calls/decide-call";

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 9, 0, second));
const ida = "0199ab00-0000-7000-8000-000000000001";
const bo = "0199ab00-0000-7000-8000-000000000002";

const fresh = (direction: "in" | "out" = "in"): Standing => ({
  direction,
  state: "ringing",
  outcome: null,
  queuedAt: null,
  answeredAt: null,
  heldAt: null,
  heldSeconds: 0,
  endedAt: null,
  staffId: null,
});

function become(news: readonly CallNews[], from: Standing = fresh()): Standing {
  const call = { ...from };
  for (const one of news) Object.assign(call, decideCall(call, one));
  return call;
}

const queued = { kind: "queued", at: at(1) } as const;
const answered = { kind: "answered", at: at(10), staffId: ida } as const;
const over = (because: "hung-up" | "no-answer" | "busy" | "failed" = "hung-up") =>
  ({ kind: "over", at: at(60), because }) as const;

describe("what becomes of a call", () => {
  const table: [string, "in" | "out", CallNews[], Partial<Standing>][] = [
    ["talked with", "in", [queued, answered, over()], { outcome: "answered", endedAt: at(60), staffId: ida }],
    ["hung up while waiting", "in", [queued, over()], { outcome: "abandoned" }],
    ["hung up in the greeting", "in", [over()], { outcome: "abandoned" }],
    ["sent away, left nothing", "in", [queued, { kind: "sent-away", at: at(20) }, over()], { outcome: "missed" }],
    [
      "left a message",
      "in",
      [{ kind: "sent-away", at: at(2) }, { kind: "left-message", at: at(30) }, over()],
      { outcome: "voicemail" },
    ],
    [
      "its message is told after the end",
      "in",
      [queued, over(), { kind: "left-message", at: at(61) }],
      { outcome: "voicemail" },
    ],
    [
      "a talk's recording is no message",
      "in",
      [queued, answered, { kind: "left-message", at: at(30) }, over()],
      { outcome: "answered" },
    ],
    [
      "taken by the first of two",
      "in",
      [queued, answered, { ...answered, at: at(11), staffId: bo }],
      { staffId: ida, answeredAt: at(10) },
    ],
    [
      "taken after it was over",
      "in",
      [queued, over(), answered],
      { outcome: "abandoned", staffId: null, answeredAt: null },
    ],
    [
      "taken while they leave a message",
      "in",
      [queued, { kind: "sent-away", at: at(5) }, answered],
      { staffId: null, state: "queued" },
    ],
    [
      "queued told late",
      "in",
      [queued, answered, { ...queued, at: at(12) }],
      { state: "in-progress", queuedAt: at(1) },
    ],
    [
      "held and resumed",
      "in",
      [answered, { kind: "held", at: at(20) }, { kind: "resumed", at: at(35) }],
      { heldSeconds: 15, heldAt: null, state: "in-progress" },
    ],
    ["over while on hold", "in", [answered, { kind: "held", at: at(20) }, over()], { heldSeconds: 40, state: "ended" }],
    [
      "handed over on hold",
      "in",
      [answered, { kind: "held", at: at(20) }, { kind: "handed", at: at(30), staffId: bo }],
      { staffId: bo, heldSeconds: 10, state: "in-progress" },
    ],
    ["handed to whoever has it", "in", [answered, { kind: "handed", at: at(30), staffId: ida }], { staffId: ida }],
    ["out: nobody took it", "out", [over("no-answer")], { outcome: "missed" }],
    ["out: busy", "out", [over("busy")], { outcome: "declined" }],
    ["out: no line", "out", [over("failed")], { outcome: "failed" }],
    ["out: talked", "out", [answered, over()], { outcome: "answered" }],
    [
      "out: no queue, no message",
      "out",
      [queued, { kind: "sent-away", at: at(2) }, { kind: "left-message", at: at(3) }],
      { state: "ringing", outcome: null },
    ],
  ];
  it.each(table)("%s", (_, direction, news, expected) => {
    expect(become(news, fresh(direction))).toMatchObject(expected);
  });

  it("counts a talk from its answer to its end", () => {
    expect(talked(become([queued, answered, over()]))).toBe(50);
    expect(talked(become([queued, over()]))).toBe(0);
    expect(talked({ answeredAt: at(5), endedAt: at(3) })).toBe(0);
  });
});

/** Small and seeded, so that a failure can be run again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function newsOf(next: () => number): CallNews {
  const time = at(Math.floor(next() * 90));
  const staffId = next() < 0.5 ? ida : bo;
  const because = (["hung-up", "no-answer", "busy", "failed"] as const)[Math.floor(next() * 4)] ?? "failed";
  const all: CallNews[] = [
    { kind: "queued", at: time },
    { kind: "answered", at: time, staffId },
    { kind: "held", at: time },
    { kind: "resumed", at: time },
    { kind: "handed", at: time, staffId },
    { kind: "sent-away", at: time },
    { kind: "left-message", at: time },
    { kind: "over", at: time, because },
  ];
  return all[Math.floor(next() * all.length)] as CallNews;
}

describe("whatever comes in whatever order", () => {
  it("an end stays, an answer stays, times never run backwards and the same twice is once", () => {
    for (let seed = 1; seed <= 800; seed += 1) {
      const next = random(seed);
      let call = fresh(next() < 0.5 ? "in" : "out");
      for (let step = 0; step < 12; step += 1) {
        const news = newsOf(next);
        const before = call;
        call = become([news], call);
        const why = `seed ${seed}, step ${step}: ${news.kind}`;
        expect(become([news], call), why).toEqual(call);
        if (before.state === "ended") {
          expect({ ...call, outcome: null }, why).toEqual({ ...before, outcome: null });
          if (call.outcome !== before.outcome) expect(call.outcome, why).toBe("voicemail");
        }
        if (before.answeredAt) expect(call.answeredAt, why).toEqual(before.answeredAt);
        expect(call.heldSeconds, why).toBeGreaterThanOrEqual(before.heldSeconds);
        expect(call.state === "ended", why).toBe(call.endedAt !== null);
        expect(call.state === "on-hold", why).toBe(call.heldAt !== null);
        if (call.state === "ended") expect(callOutcomes, why).toContain(call.outcome);
        if (call.answeredAt) expect(call.staffId, why).not.toBeNull();
      }
    }
  });

  it("every order of the same facts of a missed call ends with its message", () => {
    const facts: CallNews[] = [queued, { kind: "sent-away", at: at(20) }, { kind: "left-message", at: at(40) }, over()];
    for (const order of permutations(facts)) {
      expect(become(order), order.map(({ kind }) => kind).join(" ")).toMatchObject({
        state: "ended",
        outcome: "voicemail",
      });
    }
  });
});

function permutations<One>(all: readonly One[]): One[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((one, place) =>
    permutations([...all.slice(0, place), ...all.slice(place + 1)]).map((rest) => [one, ...rest]),
  );
}
