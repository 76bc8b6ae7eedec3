import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tellSeen, tellTyping } from "~/channels/tell-presence";
import type { Context, StaffActor } from "~/context";
import { staffSeen } from "~/conversations/seen";
import { staffTyping } from "~/conversations/typing";
import { newId } from "~/platform/ids";
import { startChat } from "../support/chat";
import { until } from "../support/listening";
import { type MetaKind, type MetaWorld, metaWorld } from "../support/meta";

let world: MetaWorld;
let anna: Context<StaffActor>;
/** What the provider was told, newest last. */
const told: object[] = [];

beforeAll(async () => {
  world = await metaWorld();
  anna = await world.shop.staff();
  const dispatch = globalThis.fetch;
  globalThis.fetch = async (address, init) => {
    const body = typeof init?.body === "string" && init.body.startsWith("{") ? JSON.parse(init.body) : {};
    if (body.sender_action || body.status) told.push(body);
    return dispatch(address, init);
  };
  return () => {
    globalThis.fetch = dispatch;
  };
});
afterAll(() => world.close());
beforeEach(() => {
  told.length = 0;
  world.local.trouble("meta").clear();
  world.shop.clock.advance(60_000);
});

let people = 0;
async function talk(kind: MetaKind): Promise<{ id: string; person: string; account: string; position: number }> {
  people += 1;
  const account = await world.connect(kind);
  const { id: person = "" } = await world.play("people", { kind, name: `Mia ${people}` });
  await world.play("say", { kind, person, text: "Is it warm?" });
  const message = await world.ctx.db.prisma.message.findFirstOrThrow({
    where: { shopId: world.ctx.shop.id, accountId: account },
    orderBy: { at: "desc" },
  });
  return { id: message.conversationId, person, account, position: message.position };
}

describe("somebody who wrote through a provider", () => {
  it.each(["messenger", "instagram"] as const)(
    "sees on %s that staff write, at most every ten seconds",
    async (kind) => {
      const { id, person } = await talk(kind);
      for (let key = 0; key < 5; key += 1) await tellTyping(world.ctx, id);
      expect(told).toEqual([{ recipient: { id: person }, sender_action: "typing_on" }]);
      world.shop.clock.advance(10_000);
      await tellTyping(world.ctx, id);
      expect(told).toHaveLength(2);
    },
  );

  it("sees it on WhatsApp by their last message", async () => {
    const { id, person } = await talk("whatsapp");
    await world.play("say", { kind: "whatsapp", person, text: "And dry?" });
    const last = await world.ctx.db.prisma.message.findFirstOrThrow({
      where: { conversationId: id, text: "And dry?" },
    });
    await tellTyping(world.ctx, id);
    expect(told).toMatchObject([{ status: "read", message_id: last.externalId, typing_indicator: { type: "text" } }]);
  });

  it("sees once that staff have seen it, when the first of them has", async () => {
    const { id, person, position } = await talk("messenger");
    await staffSeen(anna, { conversationId: id, position });
    await until(() => told.length > 0, "Messenger was told");
    await staffSeen(await world.shop.staff("Ben"), { conversationId: id, position });
    await staffSeen(anna, { conversationId: id, position });
    expect(told).toEqual([{ recipient: { id: person }, sender_action: "mark_seen" }]);
  });

  it("has only that marked as seen which staff saw", async () => {
    const { id, person, position } = await talk("whatsapp");
    const first = await world.ctx.db.prisma.message.findFirstOrThrow({ where: { conversationId: id, position } });
    await world.play("say", { kind: "whatsapp", person, text: "And dry?" });
    await tellSeen(world.ctx, id, position);
    expect(told).toMatchObject([{ status: "read", message_id: first.externalId }]);
    expect(told[0]).not.toHaveProperty("typing_indicator");
  });

  it("is told by what staff do in the Inbox, and nobody waits for the provider or hears that it is away", async () => {
    const { id } = await talk("messenger");
    world.local.trouble("meta").set({ fail: { times: 1, status: 503, retryAfterSeconds: null } });
    await staffTyping(anna, id);
    await until(() => told.length > 0, "Messenger was asked");
    expect(told).toMatchObject([{ sender_action: "typing_on" }]);
  });
});

describe("nothing is told", () => {
  it("of a chat, of a conversation of nobody's or of another shop's", async () => {
    const chat = await startChat(world.shop);
    const { id, position } = await talk("messenger");
    const other = { ...world.ctx, shop: { ...world.ctx.shop, id: newId() } };
    await Promise.all([tellTyping(world.ctx, chat.id), tellTyping(world.ctx, newId()), tellTyping(other, id)]);
    await Promise.all([tellSeen(world.ctx, chat.id, 1), tellSeen(other, id, position)]);
    expect(told).toEqual([]);
  });

  it("through an account that is paused, or to where nothing can be sent any more", async () => {
    const { prisma } = world.ctx.db;
    const paused = await talk("messenger");
    await prisma.channelAccount.updateMany({ where: { id: paused.account }, data: { state: "paused" } });
    await tellTyping(world.ctx, paused.id);
    const closed = await talk("instagram");
    await prisma.endpoint.updateMany({ where: { accountId: closed.account }, data: { closedAt: new Date() } });
    await tellTyping(world.ctx, closed.id);
    await tellSeen(world.ctx, closed.id, closed.position);
    expect(told).toEqual([]);
  });
});
