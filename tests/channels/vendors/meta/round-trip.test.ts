import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "~/channels/deliver";
import { fetchFile } from "~/channels/fetch-file";
import { readInbound } from "~/channels/receive";
import { forgetProfiles } from "~/channels/vendors/meta/profile";
import type { Context, StaffActor } from "~/context";
import { messageView } from "~/conversations/message-view";
import { reply } from "~/conversations/reply";
import { newId } from "~/platform/ids";
import { type MetaKind, type MetaWorld, metaWorld } from "../../../support/meta";

let world: MetaWorld;
let ctx: Context;
let anna: Context<StaffActor>;

beforeAll(async () => {
  world = await metaWorld();
  ctx = world.ctx;
  anna = await world.shop.staff();
});
afterAll(() => world.close());
beforeEach(() => {
  forgetProfiles();
  world.local.trouble("meta").clear();
});

let people = 0;
interface Chat {
  account: string;
  person: string;
  mid: string;
  conversationId: string;
  endpointId: string;
}

/** Somebody new writes to the shop. */
async function chat(kind: MetaKind, id?: string): Promise<Chat> {
  people += 1;
  const account = await accountOf(kind);
  const given = { kind, name: `Mia ${people}`, username: `mia.${people}`, ...(id ? { id } : {}) };
  const person = await world.play("people", given);
  const said = await world.play("say", { kind, person: person.id, text: "Is the jacket warm?" });
  const message = await messageBy(said.id as string);
  return {
    ...{ account, person: person.id as string, mid: said.id as string },
    conversationId: message?.conversationId as string,
    endpointId: message?.endpointId as string,
  };
}

const accounts = new Map<MetaKind, string>();
async function accountOf(kind: MetaKind): Promise<string> {
  const known = accounts.get(kind);
  if (known) return known;
  const id = await world.connect(kind);
  accounts.set(kind, id);
  return id;
}

const messageBy = (externalId: string) =>
  ctx.db.prisma.message.findFirst({ where: { shopId: ctx.shop.id, externalId }, include: { attachments: true } });

async function answer(one: Chat, text: string) {
  const input = { conversationId: one.conversationId, text, clientKey: newId(), attachmentIds: [], seenPosition: null };
  const { id } = await reply(anna, input);
  await deliver(ctx, id);
  await world.local.settled();
  await readInbound(ctx, one.account);
  return id;
}

const deliveryOf = async (id: string) => (await messageView(ctx, id)).delivery;
const atMeta = async ({ person }: Chat) =>
  (
    (await (await world.local.control("meta", `/threads?person=${person}`)).json()) as {
      threads: { messages: { text: string; by: string }[] }[];
    }
  ).threads[0]?.messages ?? [];

describe.each(["instagram", "messenger", "whatsapp"] as const)("on %s", (kind) => {
  it("a shopper's words arrive with their name, and the answer reaches them once and is known to be read", async () => {
    const one = await chat(kind);
    const endpoint = await ctx.db.prisma.endpoint.findFirstOrThrow({
      where: { shopId: ctx.shop.id, id: one.endpointId },
    });
    expect(endpoint.name).toBe(`Mia ${people}`);
    const id = await answer(one, "Yes, down to -20 °C. 🧥");
    expect((await atMeta(one)).map(({ text }) => text)).toEqual(["Is the jacket warm?", "Yes, down to -20 °C. 🧥"]);
    expect((await deliveryOf(id))?.state).toBe(kind === "instagram" ? "sent" : "delivered");
    await world.play("read", { kind, person: one.person });
    expect((await deliveryOf(id))?.state).toBe("read");
    const all = await ctx.db.prisma.message.count({
      where: { shopId: ctx.shop.id, conversationId: one.conversationId },
    });
    expect(all).toBe(2);
  });

  it("a picture is taken over, a reaction, an edit and a withdrawal are shown", async () => {
    const one = await chat(kind);
    const base64 = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const file = { name: "jacket.png", mediaType: "image/png", base64 };
    const said = await world.play("say", { kind, person: one.person, text: "This one", file });
    const message = await messageBy(said.id as string);
    const [attachment] = message?.attachments ?? [];
    await fetchFile(ctx, attachment?.id as string);
    const there = await ctx.db.prisma.attachment.findFirstOrThrow({
      where: { shopId: ctx.shop.id, id: attachment?.id as string },
    });
    expect(there).toMatchObject({ mediaType: "image/png" });
    expect(message?.text).toBe("This one");

    const answered = await answer(one, "That one is warm.");
    const ours = await ctx.db.prisma.delivery.findFirstOrThrow({ where: { shopId: ctx.shop.id, messageId: answered } });
    await world.play("react", { message: ours.externalId, emoji: "❤️" });
    expect((await messageView(ctx, answered)).reactions).toEqual([{ emoji: "❤️", by: "shopper" }]);
    await world.play("react", { message: ours.externalId, emoji: null });
    expect((await messageView(ctx, answered)).reactions ?? []).toEqual([]);

    await world.play("edit", { message: one.mid, text: "Is the coat warm?" });
    expect((await messageBy(one.mid))?.text).toBe("Is the coat warm?");
    await world.play("delete", { message: one.mid });
    expect(await messageBy(one.mid)).toMatchObject({ text: "" });
    expect((await messageBy(one.mid))?.deletedAt).not.toBeNull();
  });

  it("what the store wrote elsewhere stands in the conversation as the store's, once", async () => {
    const one = await chat(kind);
    const wrote = await world.play("elsewhere", { kind, person: one.person, text: "Written on the phone" });
    expect(await messageBy(wrote.id as string)).toMatchObject({ author: "staff", conversationId: one.conversationId });
  });

  it("an answer whose line broke after it was taken is found, and not sent again", async () => {
    const one = await chat(kind);
    world.local.trouble("meta").set({ breakAfter: 1, only: "POST /" });
    const input = {
      conversationId: one.conversationId,
      text: "Only once",
      clientKey: newId(),
      attachmentIds: [],
      seenPosition: null,
    };
    const { id } = await reply(anna, input);
    await deliver(ctx, id);
    expect((await deliveryOf(id))?.state).toBe("unclear");
    await world.local.settled();
    await readInbound(ctx, one.account);
    await deliver(ctx, id);
    expect(["sent", "delivered"]).toContain((await deliveryOf(id))?.state);
    expect((await atMeta(one)).filter(({ by }) => by === "business")).toHaveLength(1);
  });

  it("an answer that Meta has no time for waits and then goes out", async () => {
    const one = await chat(kind);
    world.local.trouble("meta").set({ fail: { times: 1, status: 429, retryAfterSeconds: 7 }, only: "POST /" });
    const input = {
      conversationId: one.conversationId,
      text: "In a while",
      clientKey: newId(),
      attachmentIds: [],
      seenPosition: null,
    };
    const { id } = await reply(anna, input);
    await deliver(ctx, id);
    expect((await deliveryOf(id))?.state).toBe("queued");
    world.shop.clock.advance(60_000);
    await deliver(ctx, id);
    expect(["sent", "delivered"]).toContain((await deliveryOf(id))?.state);
  });

  it("someone who blocks the store is said to be out of reach", async () => {
    const one = await chat(kind);
    await world.play("block", { kind, person: one.person, blocks: true });
    const blocked = await answer(one, "Hello?");
    const failed = await deliveryOf(blocked);
    expect(failed).toMatchObject({ state: "failed" });
    expect(failed?.error).toMatch(/cannot be reached|cannot deliver/);
  });
});

describe("phone numbers of WhatsApp", () => {
  it.each([
    ["551187654321", "+5511987654321"],
    ["5215512345678", "+525512345678"],
    ["5491123965421", "+5491123965421"],
    ["4500015838", "+4500015838"],
    ["US.13491208655302741918", "US.13491208655302741918"],
  ])("%s is reached at %s", async (id, address) => {
    const one = await chat("whatsapp", id);
    const endpoint = await ctx.db.prisma.endpoint.findFirstOrThrow({
      where: { shopId: ctx.shop.id, id: one.endpointId },
    });
    expect(endpoint.address).toBe(address);
    const message = await answer(one, "Got it");
    expect((await deliveryOf(message))?.state).toBe("delivered");
    const again = await world.play("say", { kind: "whatsapp", person: id, text: "Once more" });
    expect((await messageBy(again.id as string))?.endpointId).toBe(one.endpointId);
  });
});
