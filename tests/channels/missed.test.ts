import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { channelKinds } from "~/channels/kinds";
import { canBeMissed, lookForMissed, lookForMissedEverywhere } from "~/channels/missed";
import { readInbound } from "~/channels/receive";
import { NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { type MetaWorld, metaWorld } from "../support/meta";

let world: MetaWorld;
let account: string;
let person: string;

beforeAll(async () => {
  world = await metaWorld();
});
afterAll(() => world.close());

let people = 0;
beforeEach(async () => {
  people += 1;
  world.shop.clock.advance(10_000);
  world.local.trouble("meta").clear();
  account = await world.connect("messenger");
  person = (await world.play("people", { kind: "messenger", name: `Mia ${people}` })).id as string;
});

const say = (text: string, by = person) => world.play("say", { kind: "messenger", person: by, text });
const later = (minutes: number) => world.shop.clock.advance(minutes * 60_000);
const here = async () =>
  (
    await world.ctx.db.prisma.message.findMany({
      where: { shopId: world.ctx.shop.id, accountId: account },
      orderBy: { position: "asc" },
    })
  ).map(({ text, author }) => `${author}: ${text}`);
const look = () => lookForMissed(world.ctx, account);

describe("messages that Meta never delivered", () => {
  it("are found, stand in their conversation in their order, and are counted once", async () => {
    await say("one");
    world.local.trouble("meta").set({ drop: 2 });
    await say("two");
    await world.play("elsewhere", { kind: "messenger", person, text: "an answer on the phone" });
    await say("three");
    expect(await here()).toEqual(["shopper: one", "shopper: three"]);
    later(3);
    expect(await look()).toMatchObject({ found: 2, everFound: 2, problem: null });
    expect((await here()).sort()).toEqual([
      "shopper: one",
      "shopper: three",
      "shopper: two",
      "staff: an answer on the phone",
    ]);
    expect(
      await world.ctx.db.prisma.conversation.count({
        where: { shopId: world.ctx.shop.id, messages: { some: { accountId: account } } },
      }),
    ).toBe(1);
    expect(await look()).toMatchObject({ found: 0, everFound: 2 });
  });

  it("are left alone while they may still be on their way, also when they wait to be read", async () => {
    world.local.trouble("meta").set({ drop: 1 });
    await say("just now");
    expect(await look()).toMatchObject({ found: 0 });
    later(3);
    expect(await look()).toMatchObject({ found: 1 });
    await world.local.control("meta", "/say", { kind: "messenger", person, text: "kept and not read yet" });
    await world.local.settled();
    later(3);
    expect(await look()).toMatchObject({ found: 0 });
    await readInbound(world.ctx, account);
    expect(await here()).toEqual(["shopper: just now", "shopper: kept and not read yet"]);
  });

  it("do not come back of somebody who was erased since", async () => {
    world.local.trouble("meta").set({ drop: 1 });
    await say("forget me");
    later(3);
    const { ctx } = world;
    await ctx.db.prisma.erasureReceipt.create({
      data: { shopId: ctx.shop.id, id: newId(), at: ctx.clock.now(), body: "{}", signature: "s", keyId: "k" },
    });
    expect(await look()).toMatchObject({ found: 0 });
    await ctx.db.prisma.erasureReceipt.deleteMany({ where: { shopId: ctx.shop.id } });
  });

  it("are looked for again when Meta is away, and why is said", async () => {
    world.local.trouble("meta").set({ drop: 1 });
    await say("while it is down");
    later(3);
    world.local.trouble("meta").set({ fail: { times: 1, status: 503, retryAfterSeconds: null } });
    expect(await look()).toMatchObject({ found: 0, problem: expect.stringContaining("Meta") });
    expect(await look()).toMatchObject({ found: 1, problem: null });
  });

  it("are looked for on every account whose provider keeps a list", async () => {
    const { prisma } = world.ctx.db;
    const text = {
      ...(await prisma.channelAccount.findFirstOrThrow({ where: { id: account } })),
      id: newId(),
      kind: "sms",
    };
    await prisma.channelAccount.create({ data: { ...text, externalId: "+15550100200", settings: {}, progress: {} } });
    await lookForMissedEverywhere(world.ctx);
    const { rows } = await world.ctx.db.sql.query(
      `SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        WHERE t.identifier = 'look-for-missed'`,
    );
    expect(rows.map(({ payload }) => payload.accountId).sort()).toEqual([account, text.id].sort());
    expect(channelKinds.filter(canBeMissed)).toEqual(["instagram", "messenger", "sms"]);
  });

  it("are not looked for on an account of nobody's", async () => {
    await expect(lookForMissed(world.ctx, newId())).rejects.toThrow(NotFound);
  });
});
