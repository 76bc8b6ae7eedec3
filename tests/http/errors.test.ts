import { describe, expect, it } from "vitest";
import { answer, Invalid, NotFound, Problem, Stale, TooMany, Unproven } from "~/http/errors";

describe("answer", () => {
  it.each([
    [new Invalid([{ field: "text", message: "Write something first." }]), 422, "invalid"],
    [new NotFound("This conversation"), 404, "not-found"],
    [new Unproven(), 401, "unproven"],
    [new Stale(7), 409, "stale"],
    [new TooMany(12), 429, "too-many"],
    [new Problem(405, "method", "Use POST here.", { Allow: "POST" }), 405, "method"],
  ])("says what %s is, to people and to programs, and is never kept by a cache", async (problem, status, code) => {
    const response = answer(problem);
    expect(response.status).toBe(status);
    expect(response.headers.get("cache-control")).toBe("no-store");
    for (const [name, value] of Object.entries(problem.headers)) expect(response.headers.get(name)).toBe(value);
    const { error } = (await response.json()) as { error: Record<string, unknown> };
    expect(error).toMatchObject({ code, message: problem.message });
    expect("fields" in error).toBe(problem instanceof Invalid);
  });

  it("passes on what is no problem of the person's", () => {
    for (const error of [new Error("bug"), new TypeError("bug"), "text", null, undefined]) {
      let thrown: unknown = "nothing";
      try {
        answer(error);
      } catch (caught) {
        thrown = caught;
      }
      expect(thrown).toBe(error);
    }
  });

  it("says the same of what does not exist and of what is another's", async () => {
    expect(await answer(new NotFound()).text()).toBe(await answer(new NotFound()).text());
  });
});
