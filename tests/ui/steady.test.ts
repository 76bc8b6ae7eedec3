import { describe, expect, it } from "vitest";
import { steadyAction, steadyLoader } from "~/ui/steady";

const fails = (error: unknown) => () => Promise.reject(error);
const answered = (status: number) => ({ status, statusText: "", internal: false, data: null });

describe("a page that is read anew", () => {
  it("gives what the server says, and passes on what it cannot keep", async () => {
    expect(await steadyLoader("never shown", async () => 1)).toBe(1);
    await expect(steadyLoader("never shown", fails(new TypeError("Failed to fetch")))).rejects.toThrow(
      "Failed to fetch",
    );
  });
});

describe("something that is asked for", () => {
  it("is a problem in words when nobody answered or the server is not quite there", async () => {
    for (const error of [new TypeError("Failed to fetch"), answered(503), new Response(null, { status: 502 })]) {
      expect(await steadyAction(fails(error))).toMatchObject({ error: { code: "unreachable" } });
    }
  });

  it("passes on what the person has to hear from the page's boundary, and what the router gave up", async () => {
    for (const error of [answered(404), answered(401), Object.assign(new Error("aborted"), { name: "AbortError" })]) {
      await expect(steadyAction(fails(error))).rejects.toBe(error);
    }
  });
});
