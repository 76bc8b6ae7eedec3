import { runOnce, type TaskList } from "graphile-worker";
import type { App } from "~/app.server";
import { setTakingCalls } from "~/calls/agents";
import { openAccount } from "~/channels/accounts";
import type { Account } from "~/channels/channel";
import type { Context, StaffActor } from "~/context";
import { jobs } from "~/jobs/catalogue";
import { action } from "~/routes/channels.twilio.voice";
import { connect } from "~/settings/channels/connect";
import { type LocalProviders, startProviders } from "../../dev/providers/start";
import { twilio } from "../../dev/providers/twilio/twilio";
import { testApp } from "./app";
import { type TestClock, testShop } from "./context";
import { reach } from "./providers";

/** A call as the telephone network has it. */
export interface Line {
  sid: string;
  from: string;
  to: string;
  status: string;
  heard: string[];
  waiting: { kind: string };
  place: number | null;
  hold: boolean;
  with: string[];
}

export interface CallStage {
  app: App;
  clock: TestClock;
  local: LocalProviders;
  account: Account;
  ida: Context<StaffActor>;
  bo: Context<StaffActor>;
  /** The body of every request of Twilio's, with its address and signature, oldest first. */
  knocks: { url: string; headers: [string, string][]; body: string }[];
  knock(one: { url: string; headers: [string, string][]; body: string }): Promise<Response>;
  /** Somebody calls the shop. */
  callIn(from: string, verstat?: string): Promise<Line>;
  /** What a person on a line does; then everything that follows is done. */
  play(line: Line, act: string, body?: object): Promise<Line>;
  line(sid: string): Promise<Line>;
  /** The line that rings at that number now. */
  ringing(number: string): Promise<Line>;
  lines(): Promise<Line[]>;
  work(): Promise<void>;
  recordings(): Promise<{ sid: string; deleted: boolean }[]>;
  close(): Promise<void>;
}

export const idaPhone = "+14155552901";
export const boPhone = "+14155552902";
export const shopNumber = "+15550100100";
const sid = "AC00000000000000000000000000000001";
const quiet = { error() {}, warn() {}, info() {}, debug() {}, scope: () => quiet };

/** A shop that takes calls, two of its team with their phones, and the telephone network. Nothing passes by itself there. */
export async function setCallStage(settings: Record<string, string> = {}): Promise<CallStage> {
  const app = await testApp();
  const knocks: CallStage["knocks"] = [];
  const knock = (one: CallStage["knocks"][number]): Promise<Response> => {
    const [, , , accountId = "", step = ""] = new URL(one.url).pathname.split("/");
    const request = new Request(one.url, { method: "POST", headers: one.headers, body: one.body });
    return action({ request, params: { accountId, step }, context: { requestId: "1", address: "1" } });
  };
  const local = await startProviders({
    port: 0,
    appOrigin: "http://127.0.0.1:4403",
    folder: null,
    clock: () => app.clock.now(),
    retries: [],
    providers: [twilio],
    send: async (request) => {
      const one = { url: request.url, headers: [...request.headers] as [string, string][], body: await request.text() };
      knocks.push(one);
      return knock(one);
    },
  });
  const back = reach(local);
  const shop = await testShop(app.db);
  const ctx = (one: Context<StaffActor>) => ({ ...one, clock: app.clock });
  const [ida, bo] = [ctx(await shop.staff("Ida Berg")), ctx(await shop.staff("Bo Lind"))];
  const { accountId } = await connect(ida, {
    kind: "voice",
    accountId: null,
    values: { accountSid: sid, authToken: "northwind-twilio-token", number: shopNumber, ...settings },
  });
  const account = (await openAccount(ida, accountId)) as Account;
  const ask = async <Answer>(path: string, body?: object): Promise<Answer> =>
    (await (await local.control("twilio", path, body)).json()) as Answer;
  await ask("/pace", { millisecondsPerSecond: null });
  const work = async (): Promise<void> => {
    for (let round = 0; round < 8; round += 1) {
      await local.settled();
      await runDue(app);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const stage: CallStage = {
    ...{ app, clock: app.clock, local, account, ida, bo, knocks, knock, work },
    async callIn(from, verstat) {
      stage.clock.advance(1_000);
      const made = await ask<Line>("/calls", { from, to: shopNumber, ...(verstat ? { verstat } : {}) });
      await work();
      return stage.line(made.sid);
    },
    async play(line, act, body = {}) {
      await ask(`/calls/${line.sid}/${act}`, { ...body, at: 1 });
      await work();
      return stage.line(line.sid);
    },
    lines: async () => (await ask<{ calls: Line[] }>("/calls")).calls,
    async line(of) {
      const found = (await stage.lines()).find((one) => one.sid === of);
      if (!found) throw new Error("there is no such call");
      return found;
    },
    async ringing(number) {
      const found = (await stage.lines()).findLast((one) => one.to === number && one.status === "ringing");
      if (!found) throw new Error(`nothing rings at ${number}`);
      return found;
    },
    recordings: async () => (await ask<{ recordings: { sid: string; deleted: boolean }[] }>("/recordings")).recordings,
    async close() {
      back();
      await local.close();
    },
  };
  return stage;
}

/** These take calls on their phones, with the app open. */
export async function present(stage: CallStage, ...people: [Context<StaffActor>, string][]): Promise<void> {
  await stage.app.db.prisma.callAgent.updateMany({ data: { takesCalls: false } });
  for (const [ctx, phone] of people) {
    await setTakingCalls(ctx, { takesCalls: true, phone });
    await stage.app.db.prisma.staff.updateMany({
      where: { id: ctx.actor.id },
      data: { lastSeenAt: stage.clock.now() },
    });
  }
}

async function runDue(app: App): Promise<void> {
  const names = ["follow-call", "keep-recording"] as const;
  const taskList: TaskList = Object.fromEntries(
    names.map((name) => [
      name,
      (payload: unknown) =>
        (jobs[name].run as (app: App, payload: unknown) => Promise<void>)(app, jobs[name].payload.parse(payload)),
    ]),
  );
  await runOnce({ pgPool: app.db.sql, taskList, noPreparedStatements: true, logger: quiet as never });
}
