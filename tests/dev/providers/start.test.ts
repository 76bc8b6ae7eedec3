import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { json, type MakeProvider } from "../../../dev/providers/provider";
import { type LocalProviders, type LocalProvidersOptions, startProviders } from "../../../dev/providers/start";
import { reach } from "../../support/providers";

let local: LocalProviders;
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Counts what it is asked, and tells the app when a shopper says something. */
const parrot: MakeProvider = ({ kept, webhooks, appOrigin }) => {
  const memory = kept("parrot", () => ({ asked: [] as string[] }));
  return {
    name: "parrot",
    hosts: ["api.twilio.com", "*.fbcdn.net"],
    async answer(request) {
      memory.state.asked.push(`${request.method} ${request.url} ${await request.text()}`);
      memory.save();
      return json({ asked: memory.state.asked.length }, 201);
    },
    refuse: (status) => json({ code: 20429 }, status),
    async control(request) {
      if (request.method === "GET") return json(memory.state);
      const { say } = (await request.json()) as { say: string };
      void webhooks.send(() => new Request(`${appOrigin}/channels/parrot`, { method: "POST", body: say }));
      return json({});
    },
  };
};

async function start(options: Partial<LocalProvidersOptions> = {}): Promise<void> {
  local = await startProviders({
    port: 0,
    appOrigin: "http://127.0.0.1:1",
    folder: null,
    providers: [parrot],
    retries: [1, 1],
    ...options,
  });
  closing.push(() => local.close(), reach(local));
}

const ask = (url: string, init?: RequestInit) => fetch(url, init);
const memory = async () => (await local.control("parrot", "/")).json();

describe("what the app asks of a provider", () => {
  test("arrives with the address that was asked, its method and its body", async () => {
    await start();
    const answer = await ask("https://api.twilio.com/2010/Messages.json?PageSize=1", { method: "POST", body: "To=1" });
    expect(answer.status).toBe(201);
    await ask("https://scontent.fbcdn.net/picture");
    expect(await memory()).toEqual({
      asked: [
        "POST https://api.twilio.com/2010/Messages.json?PageSize=1 To=1",
        "GET https://scontent.fbcdn.net/picture ",
      ],
    });
    await expect(ask("https://api.example.com/")).rejects.toThrow();
  });

  test("is refused in the provider's own way as often as was set", async () => {
    await start();
    local.trouble("parrot").set({ fail: { times: 1, status: 429, retryAfterSeconds: 3 } });
    const refused = await ask("https://api.twilio.com/");
    expect([refused.status, await refused.json()]).toEqual([429, { code: 20429 }]);
    expect((await ask("https://api.twilio.com/")).status).toBe(201);
  });

  test("is taken, or not, before the line breaks", async () => {
    await start();
    local.trouble("parrot").set({ breakBefore: 1, breakAfter: 1, only: "POST /" });
    expect((await ask("https://api.twilio.com/")).status).toBe(201);
    await expect(ask("https://api.twilio.com/before", { method: "POST", body: "1" })).rejects.toThrow();
    await expect(ask("https://api.twilio.com/after", { method: "POST", body: "2" })).rejects.toThrow();
    expect((await memory()).asked).toEqual(["GET https://api.twilio.com/ ", "POST https://api.twilio.com/after 2"]);
  });

  test("is remembered over a restart where there is a folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "providers-"));
    closing.push(() => rmSync(folder, { recursive: true }));
    await start({ folder });
    await ask("https://api.twilio.com/once");
    await local.close();
    await start({ folder });
    expect((await memory()).asked).toEqual(["GET https://api.twilio.com/once "]);
  });

  test("can be looked at in a browser at the stand-ins' own address, and by nobody under another name", async () => {
    await start();
    expect((await ask(`${local.origin}/at/scontent.fbcdn.net/p?x=1`)).status).toBe(201);
    expect((await memory()).asked).toEqual(["GET https://scontent.fbcdn.net/p?x=1 "]);
    expect((await ask(`${local.origin}/control/parrot/webhooks`)).status).toBe(200);
    expect((await ask(`${local.origin}/control/nobody/`)).status).toBe(404);
  });
});

describe("webhooks", () => {
  let got: string[];
  let answers: number[];
  const say = (text: string) => local.control("parrot", "/", { say: text });
  const begin = () => {
    got = [];
    answers = [];
    return start({
      send: async (request) => {
        got.push(await request.text());
        return new Response(null, { status: answers.shift() ?? 200 });
      },
    });
  };

  test("arrive in order, and again until the app has taken them", async () => {
    await begin();
    answers = [503, 500];
    await say("a");
    await say("b");
    await local.settled();
    expect(got).toEqual(["a", "a", "a", "b"]);
  });

  test("are not tried again when the app refuses them for good", async () => {
    await begin();
    answers = [403];
    await say("a");
    await local.settled();
    expect(got).toEqual(["a"]);
    const { webhooks } = await (await local.control("parrot", "/webhooks")).json();
    expect(webhooks).toMatchObject([{ status: 403, attempts: 1, url: "http://127.0.0.1:1/channels/parrot" }]);
  });

  test("are lost, doubled, held and turned round on demand", async () => {
    await begin();
    await local.control("parrot", "/trouble", { drop: 1, duplicate: 1 });
    for (const text of ["a", "b", "c"]) await say(text);
    await local.settled();
    expect(got).toEqual(["b", "b", "c"]);
    got = [];
    await local.control("parrot", "/trouble", { hold: true, reverse: true });
    for (const text of ["d", "e", "f"]) await say(text);
    await local.settled();
    expect(got).toEqual([]);
    await local.control("parrot", "/trouble", { hold: false });
    await local.settled();
    expect(got).toEqual(["f", "e", "d"]);
    expect((await local.control("parrot", "/trouble", { drop: -1 })).status).toBe(422);
  });
});
