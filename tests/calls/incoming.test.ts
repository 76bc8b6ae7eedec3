import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "~/platform/ids";
import { boPhone, type CallStage, idaPhone, present, setCallStage } from "../support/calls";

let stage: CallStage;
beforeAll(async () => {
  stage = await setCallStage({ recording: "ask" });
});
afterAll(() => stage.close());
beforeEach(() => present(stage, [stage.ida, idaPhone], [stage.bo, boPhone]));
afterEach(async () => {
  for (const line of await stage.lines()) await stage.local.control("twilio", `/calls/${line.sid}/hang-up`, { at: 1 });
  await stage.work();
  stage.clock.advance(600_000);
});

const db = () => stage.app.db.prisma;
const lastCall = () => db().call.findFirstOrThrow({ orderBy: { startedAt: "desc" }, include: { legs: true } });
const conversationOf = (id: string) =>
  db().conversation.findFirstOrThrow({ where: { id }, include: { messages: { include: { attachments: true } } } });
const story = (customerId: string) =>
  db().timelineEntry.findMany({ where: { subjectId: customerId }, orderBy: { at: "asc" } });

let nextNumber = 0;
function someone(): string {
  nextNumber += 1;
  return `+141555526${String(nextNumber).padStart(2, "0")}`;
}

/** A customer of Shopify's with this number. */
async function customerWith(phoneKey: string, firstName: string): Promise<string> {
  const id = `gid://shopify/Customer/${Math.floor(Math.random() * 1e12)}`;
  const now = stage.clock.now();
  const data = {
    firstName,
    phone: phoneKey,
    phoneKey,
    tags: [],
    state: "disabled",
    emailVerified: false,
    orderCount: 2,
  };
  const rest = {
    spent: 0,
    currency: "EUR",
    words: firstName.toLowerCase(),
    createdAt: now,
    updatedAt: now,
    toldAt: now,
  };
  await db().shopifyCustomer.create({ data: { ...data, ...rest, shopId: stage.ida.shop.id, id } });
  return id;
}

describe("a call that comes in", () => {
  it("is greeted, asked about recording, told its place, rung at everybody, answered, and stands in the story", async () => {
    const from = someone();
    let caller = await stage.callIn(from, "TN-Validation-Passed-A");
    expect(caller.heard[0]).toContain("Northwind Outfitters");
    caller = await stage.play(caller, "press", { key: "1" });
    expect(caller.heard.at(-1)).toBe("You are next.");
    const [ida, bo] = [await stage.ringing(idaPhone), await stage.ringing(boPhone)];
    const picked = await stage.play(ida, "answer");
    expect(picked.heard.at(-1)).toContain("Press 1");
    await stage.play(ida, "press", { key: "1" });
    const talking = await stage.line(ida.sid);
    expect(talking.with).toEqual([caller.sid]);
    expect((await stage.line(bo.sid)).status).toBe("canceled");
    const call = await lastCall();
    expect(call).toMatchObject({
      state: "in-progress",
      staffId: stage.ida.actor.id,
      caller: "verified",
      recordingConsent: true,
    });
    expect(await conversationOf(call.conversationId)).toMatchObject({
      assigneeId: stage.ida.actor.id,
      waitingSince: null,
    });

    stage.clock.advance(180_000);
    await stage.play(caller, "hang-up");
    const ended = await lastCall();
    expect(ended).toMatchObject({ state: "ended", outcome: "answered", attachmentId: expect.any(String) });
    const conversation = await conversationOf(call.conversationId);
    expect(conversation.waitingSince).toBeNull();
    expect(conversation.messages).toMatchObject([
      {
        channel: "voice",
        author: "shopper",
        content: { call: { outcome: "answered", seconds: 180, direction: "in" } },
        attachments: [{ mediaType: "audio/wav" }],
      },
    ]);
    const entries = await story(call.customerId);
    expect(entries.filter((one) => one.id === ended.messageId)).toMatchObject([
      { kind: "call.ended", data: { outcome: "answered", seconds: 180, staffId: stage.ida.actor.id } },
    ]);
    expect((await stage.recordings()).every((one) => one.deleted)).toBe(true);
    expect((await stage.line(ida.sid)).status).toBe("completed");
    expect(await db().consent.findFirst({ where: { customerId: call.customerId } })).toMatchObject({
      channel: "voice",
      purpose: "recording",
      state: "given",
    });
  });

  it("stands in the story once also while the clock runs on", async () => {
    const caller = await stage.play(await stage.callIn(someone()), "silent");
    const now = stage.clock.now.bind(stage.clock);
    stage.clock.now = () => {
      stage.clock.advance(1);
      return now();
    };
    await stage.play(caller, "hang-up").finally(() => Object.assign(stage.clock, { now }));
    const { customerId, messageId } = await lastCall();
    const told = (await story(customerId)).filter((one) => one.id === messageId);
    expect(told.map((one) => one.kind)).toEqual(["call.ended"]);
  });

  it("is not recorded when they do not say yes", async () => {
    const before = (await stage.recordings()).length;
    const caller = await stage.play(await stage.callIn(someone()), "silent");
    const ida = await stage.ringing(idaPhone);
    await stage.play(ida, "answer");
    await stage.play(ida, "press", { key: "1" });
    await stage.play(caller, "hang-up");
    expect(await lastCall()).toMatchObject({ outcome: "answered", recordingConsent: false, attachmentId: null });
    expect(await stage.recordings()).toHaveLength(before);
  });

  it("goes on to the next when a phone's voicemail box answers, and becomes a voicemail with its words when nobody does", async () => {
    let caller = await stage.play(await stage.callIn(someone()), "silent");
    const [ida, bo] = [await stage.ringing(idaPhone), await stage.ringing(boPhone)];
    await stage.play(ida, "answer");
    await stage.play(ida, "silent");
    await stage.play(bo, "decline");
    const states = (await lastCall()).legs.map((leg) => leg.state).sort();
    expect(states).toEqual(["declined", "no-answer"]);
    await stage.play(caller, "silent");
    caller = await stage.play(caller, "silent");
    expect(caller.waiting.kind).toBe("message");
    await stage.play(caller, "speak", { text: "It is Ada. Where is my coat?", seconds: 9 });
    const call = await lastCall();
    expect(call).toMatchObject({ state: "ended", outcome: "voicemail", transcript: "It is Ada. Where is my coat?" });
    const conversation = await conversationOf(call.conversationId);
    expect(conversation).toMatchObject({ status: "open", waitingSince: expect.any(Date), channel: "voice" });
    expect(conversation.lastMessageText).toBe("It is Ada. Where is my coat?");
    expect(conversation.messages).toMatchObject([
      {
        text: "It is Ada. Where is my coat?",
        content: { call: { outcome: "voicemail", seconds: 9 } },
        attachments: [{ mediaType: "audio/wav" }],
      },
    ]);
  });

  it("asks for a message at once when nobody takes calls, and a star leads there from the queue", async () => {
    await present(stage);
    expect((await stage.play(await stage.callIn(someone()), "silent")).waiting.kind).toBe("message");
    await present(stage, [stage.ida, idaPhone]);
    const caller = await stage.play(await stage.callIn(someone()), "silent");
    expect(caller.place).toBe(1);
    expect((await stage.play(caller, "press", { key: "*" })).waiting.kind).toBe("message");
    await stage.work();
    expect((await stage.lines()).filter((one) => one.to === idaPhone && one.status === "ringing")).toEqual([]);
  });

  it("that was given up is a task: the conversation is open and waits", async () => {
    const caller = await stage.play(await stage.callIn(someone()), "silent");
    await stage.play(caller, "hang-up");
    const call = await lastCall();
    expect(call).toMatchObject({ state: "ended", outcome: "abandoned" });
    expect(await conversationOf(call.conversationId)).toMatchObject({
      status: "open",
      lastMessageText: "Missed call · call back",
      waitingSince: expect.any(Date),
    });
  });

  it("waits for somebody who talks, is told its place, and is rung when they are free", async () => {
    await present(stage, [stage.ida, idaPhone]);
    const first = await stage.play(await stage.callIn(someone()), "silent");
    const ida = await stage.ringing(idaPhone);
    await stage.play(ida, "answer");
    await stage.play(ida, "press", { key: "1" });
    const second = await stage.play(await stage.callIn(someone()), "silent");
    const third = await stage.play(await stage.callIn(someone()), "silent");
    expect(third.heard.at(-1)).toBe("You are number 2 in the queue.");
    await expect(stage.ringing(idaPhone)).rejects.toThrow();
    await stage.play(first, "hang-up");
    await stage.play(await stage.play(second, "silent"), "silent");
    expect((await stage.ringing(idaPhone)).status).toBe("ringing");
  });
});

describe("who calls", () => {
  it("is the person whose number it is, when the network vouches for it", async () => {
    const from = someone();
    const gid = await customerWith(from, "Ada");
    await stage.callIn(from, "TN-Validation-Passed-A");
    const call = await lastCall();
    expect(call.probablyId).toBeNull();
    expect(await db().customer.findFirstOrThrow({ where: { id: call.customerId } })).toMatchObject({
      shopifyCustomerId: gid,
    });
    expect(await db().identity.findFirst({ where: { customerId: call.customerId, kind: "phone" } })).toMatchObject({
      grade: "provider-verified",
    });
  });

  it.each([undefined, "TN-Validation-Passed-B", "TN-Validation-Failed-A", "No-TN-Validation"])(
    "is only probably that person with %s, and nothing is joined",
    async (verstat) => {
      const from = someone();
      const gid = await customerWith(from, "Ada");
      await stage.callIn(from, verstat);
      const call = await lastCall();
      const probably = await db().customer.findFirstOrThrow({ where: { id: call.probablyId ?? newId() } });
      expect(probably.shopifyCustomerId).toBe(gid);
      const caller = await db().customer.findFirstOrThrow({ where: { id: call.customerId } });
      expect(caller).toMatchObject({ shopifyCustomerId: null, mergedIntoId: null });
      const conversation = await conversationOf(call.conversationId);
      expect(conversation.customerId).toBe(caller.id);
      expect(await db().identity.findFirst({ where: { customerId: caller.id } })).toMatchObject({ grade: "claimed" });
    },
  );

  it("is the same caller at each call from an unverified number, and nobody with a hidden one", async () => {
    const from = someone();
    const first = await stage.callIn(from);
    const one = await lastCall();
    await stage.play(first, "hang-up");
    await stage.callIn(from);
    const other = await lastCall();
    expect(other.id).not.toBe(one.id);
    expect(other).toMatchObject({ customerId: one.customerId, conversationId: one.conversationId });
    await stage.callIn("+266696687");
    const hidden = await lastCall();
    await stage.callIn("+266696687");
    const again = await lastCall();
    expect(hidden).toMatchObject({ caller: "hidden", fromAddress: "", probablyId: null });
    expect(again.customerId).not.toBe(hidden.customerId);
  });
});

describe("the door", () => {
  it("takes every request once more, late and backwards, and nothing changes", async () => {
    const from = someone();
    const at = stage.knocks.length;
    const caller = await stage.play(await stage.callIn(from), "silent");
    const ida = await stage.ringing(idaPhone);
    await stage.play(ida, "answer");
    await stage.play(ida, "press", { key: "1" });
    stage.clock.advance(60_000);
    await stage.play(caller, "hang-up");
    const before = await lastCall();
    const mine = stage.knocks.slice(at);
    stage.clock.advance(5_000);
    for (const one of [...mine, ...[...mine].reverse()]) expect((await stage.knock(one)).status).toBe(200);
    await stage.work();
    const { heardAt: _, ...after } = await lastCall();
    const { heardAt: __, ...was } = before;
    expect(after).toEqual(was);
    expect(await db().message.count({ where: { conversationId: before.conversationId } })).toBe(1);
  });

  it("refuses what Twilio did not sign, and knows no other accounts", async () => {
    await stage.callIn(someone());
    const one = stage.knocks.at(-1) as CallStage["knocks"][number];
    const forged = { ...one, body: one.body.replace("Direction=inbound", "Direction=outbound") };
    expect((await stage.knock(forged)).status).toBe(403);
    const unsigned = { ...one, headers: one.headers.filter(([name]) => name !== "x-twilio-signature") };
    expect((await stage.knock(unsigned)).status).toBe(403);
    expect((await stage.knock({ ...one, url: one.url.replace(stage.account.id, newId()) })).status).toBe(404);
    expect((await stage.knock({ ...one, url: one.url.replace("/wait", "/nowhere") })).status).toBeLessThan(500);
  });

  it("makes a missed call of one whose beginning never came here", async () => {
    const from = someone();
    await stage.local.control("twilio", "/trouble", { drop: 1 });
    const caller = await stage.callIn(from);
    await stage.play(caller, "hang-up");
    expect(await lastCall()).toMatchObject({ fromAddress: from, state: "ended", outcome: "abandoned" });
  });
});
