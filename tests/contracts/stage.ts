import { runOnce, type TaskList } from "graphile-worker";
import type { App } from "~/app.server";
import { openAccount } from "~/channels/accounts";
import type { Account } from "~/channels/channel";
import type { Context, StaffActor } from "~/context";
import { reply } from "~/conversations/reply";
import { resetLimits } from "~/http/limits";
import { jobs } from "~/jobs/catalogue";
import { newId } from "~/platform/ids";
import { connect } from "~/settings/channels/connect";
import { type LocalProviders, startProviders } from "../../dev/providers/start";
import { testApp } from "../support/app";
import { type TestClock, testShop } from "../support/context";
import { reach } from "../support/providers";
import type { Contract } from "./contract";

/** A webhook as it came to the app, to be sent again, changed. */
export interface Captured {
  url: string;
  method: string;
  headers: [string, string][];
  body: Uint8Array;
}

/** The app with one shop, the far end, and the way between them. */
export interface ContractStage {
  app: App;
  clock: TestClock;
  local: LocalProviders;
  staff: Context<StaffActor>;
  stranger: Context<StaffActor>;
  /** Webhooks that came, oldest first. */
  captured: Captured[];
  /** Connects the contract's account of that number in a shop. */
  connect(number: number, ctx?: Context<StaffActor>): Promise<Account>;
  /** Waits for the far end, then does what is due, until nothing is. */
  work(): Promise<void>;
  /** Lets time pass for the app, the far end and what waits. */
  later(seconds: number): Promise<void>;
  /** Brings a request to the app's door. */
  knock(captured: Captured): Promise<Response>;
  /** Everything kept of an account. */
  inbound(account: Account): Promise<{ state: string; problem: string | null }[]>;
  /** Messages of an account in the order of their conversations. */
  messages(account: Account): Promise<Stored[]>;
  /** Answers in the conversation of the account's last message. Gives our id of it. */
  answer(account: Account, text: string, attachmentIds?: string[]): Promise<string>;
  delivery(
    messageId: string,
  ): Promise<{ state: string; error: string | null; notBefore: Date | null; attempts: number }>;
  close(): Promise<void>;
}

export interface Stored {
  id: string;
  conversationId: string;
  author: string;
  text: string;
  externalId: string | null;
  content: unknown;
  replyToId: string | null;
  attachments: { id: string; state: string; size: number; mediaType: string; reason: string | null }[];
}

const quiet = { error() {}, warn() {}, info() {}, debug() {}, scope: () => quiet };
const worked = ["read-inbound", "deliver-message", "fetch-file"] as const;

/** Sets the stage for one contract. Call it in `beforeAll`. */
export async function setContractStage(contract: Contract): Promise<ContractStage> {
  Object.assign(process.env, contract.environment);
  const app = await testApp();
  const captured: Captured[] = [];
  const knock = (one: Captured): Promise<Response> => {
    resetLimits();
    const body = one.method === "GET" ? null : Buffer.from(one.body);
    return contract.door(new Request(one.url, { method: one.method, headers: one.headers, body }));
  };
  const local = await startProviders({
    port: 0,
    appOrigin: "http://127.0.0.1:4403",
    folder: null,
    clock: () => app.clock.now(),
    retries: [],
    providers: contract.providers,
    environment: contract.environment ?? {},
    send: async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith("/files/")) return file(request, pathname);
      const body = new Uint8Array(await request.arrayBuffer());
      const one = { url: request.url, method: request.method, headers: [...request.headers], body };
      if (request.method === "POST") captured.push(one);
      return knock(one);
    },
  });
  const back = reach(local);
  const shop = await testShop(app.db);
  const other = await testShop(app.db);
  const staff = { ...(await shop.staff()), clock: app.clock };
  const stranger = { ...(await other.staff()), clock: app.clock };
  const { prisma, sql } = app.db;
  const where = (account: Account) => ({ shopId: account.shopId, accountId: account.id });
  const work = async (): Promise<void> => {
    for (let round = 0; round < 6; round += 1) {
      await local.settled();
      // What is due by the clock of the tests is due by that of the database.
      await sql.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now() AND run_at <= $1", [
        app.clock.now(),
      ]);
      await runDue(app);
      await local.settled();
      if (!(await isDue(app))) return;
    }
  };
  return {
    app,
    clock: app.clock,
    local,
    staff,
    stranger,
    captured,
    knock,
    work,
    async connect(number, ctx = staff) {
      const values = await contract.account(local, number);
      const { accountId } = await connect(ctx, { kind: contract.kind, values, accountId: null });
      const account = await openAccount(ctx, accountId);
      if (!account) throw new Error("the account was not connected");
      return account;
    },
    async later(seconds) {
      app.clock.advance(seconds * 1_000);
      await work();
    },
    inbound: (account) =>
      prisma.inbound.findMany({
        where: where(account),
        orderBy: { number: "asc" },
        select: { state: true, problem: true },
      }),
    messages: (account) =>
      prisma.message.findMany({
        where: where(account),
        orderBy: [{ conversationId: "asc" }, { position: "asc" }],
        select: {
          id: true,
          conversationId: true,
          author: true,
          text: true,
          externalId: true,
          content: true,
          replyToId: true,
          attachments: { select: { id: true, state: true, size: true, mediaType: true, reason: true } },
        },
      }),
    async answer(account, text, attachmentIds = []) {
      const last = await prisma.message.findFirstOrThrow({
        where: { ...where(account), author: "shopper" },
        orderBy: { id: "desc" },
      });
      const { id } = await reply(account.shopId === staff.shop.id ? staff : stranger, {
        conversationId: last.conversationId,
        text,
        clientKey: newId(),
        attachmentIds,
        seenPosition: null,
        to: { endpointId: last.endpointId ?? "" },
      });
      return id;
    },
    delivery: (messageId) =>
      prisma.delivery.findFirstOrThrow({
        where: { messageId },
        orderBy: { part: "asc" },
        select: { state: true, error: true, notBefore: true, attempts: true },
      }),
    async close() {
      back();
      await local.close();
    },
  };
}

async function file(request: Request, pathname: string): Promise<Response> {
  const { loader } = await import("~/routes/files.$id");
  const params = { id: pathname.split("/").at(-1) ?? "" };
  return (await loader({ request, params, context: { requestId: "test", address: "127.0.0.1" } })) as Response;
}

async function runDue(app: App): Promise<void> {
  const taskList: TaskList = Object.fromEntries(
    worked.map((name) => [
      name,
      (payload: unknown) =>
        (jobs[name].run as (app: App, payload: unknown) => Promise<void>)(app, jobs[name].payload.parse(payload)),
    ]),
  );
  await runOnce({ pgPool: app.db.sql, taskList, noPreparedStatements: true, logger: quiet as never });
}

async function isDue(app: App): Promise<boolean> {
  const { rows } = await app.db.sql.query<{ due: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
                     WHERE t.identifier = ANY ($1) AND j.run_at <= now() AND j.attempts = 0) AS "due"`,
    [worked],
  );
  return rows[0]?.due ?? false;
}
