import { describe, expect, it } from "vitest";
import type { EntryView } from "~/timeline/entry-view";
import { fold } from "~/timeline/fold";
import { afterStep, nothingYet, type Step, type TimelineState } from "~/ui/timeline/timeline-state";

const dayOf = (at: string) => at.slice(0, 10);
const view = (minute: number) =>
  ({
    id: `v${minute}`,
    at: `2026-11-21T10:${minute}:00.000Z`,
    kind: "page.viewed",
    ref: null,
    data: {},
  }) as unknown as EntryView;
const page = (minutes: number[], cursor: string | null) => ({ lines: fold(minutes.map(view), dayOf), cursor });
const through = (...steps: Step[]): TimelineState =>
  steps.reduce((state, step) => afterStep(state, step, dayOf), nothingYet);

describe("the story on the screen", () => {
  it("puts further pages under it, and joins the line that the border cut", () => {
    const state = through(
      { type: "first", page: page([59, 58], "a") },
      { type: "asked-more" },
      { type: "more", page: page([57], null), after: "a" },
    );
    expect(state.lines).toEqual(page([59, 58, 57], null).lines);
    expect([state.cursor, state.pages, state.phase]).toEqual([null, 2, "there"]);
  });

  it("takes a page once, and none that was asked for before the story was read anew", () => {
    const more: Step = { type: "more", page: page([57], "b"), after: "a" };
    const once = through({ type: "first", page: page([59], "a") }, more);
    expect(afterStep(once, more, dayOf)).toBe(once);
    const anew = through({ type: "first", page: page([59], "c") });
    expect(afterStep(anew, more, dayOf)).toBe(anew);
  });

  it("is brought up to date in place, but not over what was read further down meanwhile", () => {
    const read = through({ type: "first", page: page([57], "a") }, { type: "news" });
    const fresh: Step = { type: "fresh", page: page([59, 57], "a"), until: "a" };
    const state = afterStep(read, fresh, dayOf);
    expect([state.lines, state.hasNews, state.pages]).toEqual([page([59, 57], null).lines, false, 1]);
    const further = afterStep(read, { type: "more", page: page([56], "b"), after: "a" }, dayOf);
    expect(afterStep(further, fresh, dayOf)).toBe(further);
  });

  it("keeps what is there when a further page cannot be read, and says so", () => {
    const failed = through(
      { type: "first", page: page([59], "a") },
      { type: "asked-more" },
      { type: "failed", problem: "No answer." },
    );
    expect([failed.phase, failed.problem, failed.lines.length]).toEqual(["more-failed", "No answer.", 1]);
    expect(through({ type: "failed", problem: "No answer." }).phase).toBe("failed");
  });
});
