// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { sessions } from "../../app/widget/loader/session";

const page = { url: "/", title: "Home", product: null };
const open = () =>
  sessions(
    "",
    page,
    () => false,
    () => undefined,
  );

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

/** Answers the proxy's address with `body`, and stops a loader that asks without end. */
function proxyAnswers(body: object): () => number {
  let asked = 0;
  vi.stubGlobal("fetch", async () => {
    asked += 1;
    if (asked > 20) throw new Error("asked without end");
    return new Response(JSON.stringify(body));
  });
  return () => asked;
}

it("asks once, and fails, when something else than the app answers at its address", async () => {
  const asked = proxyAnswers({ page: "enter the store's password" });
  await expect(open().session()).rejects.toBeDefined();
  expect(asked()).toBe(1);
  expect(sessionStorage.getItem("throughline:pass")).toBeNull();
});

it("keeps the pass for the next page", async () => {
  const now = new Date();
  const pass = { token: "t", key: null, origin: "https://app.example", now: now.toISOString(), settings: {} };
  const asked = proxyAnswers({ ...pass, expiresAt: new Date(now.getTime() + 900_000).toISOString() });
  await open().session();
  expect((await open().session()).pass.token).toBe("t");
  expect(asked()).toBe(1);
});
