import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callOut, numbersOf } from "~/calls/call-out";
import { callerMembers } from "~/calls/caller-members";
import { decline } from "~/calls/decline";
import { endOfCall } from "~/calls/end-call";
import { setHold } from "~/calls/hold";
import { liveCalls } from "~/calls/live";
import { transfer } from "~/calls/transfer";
import { wrapUp } from "~/calls/wrap-up";
import { withdrawConsent } from "~/consent/withdraw";
import { newId } from "~/platform/ids";
import { erasePerson } from "~/privacy/erase-customer";
import { boPhone, type CallStage, idaPhone, type Line, present, setCallStage } from "../support/calls";

let stage: CallStage;
beforeAll(async () => {
  stage = await setCallStage();
});
afterAll(() => stage.close());
beforeEach(() => present(stage, [stage.ida, idaPhone], [stage.bo, boPhone]));
afterEach(async () => {
  for (const line of await stage.lines()) await stage.local.control("twilio", `/calls/${line.sid}/hang-up`, { at: 1 });
  await stage.work();
  stage.clock.advance(1_000_000);
});

const db = () => stage.app.db.prisma;
const lastCall = () => db().call.findFirstOrThrow({ orderBy: { startedAt: "desc" }, include: { legs: true } });

let nextNumber = 0;
function someone(): string {
  nextNumber += 1;
  return `+141555527${String(nextNumber).padStart(2, "0")}`;
}

/** Somebody calls and Ida takes it. */
async function talk(): Promise<{ caller: Line; ida: Line; callId: string }> {
  const caller = await stage.callIn(someone(), "TN-Validation-Passed-A");
  const ida = await stage.ringing(idaPhone);
  await stage.play(ida, "answer");
  await stage.play(ida, "press", { key: "1" });
  return { caller, ida, callId: (await lastCall()).id };
}

describe("a talk", () => {
  it("is held with music and goes on, and the time on hold is known", async () => {
    const { caller, callId } = await talk();
    await setHold(stage.ida, { callId, hold: true });
    expect(await stage.line(caller.sid)).toMatchObject({ hold: true });
    expect((await liveCalls(stage.ida)).mine).toMatchObject({ state: "on-hold" });
    stage.clock.advance(40_000);
    await setHold(stage.ida, { callId, hold: false });
    expect(await stage.line(caller.sid)).toMatchObject({ hold: false });
    expect(await lastCall()).toMatchObject({ state: "in-progress", heldSeconds: 40, heldAt: null });
    await expect(setHold(stage.bo, { callId, hold: true })).rejects.toMatchObject({ status: 404 });
  });

  it("is ended by whoever has it, for both, and wrapped up with what it took", async () => {
    const { caller, ida, callId } = await talk();
    stage.clock.advance(90_000);
    await endOfCall(stage.ida, callId, "hung-up");
    await stage.work();
    expect([(await stage.line(caller.sid)).status, (await stage.line(ida.sid)).status]).toEqual([
      "completed",
      "completed",
    ]);
    expect((await liveCalls(stage.ida)).wrapUp).toMatchObject({ id: callId });
    await expect(wrapUp(stage.ida, { callId, code: "Small talk" })).rejects.toMatchObject({ status: 422 });
    stage.clock.advance(30_000);
    await wrapUp(stage.ida, { callId, code: "Order help" });
    stage.clock.advance(5_000);
    await wrapUp(stage.ida, { callId, code: "Complaint" });
    expect(await lastCall()).toMatchObject({ wrapUp: "Complaint", handledSeconds: 120 });
    expect((await liveCalls(stage.ida)).wrapUp).toBeNull();
  });

  it("is handed to a colleague who reads what they must know, and goes on without the first", async () => {
    const { caller, ida, callId } = await talk();
    await transfer(stage.ida, { callId, toStaffId: stage.bo.actor.id, brief: "Wants size M of the coat." });
    expect((await liveCalls(stage.bo)).ringing).toMatchObject([
      { id: callId, brief: "Wants size M of the coat.", fromName: "Ida Berg" },
    ]);
    const bo = await stage.ringing(boPhone);
    await stage.play(bo, "answer");
    await stage.play(bo, "press", { key: "1" });
    expect((await stage.line(ida.sid)).status).toBe("completed");
    expect((await stage.line(bo.sid)).with).toEqual([caller.sid]);
    expect(await lastCall()).toMatchObject({ state: "in-progress", staffId: stage.bo.actor.id, transferToId: null });
    expect((await liveCalls(stage.bo)).mine).toMatchObject({ brief: "Wants size M of the coat." });
  });

  it("stays with whoever has it when the colleague does not take it", async () => {
    const { caller, ida, callId } = await talk();
    await transfer(stage.ida, { callId, toStaffId: stage.bo.actor.id, brief: "" });
    await decline(stage.bo, callId);
    await stage.work();
    expect((await stage.lines()).filter((one) => one.to === boPhone && one.status === "ringing")).toEqual([]);
    expect((await stage.line(caller.sid)).with).toEqual([ida.sid]);
    expect(await lastCall()).toMatchObject({ staffId: stage.ida.actor.id, transferToId: null });
  });

  it("lets go of a colleague who still rings when whoever has it hangs up", async () => {
    const { ida, callId } = await talk();
    await transfer(stage.ida, { callId, toStaffId: stage.bo.actor.id, brief: "" });
    const bo = await stage.ringing(boPhone);
    await stage.play(ida, "hang-up");
    const legs = await db().callLeg.findMany({ where: { callId, state: "ringing" } });
    expect(legs).toEqual([]);
    expect((await stage.line(bo.sid)).status).not.toBe("ringing");
    const { colleagues } = await liveCalls(stage.ida);
    expect(colleagues).toMatchObject([{ id: stage.bo.actor.id, busy: false }]);
  });
});

describe("a call that is not taken", () => {
  it("rings on at the others when one declines", async () => {
    await stage.callIn(someone());
    const { id } = await lastCall();
    await decline(stage.ida, id);
    await stage.work();
    expect((await liveCalls(stage.ida)).ringing).toEqual([]);
    expect((await stage.ringing(boPhone)).status).toBe("ringing");
    await expect(stage.ringing(idaPhone)).rejects.toThrow();
  });

  it("is asked for a message after the longest wait", async () => {
    await present(stage, [stage.ida, idaPhone]);
    await talk();
    const second = await stage.callIn(someone());
    expect(second.place).toBe(1);
    stage.clock.advance(301_000);
    const after = await stage.play(second, "silent");
    expect([after.waiting.kind, (await stage.play(after, "silent")).waiting.kind]).toContain("message");
    expect(await lastCall()).toMatchObject({ outcome: "missed" });
  });

  it("is asked for a message outside the opening hours, and nobody is rung", async () => {
    await setHours("Mon-Fri 9:00-17:00");
    // A Saturday.
    stage.clock.advance(Date.parse("2027-01-02T12:00:00Z") - stage.clock.now().getTime());
    await present(stage, [stage.ida, idaPhone]);
    const caller = await stage.callIn(someone()).finally(() => setHours(""));
    expect(caller.waiting.kind).toBe("message");
    expect(caller.heard.at(-1)).toContain("closed");
    expect((await lastCall()).legs).toEqual([]);
  });

  it("hears that it should call again while the database is away", async () => {
    await stage.callIn(someone());
    const one = stage.knocks.findLast(({ url }) => url.includes("/wait")) as CallStage["knocks"][number];
    const { prisma } = stage.app.db;
    const away = new Proxy(prisma, {
      get() {
        throw new Error("the database is away");
      },
    });
    Object.assign(stage.app.db, { prisma: away });
    const said = await stage.knock(one).finally(() => Object.assign(stage.app.db, { prisma }));
    expect(said.status).toBe(200);
    expect(said.headers.get("content-type")).toContain("text/xml");
    expect(await said.text()).toContain("Please call again in a few minutes.");
  });
});

describe("a call to a customer", () => {
  it("rings the member of staff, then the customer, and stands in the conversation as theirs", async () => {
    const number = someone();
    await stage.play(await stage.callIn(number, "TN-Validation-Passed-A"), "hang-up");
    const { customerId } = await lastCall();
    expect((await numbersOf(stage.ida, customerId)).map((one) => one.number)).toEqual([number]);
    stage.clock.advance(1_000);
    const { callId } = await callOut(stage.ida, { customerId, number });
    const ida = await stage.ringing(idaPhone);
    await stage.play(ida, "answer");
    await stage.play(ida, "press", { key: "1" });
    const customer = await stage.ringing(number);
    await stage.play(customer, "answer");
    expect((await stage.line(customer.sid)).with).toEqual([ida.sid]);
    stage.clock.advance(20_000);
    await stage.play(customer, "hang-up");
    const call = await lastCall();
    expect(call).toMatchObject({ id: callId, direction: "out", outcome: "answered" });
    const message = await db().message.findFirstOrThrow({ where: { id: call.messageId ?? "" } });
    expect(message).toMatchObject({ author: "staff", content: { call: { direction: "out", seconds: 20 } } });
  });

  it("is not made to a number that is not theirs, or when they want no calls", async () => {
    const number = someone();
    await stage.play(await stage.callIn(number, "TN-Validation-Passed-A"), "hang-up");
    const { customerId } = await lastCall();
    await expect(callOut(stage.ida, { customerId, number: "+14155559999" })).rejects.toMatchObject({ status: 422 });
    await expect(callOut(stage.ida, { customerId: newId(), number })).rejects.toMatchObject({ status: 404 });
    const touchpoint = "Said so on the phone";
    await withdrawConsent(stage.ida, { customerId, channel: "voice", purpose: "service", touchpoint });
    await expect(callOut(stage.ida, { customerId, number })).rejects.toMatchObject({ status: 422 });
    await expect(stage.ringing(idaPhone)).rejects.toThrow();
  });
});

describe("whom a caller probably is", () => {
  it("is no longer told once they are erased, and the caller stays", async () => {
    const number = someone();
    await stage.play(await stage.callIn(number, "TN-Validation-Passed-A"), "hang-up");
    const { customerId: probablyId } = await lastCall();
    stage.clock.advance(1_000);
    await stage.callIn(number);
    const call = await lastCall();
    expect(call).toMatchObject({ probablyId });
    const shown = async () => (await liveCalls(stage.ida)).ringing[0]?.caller;
    expect(await shown()).toMatchObject({ personId: probablyId, probably: true, customerId: call.customerId });
    expect(await callerMembers(db(), { ...call, probablyId: newId() })).toMatchObject({
      personId: call.customerId,
      probably: false,
    });
    const person = { customerIds: [probablyId], gids: [], emails: [], phones: [] };
    await db().$transaction((tx) => erasePerson(tx, stage.ida, person, []), { timeout: 30_000 });
    expect(await lastCall()).toMatchObject({ id: call.id, probablyId: null });
    expect(await shown()).toMatchObject({ personId: call.customerId, probably: false });
    expect((await stage.play(await stage.ringing(idaPhone), "answer")).heard.at(-1)).toContain("a new caller");
  });
});

async function setHours(hours: string): Promise<void> {
  const where = { shopId_id: { shopId: stage.ida.shop.id, id: stage.account.id } };
  const { settings } = await db().channelAccount.findUniqueOrThrow({ where });
  await db().channelAccount.update({ where, data: { settings: { ...(settings as object), hours } } });
}
