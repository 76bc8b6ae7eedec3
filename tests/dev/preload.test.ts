import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

interface Seen {
  url: string;
  method: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let shopify: Server;
let origin: string;
let seen: Seen[] = [];

beforeAll(async () => {
  shopify = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      seen.push({ url: request.url ?? "", method: request.method ?? "", headers: request.headers, body });
      if (request.url === "/moved") response.writeHead(302, { location: "https://elsewhere.example/" });
      response.end(JSON.stringify({ host: request.headers.host }));
    });
  }).listen(0, "127.0.0.1");
  await once(shopify, "listening");
  const address = shopify.address();
  origin = `http://localhost:${typeof address === "object" && address ? address.port : 0}`;
});
afterAll(() => {
  shopify.closeAllConnections();
  shopify.close();
});

/** Runs a module in a process with the preload, and gives back what it printed. */
async function inApp(
  code: string,
  environment: Record<string, string> = { LOCAL_SHOPIFY_ORIGIN: origin },
): Promise<string> {
  seen = [];
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "./dev/preload.mjs", "--input-type=module", "-e", code],
    { env: { NODE_ENV: "test", PATH: process.env.PATH, ...environment }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(child, "close");
  return said.trim();
}

describe("Node's own fetch", () => {
  test("to a shop arrives at the local Shopify with the shop's Host, its headers and its body", async () => {
    const said = await inApp(`
      const answer = await fetch("https://northwind-outfitters.myshopify.com/admin/api/2026-07/graphql.json?x=1", {
        method: "POST", headers: { "X-Shopify-Access-Token": "t", "content-type": "application/json" }, body: '{"query":"{shop{name}}"}',
      });
      console.log((await answer.json()).host);`);
    expect(said).toBe("northwind-outfitters.myshopify.com");
    expect(seen).toMatchObject([
      {
        method: "POST",
        url: "/admin/api/2026-07/graphql.json?x=1",
        body: '{"query":"{shop{name}}"}',
        headers: { "x-shopify-access-token": "t", "content-type": "application/json" },
      },
    ]);
  });

  test("of a bulk operation's file reaches the local Shopify as the storage", async () => {
    const said = await inApp(`
      const answer = await fetch("https://storage.googleapis.com/bucket/file?Signature=a%2Bb", { headers: { range: "bytes=3-" } });
      console.log((await answer.json()).host);
    `);
    expect(said).toBe("storage.googleapis.com");
    expect(seen).toMatchObject([{ url: "/bucket/file?Signature=a%2Bb", headers: { range: "bytes=3-" } }]);
  });

  test.each([
    "https://api.example.com/v1?key=secret",
    "https://myshopify.com/",
    "https://a.myshopify.com.evil.example/",
    "https://a.b.myshopify.com/",
    "http://10.0.0.1/",
  ])("to %s fails with a sentence that names the host and no query", async (url) => {
    const said = await inApp(
      `await fetch("${url}").catch((error) => console.log(error.cause?.message ?? error.message));`,
    );
    expect(said).toContain(`${new URL(url).hostname} is not reachable`);
    expect(said).not.toContain("secret");
    expect(seen).toEqual([]);
  });

  test.each([
    "https://graph.facebook.com/v23.0/me",
    "https://lookaside.fbsbx.com/file",
    "https://api.twilio.com/2010-04-01/Accounts.json",
    "https://upload.x.com/1.1/media/upload.json",
    "https://ton.twitter.com/1.1/file",
  ])("to %s arrives at the stand-ins for the channels' providers", async (url) => {
    const said = await inApp(`console.log((await (await fetch("${url}")).json()).host);`, {
      LOCAL_PROVIDERS_ORIGIN: origin,
    });
    expect(said).toBe(new URL(url).host);
  });

  test("does not follow a redirect out of the machine", async () => {
    const said = await inApp(
      `await fetch("https://lumen-home.myshopify.com/moved").catch((error) => console.log(error.cause?.message));`,
    );
    expect(said).toContain("elsewhere.example is not reachable");
  });

  test("to this machine goes through untouched", async () => {
    expect(await inApp(`console.log((await (await fetch("${origin}/here")).json()).host);`)).toBe(new URL(origin).host);
  });

  test("without a local Shopify says what is not set", async () => {
    const said = await inApp(
      `await fetch("https://lumen-home.myshopify.com/").catch((error) => console.log(error.cause?.message));`,
      {},
    );
    expect(said).toContain("LOCAL_SHOPIFY_ORIGIN is not set");
  });
});

test("the process ends when the one that started it is gone, and otherwise only when its work is done", async () => {
  const idle = spawn(process.execPath, ["--import", "./dev/preload.mjs", "-e", "0"], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  expect(await once(idle, "exit")).toEqual([0, null]);
  const busy = spawn(
    process.execPath,
    ["--import", "./dev/preload.mjs", "-e", "process.send('up'); setInterval(() => {}, 1000)"],
    {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    },
  );
  await once(busy, "message");
  busy.disconnect();
  expect(await once(busy, "exit")).toEqual([null, "SIGTERM"]);
});
