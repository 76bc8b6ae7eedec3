import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { Context, ShopperActor } from "~/context";
import type { Database } from "~/db.server";
import { TooMany } from "~/http/errors";
import { newId } from "~/platform/ids";
import { type ClientFrame, closeCodes, heartbeatMilliseconds, type ServerFrame } from "~/realtime/frames";
import { Hub } from "~/realtime/hub";
import { postgresBus } from "~/realtime/postgres-bus";
import { forShopper } from "~/realtime/shown-to-shopper";
import { attachSockets, type Welcome } from "~/realtime/socket";
import { say } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";
import { pause, until } from "../support/listening";

let db: Database & { url: string };
let hub: Hub;
let shop: TestShop;
let shopper: Context<ShopperActor>;
let server: Server;
let port: number;
let endSockets: () => void;
let prove: (hello: Extract<ClientFrame, { type: "hello" }>) => Promise<Welcome | null>;
let did: string[];
const pages: WebSocket[] = [];

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  hub = new Hub(db.sql);
  await hub.start(postgresBus(db.url));
  shop = await testShop(db);
  shopper = { ...(await shop.shopper()), signals: hub };
  did = [];
  prove = async (hello) =>
    hello.as === "shopper" && hello.token === "good"
      ? {
          listener: { as: "shopper", shopId: shop.base.shop.id, visitorId: shopper.actor.visitorId, customerId: null },
          until: new Date(Date.now() + 60_000),
          typing: async (id) => void did.push(`typing ${id}`),
          viewing: async (id) => void did.push(`viewing ${id}`),
          present: async () => void did.push("present"),
        }
      : null;
  server = createServer((_request, response) => response.end("page"));
  endSockets = attachSockets(server, hub, (hello) => prove(hello));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as { port: number }).port;
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  for (const page of pages.splice(0)) page.terminate();
  endSockets();
  await new Promise((resolve) => server.close(resolve));
  await hub.stop();
});

interface Page {
  socket: WebSocket;
  frames: ServerFrame[];
  closed: Promise<{ code: number; reason: string }>;
  send(frame: unknown): void;
}

async function openPage(): Promise<Page> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/realtime`);
  pages.push(socket);
  const frames: ServerFrame[] = [];
  socket.on("message", (data) => frames.push(JSON.parse(String(data)) as ServerFrame));
  socket.on("error", () => undefined);
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await once(socket, "open");
  return { socket, frames, closed, send: (frame) => socket.send(JSON.stringify(frame)) };
}

async function greeted(): Promise<Page> {
  const page = await openPage();
  page.send({ type: "hello", as: "shopper", token: "good" });
  await until(() => page.frames.some((frame) => frame.type === "welcome"), "it was welcomed");
  return page;
}

describe("a page", () => {
  it("says hello, is welcomed, hears, and is told what it missed when it comes back", async () => {
    const page = await greeted();
    const first = await say(shopper, null, "one");
    await until(() => page.frames.some((frame) => frame.type === "events"), "the message arrived");
    const events = page.frames.find((frame) => frame.type === "events");
    expect(events?.events[0]?.message).toEqual(forShopper(first));
    page.socket.close();
    await page.closed;
    await until(() => hub.size === 0, "the hub let it go");
    await say(shopper, first.conversationId, "two");
    const again = await openPage();
    await until(async () => {
      again.frames.length = 0;
      return true;
    }, "ready");
    await pause(30);
    again.send({ type: "hello", as: "shopper", token: "good", cursor: events?.cursor });
    await until(() => JSON.stringify(again.frames).includes('"two"'), "what was missed arrived");
    expect(JSON.stringify(again.frames)).not.toContain('"one"');
  });

  it("is refused without proof, with a proof that breaks, and cannot do anything before it is proven", async () => {
    const page = await openPage();
    page.send({ type: "typing", conversationId: newId() });
    page.send({ type: "hello", as: "shopper", token: "bad" });
    expect((await page.closed).code).toBe(closeCodes.unproven);
    prove = () => Promise.reject(new Error("the database is away"));
    const unlucky = await openPage();
    unlucky.send({ type: "hello", as: "shopper", token: "good" });
    expect((await unlucky.closed).code).toBe(1011);
    prove = () => Promise.reject(new TooMany(1));
    const many = await openPage();
    many.send({ type: "hello", as: "shopper", token: "good" });
    expect((await many.closed).code).toBe(closeCodes.tooMany);
    expect(did).toEqual([]);
    expect(hub.size).toBe(0);
  });

  it("may type and look, and its pings are answered without a write for each", async () => {
    const page = await greeted();
    const id = newId();
    page.send({ type: "typing", conversationId: id });
    page.send({ type: "viewing", conversationId: null });
    for (let count = 0; count < 20; count += 1) page.send({ type: "ping" });
    await until(() => page.frames.filter((frame) => frame.type === "pong").length === 20, "every ping was answered");
    expect(did.sort()).toEqual(["present", `typing ${id}`, "viewing null"]);
  });

  it("costs one lookup a second however often it says that someone writes", async () => {
    const page = await greeted();
    for (let count = 0; count < 30; count += 1) page.send({ type: "typing", conversationId: newId() });
    page.send({ type: "ping" });
    await until(() => page.frames.some((frame) => frame.type === "pong"), "all was heard");
    expect(did.filter((each) => each.startsWith("typing"))).toHaveLength(1);
  });

  it("is refused when its browser has forty open already", async () => {
    const open = await Promise.all(Array.from({ length: 40 }, greeted));
    const tooMany = await openPage();
    tooMany.send({ type: "hello", as: "shopper", token: "good" });
    expect((await tooMany.closed).code).toBe(closeCodes.tooMany);
    open[0]?.socket.close();
    await until(() => hub.size === 39, "one left");
    await greeted();
  });

  it.each([
    ["text that is no JSON", "hello?"],
    ["null", "null"],
    ["a list", "[]"],
    ["a kind that there is not", '{"type":"drop"}'],
    ["a hello as somebody else", '{"type":"hello","as":"admin","token":"good"}'],
    ["a hello without proof", '{"type":"hello","as":"staff"}'],
    ["a proof that is no text", '{"type":"hello","as":"shopper","token":{"$ne":""}}'],
    ["an id that is far too long", JSON.stringify({ type: "typing", conversationId: "x".repeat(100) })],
  ])("that sends %s is closed", async (_what, text) => {
    const page = await openPage();
    page.socket.send(text);
    expect((await page.closed).code).toBe(1003);
  });

  it("that sends bytes, too large a frame, or too many frames is closed, and the others are not", async () => {
    const other = await greeted();
    const bytes = await openPage();
    bytes.socket.send(Buffer.from([1, 2, 3]));
    expect((await bytes.closed).code).toBe(1003);
    const large = await openPage();
    large.socket.send(JSON.stringify({ type: "hello", as: "shopper", token: "x".repeat(9_000) }));
    expect((await large.closed).code).toBe(1009);
    const many = await greeted();
    for (let count = 0; count < 200; count += 1) many.send({ type: "ping" });
    expect((await many.closed).code).toBe(closeCodes.tooMany);
    other.send({ type: "ping" });
    await until(() => other.frames.some((frame) => frame.type === "pong"), "the other page lives");
  });

  it("that does not read is cut, gives its memory back, and costs the others nothing", async () => {
    const slow = await greeted();
    const quick = await greeted();
    (slow.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    const text = "x".repeat(4_900);
    const first = await say(shopper, null, text);
    // What the kernel takes over without being read is some megabytes on this machine, more elsewhere.
    const sending = (async () => {
      for (let count = 0; count < 4_000 && hub.size === 2; count += 20) {
        await Promise.all(Array.from({ length: 20 }, () => say(shopper, first.conversationId, text)));
      }
    })();
    await sending;
    expect(hub.size).toBe(1);
    const last = await say(shopper, first.conversationId, "still here");
    await until(() => JSON.stringify(quick.frames.at(-1)).includes(last.id), "the quick page has the last one");
  }, 60_000);

  it("whose proof has ended is asked for a fresh one", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const original = prove;
    prove = async (hello) => {
      const welcome = await original(hello);
      return welcome ? { ...welcome, until: new Date(Date.now() - 1) } : null;
    };
    const page = await greeted();
    vi.advanceTimersByTime(heartbeatMilliseconds / 2);
    expect((await page.closed).code).toBe(closeCodes.unproven);
  });

  it("that went silent is given up, one that pings is not", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const original = prove;
    prove = async (hello) => {
      const welcome = await original(hello);
      return welcome ? { ...welcome, until: new Date(Date.now() + 3_600_000) } : null;
    };
    const page = await greeted();
    const later = Date.now() + heartbeatMilliseconds * 3;
    vi.spyOn(Date, "now").mockReturnValue(later);
    page.send({ type: "ping" });
    await until(() => page.frames.some((frame) => frame.type === "pong"), "it was heard");
    vi.advanceTimersByTime(heartbeatMilliseconds / 2);
    page.send({ type: "ping" });
    await until(() => page.frames.filter((frame) => frame.type === "pong").length === 2, "it is still there");
    vi.mocked(Date.now).mockReturnValue(later + heartbeatMilliseconds * 3);
    vi.advanceTimersByTime(heartbeatMilliseconds / 2);
    expect((await page.closed).code).toBe(1006);
  });
});

describe("the server", () => {
  it.each(["//", "//realtime", "/other", "*", "/%00", "http://[", "/realtime/../x"])(
    "refuses an upgrade of %s and lives on",
    async (path) => {
      const socket = connect(port, "127.0.0.1");
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
      let said = "";
      socket.on("data", (chunk) => {
        said += String(chunk);
      });
      await once(socket, "close");
      expect(said).toMatch(/^HTTP\/1\.1 40\d /);
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("page");
    },
  );

  it("tells its pages to come back when it ends, and does not wait for one that says nothing", async () => {
    const page = await greeted();
    const deaf = await greeted();
    (deaf.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    const started = performance.now();
    endSockets();
    expect(await page.closed).toEqual({ code: 1001, reason: "restarting" });
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
    });
    expect(performance.now() - started).toBeLessThan(8_000);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
});
