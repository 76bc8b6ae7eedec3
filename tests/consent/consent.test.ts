import { beforeAll, describe, expect, it } from "vitest";
import { consentView } from "~/consent/consent-view";
import { consentFromShopify } from "~/consent/from-shopify";
import { giveConsent } from "~/consent/give";
import { mayContact } from "~/consent/may-contact";
import { withdrawConsent } from "~/consent/withdraw";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Invalid, NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { layTombstones } from "~/privacy/tombstones";
import { setPermission } from "~/visitors/permission";
import { say } from "~/visitors/say";
import { viewPage } from "~/visitors/view-page";
import { type Stage, setStage } from "../support/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});

const inTransaction = <Result>(work: (tx: Parameters<Parameters<typeof change>[1]>[0]) => Promise<Result>) =>
  change(stage.staff, work) as Promise<Result>;
const consents = (customerId: string) =>
  stage.app.db.prisma.consent.findMany({ where: { customerId }, orderBy: { at: "asc" } });
const jobs = async () =>
  (
    await stage.app.db.sql.query<{ task: string }>(
      `SELECT t.identifier AS task FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id`,
    )
  ).rows.filter(({ task }) => task === "tell-consent").length;

async function customer(shopifyCustomerId: string | null = null, email = `${newId()}@example.com`) {
  const id = newId();
  const now = stage.clock.now();
  await stage.app.db.prisma.customer.create({
    data: { shopId: stage.staff.shop.id, id, shopifyCustomerId, email, createdAt: now, updatedAt: now },
  });
  return { id, email };
}

const ask = (customerId: string, email: string | null, purpose: "marketing" | "service" = "marketing") =>
  inTransaction((tx) =>
    mayContact(tx, stage.staff, {
      customerId,
      channel: "email",
      purpose,
      endpoint: email ? { kind: "email", value: email } : null,
    }),
  );

const onPhone = { channel: "email", purpose: "marketing", touchpoint: "said so on the phone" } as const;

describe("what staff record", () => {
  it("allows and forbids at once, with how they know, in the log and the audit", async () => {
    const { id, email } = await customer();
    expect(await ask(id, email)).toEqual({ allowed: false, because: "never-asked" });
    await giveConsent(stage.staff, { ...onPhone, customerId: id, wording: "May we write?", language: "en" });
    expect(await ask(id, email)).toEqual({ allowed: true, because: "given" });
    stage.clock.advance(1_000);
    await withdrawConsent(stage.staff, { ...onPhone, customerId: id, touchpoint: "wrote it in the chat" });
    expect(await ask(id, email)).toEqual({ allowed: false, because: "withdrawn" });
    expect(await ask(id, email, "service")).toEqual({ allowed: true, because: "answering" });
    expect(await consents(id)).toMatchObject([
      { state: "given", touchpoint: "said so on the phone", wording: "May we write?", language: "en", source: "staff" },
      { state: "withdrawn", touchpoint: "wrote it in the chat", source: "staff" },
    ]);
    const facts = await stage.app.db.prisma.event.findMany({ where: { customerId: id }, orderBy: { id: "asc" } });
    expect(facts.map(({ kind }) => kind)).toEqual(["consent.given", "consent.withdrawn"]);
    const audited = await stage.app.db.prisma.auditEntry.findMany({ where: { subjectId: id } });
    expect(audited.map(({ action }) => action)).toEqual(["consent.given", "consent.withdrawn"]);
  });

  it("holds for all leaves of a person, and is undone with none of them", async () => {
    const one = await customer();
    const other = await customer();
    await stage.app.db.prisma.customer.updateMany({ where: { id: other.id }, data: { mergedIntoId: one.id } });
    await giveConsent(stage.staff, { ...onPhone, customerId: one.id });
    expect(await ask(other.id, null)).toMatchObject({ allowed: true });
    stage.clock.advance(1_000);
    await withdrawConsent(stage.staff, { ...onPhone, customerId: other.id });
    expect(await ask(one.id, null)).toMatchObject({ allowed: false });
    await stage.app.db.prisma.customer.updateMany({ where: { id: other.id }, data: { mergedIntoId: null } });
    expect(await ask(one.id, null)).toMatchObject({ allowed: false });
    expect(await ask(other.id, null)).toMatchObject({ allowed: false });
  });

  it("is one act of a merged person: one fact in the log and one line in the history", async () => {
    const one = await customer();
    const other = await customer();
    await stage.app.db.prisma.customer.updateMany({ where: { id: other.id }, data: { mergedIntoId: one.id } });
    await withdrawConsent(stage.staff, { ...onPhone, customerId: one.id });
    const rows = [...(await consents(one.id)), ...(await consents(other.id))];
    expect(rows.map(({ state }) => state)).toEqual(["withdrawn", "withdrawn"]);
    const facts = await stage.app.db.prisma.event.count({
      where: { customerId: { in: [one.id, other.id] }, kind: "consent.withdrawn" },
    });
    expect(facts).toBe(1);
    const { now, history } = await consentView(stage.staff, one.id);
    expect([now.length, history.length]).toEqual([1, 1]);
    stage.clock.advance(1_000);
    await giveConsent(stage.staff, { ...onPhone, customerId: one.id });
    expect((await consentView(stage.staff, one.id)).history.map(({ state }) => state)).toEqual(["given", "withdrawn"]);
  });

  it("can be followed by something else, and never be changed", async () => {
    const { id } = await customer();
    await giveConsent(stage.staff, { ...onPhone, customerId: id });
    const change = stage.app.db.prisma.consent.updateMany({ where: { customerId: id }, data: { state: "withdrawn" } });
    await expect(change).rejects.toThrow(/only ever added to/);
  });

  it("needs a source in words, and reaches no other shop", async () => {
    const { id } = await customer();
    await expect(giveConsent(stage.staff, { ...onPhone, customerId: id, touchpoint: " " })).rejects.toBeInstanceOf(
      Invalid,
    );
    await expect(withdrawConsent(stage.stranger, { ...onPhone, customerId: id })).rejects.toBeInstanceOf(NotFound);
    expect(await consents(id)).toEqual([]);
  });
});

describe("Shopify's consent to marketing", () => {
  const told = (gid: string, address: string, state: string, minute: number) => ({
    shopifyCustomerId: gid,
    channel: "email" as const,
    address,
    state,
    updatedAt: new Date(stage.clock.now().getTime() - 3_600_000 + minute * 60_000) as Date | null,
    toldAt: stage.clock.now(),
  });
  const hear = (...all: ReturnType<typeof told>[]) =>
    inTransaction((tx) => consentFromShopify(tx, { ...stage.staff, actor: { kind: "shopify" } }, all));

  it("has no time and no place in the story when Shopify does not say when, until it changes", async () => {
    const gid = "gid://shopify/Customer/7000";
    const { id, email } = await customer(gid);
    const undated = (state: string) => ({ ...told(gid, email, state, 1), updatedAt: null });
    const facts = () => stage.app.db.prisma.event.findMany({ where: { customerId: id } });
    await hear(undated("SUBSCRIBED"));
    await hear(undated("SUBSCRIBED"));
    expect(await ask(id, email)).toMatchObject({ allowed: true });
    expect((await consentView(stage.staff, id)).history).toMatchObject([
      { at: null, touchpoint: "Shopify, not known when" },
    ]);
    expect(await facts()).toEqual([]);
    stage.clock.advance(1_000);
    await hear(undated("NOT_SUBSCRIBED"));
    expect(await ask(id, email)).toMatchObject({ allowed: false });
    expect((await facts()).map(({ kind }) => kind)).toEqual(["consent.withdrawn"]);
  });

  it("is followed once, in any order, and never told back", async () => {
    const gid = "gid://shopify/Customer/7001";
    const { id, email } = await customer(gid);
    await hear(told(gid, email, "NOT_SUBSCRIBED", 1));
    expect(await consents(id)).toEqual([]);
    await hear(told(gid, email, "SUBSCRIBED", 10), told(gid, email, "SUBSCRIBED", 10));
    await hear(told(gid, email, "UNSUBSCRIBED", 20));
    await hear(told(gid, email, "SUBSCRIBED", 10), told(gid, email, "UNSUBSCRIBED", 5));
    await hear(told(gid, email, "unsubscribed", 20));
    expect((await consents(id)).map(({ state, source }) => [state, source])).toEqual([
      ["given", "shopify"],
      ["withdrawn", "shopify"],
    ]);
    expect(await ask(id, email)).toMatchObject({ allowed: false, because: "withdrawn" });
    expect(await jobs()).toBe(0);
    await hear(told("gid://shopify/Customer/never-met", "x@example.com", "SUBSCRIBED", 1));
  });

  it("does not overrule what was said here later, and hears itself as no news", async () => {
    const gid = "gid://shopify/Customer/7002";
    const { id, email } = await customer(gid);
    await hear(told(gid, email, "SUBSCRIBED", 10));
    await withdrawConsent(stage.staff, { ...onPhone, customerId: id });
    expect(await jobs()).toBe(1);
    await hear(told(gid, email, "SUBSCRIBED", 30));
    expect(await ask(id, email)).toMatchObject({ allowed: false });
    // What Shopify tells after we told it.
    await hear({ ...told(gid, email, "UNSUBSCRIBED", 0), updatedAt: stage.clock.now() });
    expect(await consents(id)).toHaveLength(2);
    expect(await jobs()).toBe(1);
    await stage.work();
  });

  it("is told only of customers of Shopify's, and only marketing by mail or text message", async () => {
    const before = await jobs();
    const nobody = await customer();
    await giveConsent(stage.staff, { ...onPhone, customerId: nobody.id });
    const known = await customer("gid://shopify/Customer/7003");
    await giveConsent(stage.staff, { ...onPhone, customerId: known.id, channel: "whatsapp" });
    await giveConsent(stage.staff, { ...onPhone, customerId: known.id, purpose: "service" });
    expect(await jobs()).toBe(before);
  });
});

describe("an erased person", () => {
  it("is not sold to by an address that somebody imports again", async () => {
    const { id, email } = await customer();
    await giveConsent(stage.staff, { ...onPhone, customerId: id });
    const names = { gids: [], emails: [email.toUpperCase()], phones: [] };
    await inTransaction((tx) => layTombstones(tx, stage.staff.shop.id, stage.clock.now(), names));
    expect(await ask(id, email)).toEqual({ allowed: false, because: "erased" });
  });
});

describe("a browser", () => {
  const rows = (shopper: Context<ShopperActor>) =>
    stage.app.db.prisma.consent.findMany({ where: { visitorId: shopper.actor.visitorId }, orderBy: { at: "asc" } });

  it("says once whether it may be tracked, and a withdrawal acts at once", async () => {
    const shopper = await stage.shopper();
    const page = { url: "/products/field-jacket", title: "Field Jacket", productId: 1 };
    await setPermission(shopper, true);
    expect(await rows(shopper)).toEqual([]);
    await viewPage(shopper, page);
    await setPermission(shopper, false);
    await setPermission(shopper, false);
    await viewPage(shopper, page);
    stage.clock.advance(1_000);
    await setPermission(shopper, true);
    expect(await rows(shopper)).toMatchObject([
      { channel: "browser", purpose: "tracking", state: "withdrawn", source: "widget" },
      { channel: "browser", purpose: "tracking", state: "given" },
    ]);
    expect(await stage.app.db.prisma.pageView.count({ where: { visitorId: shopper.actor.visitorId } })).toBe(1);
    const visitor = await stage.app.db.prisma.visitor.findFirst({ where: { id: shopper.actor.visitorId } });
    expect(visitor).toMatchObject({ pageUrl: null, trackingAllowed: true });
  });

  it("agrees to the line over its first message, and the line is kept", async () => {
    const shopper = await stage.shopper();
    const message = { text: "hello", clientKey: newId(), attachmentIds: [], consented: false };
    await say(shopper, { ...message, wording: "Mit dem Senden stimmen Sie zu.", language: "de" });
    await say(shopper, { ...message, clientKey: newId(), wording: "something else" });
    expect(await rows(shopper)).toMatchObject([
      {
        channel: "chat",
        purpose: "service",
        state: "given",
        wording: "Mit dem Senden stimmen Sie zu.",
        language: "de",
      },
    ]);
  });

  it("is no longer followed when staff record that its person forbade it", async () => {
    const shopper = await stage.shopper();
    const visitor = await stage.app.db.prisma.visitor.findFirstOrThrow({ where: { id: shopper.actor.visitorId } });
    const staff: Context<StaffActor> = stage.staff;
    await withdrawConsent(staff, {
      customerId: visitor.customerId ?? "",
      channel: "browser",
      purpose: "tracking",
      touchpoint: "asked in the chat",
    });
    await viewPage(shopper, { url: "/", title: "Home", productId: null });
    expect(await stage.app.db.prisma.pageView.count({ where: { visitorId: visitor.id } })).toBe(0);
  });
});
