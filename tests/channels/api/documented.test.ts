import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deliver } from "~/channels/deliver";
import { readInbound } from "~/channels/receive";
import type { Context, StaffActor } from "~/context";
import { reply } from "~/conversations/reply";
import { directRoutes } from "~/http/direct-routes";
import { newId } from "~/platform/ids";
import * as door from "~/routes/channels.api";
import { connect } from "~/settings/channels/connect";
import { connection } from "~/settings/channels/connections";
import { testApp } from "../../support/app";
import { type TestShop, testShop } from "../../support/context";

const run = promisify(execFile);
const page = readFileSync("docs/channels/api.md", "utf8");
/** The example under a heading of the page, as whoever reads it copies it. */
const example = (heading: string): string =>
  page.split(`### ${heading}\n`)[1]?.match(/```\w+\n([\s\S]*?)```/)?.[1] ?? "";
/** The first JSON below a heading. */
const shown = (heading: string): string => page.split(`## ${heading}\n`)[1]?.match(/```json\n([\s\S]*?)```/)?.[1] ?? "";

/** A request that the merchant's own program was sent. */
interface Taken {
  body: string;
  timestamp: string;
  signature: string;
}

let shop: TestShop;
let ctx: Context;
let anna: Context<StaffActor>;
let accountId: string;
const secret = "0123456789abcdef".repeat(4);
const environment: NodeJS.ProcessEnv = { NODE_ENV: "test" };
const taken: Taken[] = [];
const servers: Server[] = [];

async function listen(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer as never);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const app = await testApp();
  shop = await testShop(app.db);
  shop.clock.advance(Date.now() - shop.clock.now().getTime());
  ctx = { ...shop.base, actor: { kind: "app" } };
  anna = await shop.staff();
  const id = "routes/channels.api";
  const build = { routes: { [id]: { id, path: "channels/api/:accountId", module: door } } } as unknown as ServerBuild;
  const serve = directRoutes(build, () => ({ requestId: "r1", address: "127.0.0.1" }));
  const origin = await listen((request, response) => {
    if (!serve(request, response)) response.writeHead(299).end();
  });
  const program = await listen((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece: string) => {
      body += piece;
    });
    request.on("end", () => {
      const { "x-throughline-timestamp": timestamp, "x-throughline-signature": signature } = request.headers;
      taken.push({ body, timestamp: String(timestamp), signature: String(signature) });
      response.writeHead(204).end();
    });
  });
  const values = { name: "Kiosk", url: `${program}/hook`, secret };
  ({ accountId } = await connect(anna, { kind: "api", values, accountId: null }));
  // The page of the account shows where to post; this test's server stands there.
  const [address] = (await connection(anna, "api")).connection.accounts.flatMap((one) => one.toPaste);
  expect(address?.value).toMatch(new RegExp(`/channels/api/${accountId}$`));
  const path = new URL(address?.value ?? "").pathname;
  Object.assign(environment, { PATH: process.env["PATH"], SECRET: secret, DOOR: origin + path });
});
afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

const curl = (env: Record<string, string> = {}) =>
  run("bash", ["-euc", example("curl")], { env: { ...environment, ...env } });
const node = (env: Record<string, string> = {}) =>
  run(process.execPath, ["--input-type=module", "-e", example("Node")], { env: { ...environment, ...env } });

/** As the page says under "Signing", written from its words alone. */
const documented = ({ timestamp, body }: Taken): string =>
  `sha256=${createHmac("sha256", secret).update(`${timestamp}.`).update(Buffer.from(body)).digest("hex")}`;

it("the page's examples for curl and Node bring messages in, however often they are run", async () => {
  expect(JSON.parse((await curl()).stdout)).toEqual({ id: "m-1", repeated: false });
  expect(JSON.parse((await curl()).stdout)).toEqual({ id: "m-1", repeated: true });
  expect((await node()).stdout).toBe('202 {"id":"m-2","repeated":false}\n');
  expect((await node()).stdout).toBe('202 {"id":"m-2","repeated":true}\n');
  await readInbound(ctx, accountId);
  const messages = await ctx.db.prisma.message.findMany({
    where: { shopId: ctx.shop.id, accountId },
    orderBy: { position: "asc" },
    select: { text: true, author: true, externalId: true },
  });
  expect(messages).toEqual([
    { text: "Is the jacket waterproof?", author: "shopper", externalId: "m-1" },
    { text: "And warm?", author: "shopper", externalId: "m-2" },
  ]);
});

it("the page's examples are refused with another secret and at another account's door", async () => {
  const wrong = { SECRET: "another secret of at least 32 characters" };
  expect((await node(wrong)).stdout).toMatch(/^401 /);
  expect(JSON.parse((await curl(wrong)).stdout)).toMatchObject({ error: { code: "unproven" } });
  const elsewhere = { DOOR: (environment["DOOR"] ?? "").replace(accountId, newId()) };
  expect((await node(elsewhere)).stdout).toMatch(/^404 /);
});

it("an answer is posted with the fields and the signature that the page says", async () => {
  const shopId = ctx.shop.id;
  const { id: conversationId } = await ctx.db.prisma.conversation.findFirstOrThrow({ where: { shopId } });
  const written = { conversationId, text: "It is. ❄️", clientKey: newId(), attachmentIds: [], seenPosition: null };
  const message = await reply(anna, written);
  await deliver(ctx, message.id);
  expect(taken).toHaveLength(1);
  const [sent] = taken as [Taken];
  expect(sent.signature).toBe(documented(sent));
  expect(Math.abs(Number(sent.timestamp) * 1_000 - Date.now())).toBeLessThan(300_000);
  const body = JSON.parse(sent.body) as object;
  expect(body).toMatchObject({ type: "message", channel: accountId, to: { id: "p-1" }, text: "It is. ❄️", files: [] });
  expect(Object.keys(body).sort()).toEqual(Object.keys(JSON.parse(shown("What is posted to you"))).sort());
});

it("a receipt that is signed as the page says tells what became of the answer", async () => {
  const { id } = JSON.parse(taken[0]?.body ?? "{}") as { id: string };
  const body = JSON.stringify({ type: "receipt", id: "r-1", message: id, state: "read" });
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = documented({ body, timestamp, signature: "" });
  const headers = { "X-Throughline-Timestamp": timestamp, "X-Throughline-Signature": signature };
  const answer = await fetch(environment["DOOR"] ?? "", { method: "POST", headers, body });
  expect(answer.status).toBe(202);
  await readInbound(ctx, accountId);
  const delivery = await ctx.db.prisma.delivery.findFirstOrThrow({ where: { shopId: ctx.shop.id, accountId } });
  expect(delivery.state).toBe("read");
});
