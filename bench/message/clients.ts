import { randomUUID } from "node:crypto";
import { Client } from "undici";
import { WebSocket } from "ws";
import type { ServerFrame } from "~/realtime/frames";
import type { People, Shopper } from "./people";

/**
 * The shoppers and the agent, in a process beside the server. Each conversation sends its next message as soon as the
 * one before is on the agent's screen, so `at` conversations have `at` messages under way. Every shopper's page holds
 * its socket open, as it does in a browser.
 */

export interface RunOrder {
  against: "app" | "floor";
  port: number;
  /** Conversations that write at the same time. */
  at: number;
  /** Messages of each shopper; the app lets 30 through in half a minute. */
  each: number;
  people: People;
}

export interface RunResult {
  /** From the shopper's sending to the agent's screen. */
  milliseconds: number[];
  seconds: number;
}

const text = "Hello, is the blue jacket in size M still in stock, and could it be here by Friday?";

let order: RunOrder;
const waiting = new Map<string, () => void>();

function arrived(key: string): void {
  waiting.get(key)?.();
}

async function openSocket(path: string, address?: string): Promise<WebSocket> {
  const headers = address ? { "x-forwarded-for": address } : {};
  const socket = new WebSocket(`ws://127.0.0.1:${order.port}${path}`, { perMessageDeflate: false, headers });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
  return socket;
}

/** A page of the app: proven and welcomed. */
async function openPage(hello: object, address?: string): Promise<WebSocket> {
  const socket = await openSocket("/realtime", address);
  const welcomed = new Promise<void>((resolve, reject) => {
    socket.once("message", () => resolve());
    socket.once("close", (code) => reject(new Error(`the page was refused with ${code}`)));
  });
  socket.send(JSON.stringify({ type: "hello", ...hello }));
  await welcomed;
  return socket;
}

/** One connection for each writer, as each shopper's browser has its own. */
const connections = new Map<number, Client>();

function connectionOf(writer: number): Client {
  const connection = connections.get(writer) ?? new Client(`http://127.0.0.1:${order.port}`);
  connections.set(writer, connection);
  return connection;
}

/** What a browser asks once before it posts to another origin; the connection is open from then on, as the sockets are. */
async function preflight(writer: number): Promise<void> {
  const headers = { origin: "https://bench.example", "access-control-request-method": "POST" };
  const { body } = await connectionOf(writer).request({ method: "OPTIONS", path: "/storefront/messages", headers });
  await body.text();
}

async function post(writer: number, shopper: Shopper, key: string): Promise<void> {
  const { statusCode, body } = await connectionOf(writer).request({
    method: "POST",
    path: "/storefront/messages",
    headers: {
      authorization: `Bearer ${shopper.token}`,
      "content-type": "application/json",
      origin: "https://bench.example",
      "x-forwarded-for": shopper.address,
    },
    body: JSON.stringify({ conversationId: shopper.conversationId, clientKey: key, text }),
  });
  const answer = await body.text();
  if (statusCode !== 200) throw new Error(`${statusCode} ${answer.slice(0, 300)}`);
}

async function run(): Promise<RunResult> {
  const { against, at, each, people } = order;
  const sockets: WebSocket[] = [];
  const agent =
    against === "app" ? await openPage({ as: "staff", idToken: people.idToken }) : await openSocket("/agent");
  sockets.push(agent);
  agent.on("message", (data) => {
    if (against === "floor") arrived((JSON.parse(String(data)) as { key: string }).key);
    else {
      const frame = JSON.parse(String(data)) as ServerFrame;
      if (frame.type === "events")
        for (const event of frame.events) if (event.message) arrived(event.message.clientKey);
    }
  });
  const pages: WebSocket[] = [];
  for (let from = 0; from < at; from += 50) {
    const some = people.shoppers.slice(from, Math.min(from + 50, at));
    const open = (shopper: Shopper) =>
      against === "app" ? openPage({ as: "shopper", token: shopper.token }, shopper.address) : openSocket("/shopper");
    pages.push(...(await Promise.all(some.map(open))));
  }
  sockets.push(...pages);

  if (against === "app") await Promise.all(pages.map((_, writer) => preflight(writer)));

  const milliseconds: number[] = [];
  const sendOne = async (writer: number, shopper: Shopper): Promise<void> => {
    const key = randomUUID();
    const onScreen = new Promise<void>((resolve) => waiting.set(key, resolve));
    const started = performance.now();
    if (against === "floor") (pages[writer] as WebSocket).send(JSON.stringify({ key, conversation: writer, text }));
    const answered = against === "app" ? post(writer, shopper, key) : undefined;
    // A refusal ends the run at once instead of waiting for what never comes.
    await (answered ? Promise.race([onScreen, answered.then(() => onScreen)]) : onScreen);
    milliseconds.push(performance.now() - started);
    waiting.delete(key);
    await answered;
  };
  const started = performance.now();
  // Writers share the shoppers out, so that one writer alone does not meet the limit of one shopper.
  await Promise.all(
    Array.from({ length: at }, async (_, writer) => {
      for (let index = writer; index < people.shoppers.length; index += at) {
        for (let turn = 0; turn < each; turn += 1) await sendOne(writer, people.shoppers[index] as Shopper);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  for (const socket of sockets) socket.terminate();
  for (const connection of connections.values()) void connection.destroy();
  connections.clear();
  return { milliseconds, seconds };
}

/** Opens so many pages, one a shopper, and keeps them until asked again. */
const kept: WebSocket[] = [];
async function hold(): Promise<{ open: number }> {
  const { against, people } = order;
  for (let from = 0; from < people.shoppers.length; from += 50) {
    const some = people.shoppers.slice(from, from + 50);
    const open = (shopper: Shopper) =>
      against === "app" ? openPage({ as: "shopper", token: shopper.token }, shopper.address) : openSocket("/shopper");
    kept.push(...(await Promise.all(some.map(open))));
  }
  return { open: kept.filter((socket) => socket.readyState === socket.OPEN).length };
}

process.on("disconnect", () => process.exit());
process.on("message", async (message: RunOrder & { what: "run" | "hold" | "drop" }) => {
  order = message;
  try {
    if (message.what === "run") process.send?.(await run());
    else if (message.what === "hold") process.send?.(await hold());
    else {
      const open = kept.filter((socket) => socket.readyState === socket.OPEN).length;
      for (const socket of kept.splice(0)) socket.terminate();
      process.send?.({ open });
    }
  } catch (error) {
    process.send?.({ error: (error as Error).message });
  }
});
process.send?.({ ready: true });
