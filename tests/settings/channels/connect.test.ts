import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { openAccount } from "~/channels/accounts";
import { type Health, Rejected } from "~/channels/channel";
import { adapters } from "~/channels/registry";
import type { Context, StaffActor } from "~/context";
import { Invalid, NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { connect } from "~/settings/channels/connect";
import { connection, connections } from "~/settings/channels/connections";
import { disconnect } from "~/settings/channels/disconnect";
import { pause } from "~/settings/channels/pause";
import { listAside, rawInbound, readAsideAgain } from "~/settings/channels/put-aside";
import { rename } from "~/settings/channels/rename";
import { testAccount } from "~/settings/channels/test-account";
// Credentials are sealed with the keys of the environment.
import "../../support/app";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";

let health: Health | Rejected = { ok: true, words: "Connected as Northwind.", tokenExpiresAt: null };
const connected = vi.fn(async () => undefined);

/** A channel whose provider is in this file. */
const parrot = {
  kind: "api" as const,
  settings: z.object({ number: z.string(), made: z.string().optional(), host: z.string().optional() }),
  credentials: z.object({ token: z.string().min(4, "The token is too short.") }),
  fields: [
    { name: "number", label: "Number", help: "", secret: false, keptIn: "settings" as const },
    { name: "token", label: "Token", help: "", secret: true, keptIn: "credentials" as const, goesTo: "host" },
    { name: "host", label: "Server", help: "", secret: false, keptIn: "settings" as const, optional: true },
  ],
  async identify({
    settings,
    credentials,
  }: {
    settings: Record<string, unknown>;
    credentials: Record<string, string>;
  }) {
    if (credentials.token === "wrong") throw new Invalid([{ field: "token", message: "The provider refused it." }]);
    const made = settings.made ?? newId();
    const { number, host } = settings;
    return {
      externalId: String(number),
      name: `No. ${number}`,
      settings: { number, made, ...(host ? { host } : {}) },
      credentials,
      tokenExpiresAt: null,
    };
  },
  connected,
  async check() {
    if (health instanceof Rejected) throw health;
    return health;
  },
};

let db: Awaited<ReturnType<typeof testDatabase>>;
let shop: TestShop;
let anna: Context<StaffActor>;
let real: typeof adapters.api;

beforeAll(async () => {
  db = await testDatabase();
  const registry = adapters as Record<string, unknown>;
  real = adapters.api;
  registry.api = parrot;
  return () => {
    registry.api = real;
  };
});
beforeEach(async () => {
  shop = await testShop(db);
  anna = await shop.staff();
  health = { ok: true, words: "Connected as Northwind.", tokenExpiresAt: null };
});

let numbers = 0;
const fresh = () => String(++numbers);
const values = (number: string, token = "good-token") => ({ number, token });
const plug = (ctx = anna, given: Record<string, string> = values(fresh()), accountId: string | null = null) =>
  connect(ctx, { kind: "api", values: given, accountId });
const shown = async () => (await connections(anna)).find(({ kind }) => kind === "api");
const actions = async () => {
  const rows = await db.prisma.auditEntry.findMany({ where: { shopId: anna.shop.id }, orderBy: { seq: "asc" } });
  return rows.map(({ action }) => action);
};

describe("connecting", () => {
  it("keeps the credentials sealed, shows none of them, and stands in the activity log", async () => {
    const { accountId } = await plug();
    const row = await db.prisma.channelAccount.findFirstOrThrow({ where: { id: accountId } });
    expect(row.credentials).not.toContain("good-token");
    expect((await openAccount(anna, accountId))?.credentials).toEqual({ token: "good-token" });
    const page = JSON.stringify(await connection(anna, "api"));
    expect(page).not.toContain("good-token");
    expect((await shown())?.accounts[0]).toMatchObject({ state: "connected", kept: ["token"] });
    expect(await actions()).toEqual(["channel.connected"]);
    expect(connected).toHaveBeenCalledWith(expect.objectContaining({ id: accountId }));
  });

  it("says at which field something is wrong", async () => {
    await expect(plug(anna, { number: "", token: "good-token" })).rejects.toMatchObject({
      fields: [{ field: "number", message: "Enter the number." }],
    });
    await expect(plug(anna, values("1", "abc"))).rejects.toMatchObject({ fields: [{ field: "token" }] });
    await expect(plug(anna, values("1", "wrong"))).rejects.toMatchObject({
      fields: [{ field: "token", message: "The provider refused it." }],
    });
    expect((await shown())?.accounts).toEqual([]);
  });

  it("refuses an account that another store has connected, until it lets go", async () => {
    const number = fresh();
    const other = await (await testShop(db)).staff();
    const { accountId } = await plug(other, values(number));
    await expect(plug(anna, values(number))).rejects.toThrow(/is connected in another store/);
    await disconnect(other, accountId);
    await expect(plug(anna, values(number))).resolves.toMatchObject({ name: `No. ${number}` });
  });

  it("leaves a secret that is not typed again as it is, and what no form asks for", async () => {
    const number = fresh();
    const { accountId } = await plug(anna, values(number));
    const before = await openAccount(anna, accountId);
    await plug(anna, values(number, ""), accountId);
    expect(await openAccount(anna, accountId)).toEqual(before);
    await plug(anna, values(number, "newer-token"), accountId);
    expect((await openAccount(anna, accountId))?.credentials).toEqual({ token: "newer-token" });
    expect(await actions()).toEqual(["channel.connected", "channel.changed", "channel.changed"]);
  });

  it("never sends a kept secret to another server than it was typed for", async () => {
    const number = fresh();
    const { accountId } = await plug(anna, { ...values(number), host: "imap.northwind.example" });
    const elsewhere = (token: string) =>
      plug(anna, { ...values(number, token), host: "imap.attacker.example" }, accountId);
    await expect(elsewhere("")).rejects.toMatchObject({ fields: [{ field: "token", message: "Enter the token." }] });
    await plug(anna, { ...values(number, ""), host: "imap.northwind.example" }, accountId);
    await elsewhere("newer-token");
    expect((await openAccount(anna, accountId))?.settings).toMatchObject({ host: "imap.attacker.example" });
  });

  it("does not put one account's credentials under another", async () => {
    const { accountId } = await plug();
    await expect(plug(anna, values(fresh()), accountId)).rejects.toThrow(/as another account/);
    const stranger = await (await testShop(db)).staff();
    await expect(plug(stranger, values(fresh()), accountId)).rejects.toBeInstanceOf(NotFound);
  });

  it("goes on with the account that was disconnected before", async () => {
    const number = fresh();
    const { accountId } = await plug(anna, values(number));
    await disconnect(anna, accountId);
    expect(await openAccount(anna, accountId)).toBeNull();
    expect((await db.prisma.channelAccount.findFirstOrThrow({ where: { id: accountId } })).credentials).toBeNull();
    expect((await shown())?.accounts).toEqual([]);
    expect((await plug(anna, values(number))).accountId).toBe(accountId);
    expect((await shown())?.accounts).toHaveLength(1);
  });

  it("says what the server lacks instead of asking for what would not help", async () => {
    const all = await connections(anna);
    const whatsapp = all.find(({ kind }) => kind === "whatsapp");
    expect(whatsapp?.missing).toEqual(["META_APP_ID", "META_APP_SECRET", "META_VERIFY_TOKEN"]);
    await expect(connect(anna, { kind: "whatsapp", values: {}, accountId: null })).rejects.toThrow(/META_APP_ID/);
  });
});

describe("looking after an account", () => {
  it("keeps what the provider says when it is tested", async () => {
    const { accountId } = await plug();
    health = new Rejected({ code: "190", words: "The token has ended. Make a new one." });
    expect(await testAccount(anna, accountId)).toEqual({ ok: false, words: "The token has ended. Make a new one." });
    expect((await shown())?.accounts[0]).toMatchObject({
      state: "attention",
      error: { words: "The token has ended. Make a new one." },
    });
    health = { ok: true, words: "Connected.", tokenExpiresAt: new Date(shop.clock.now().getTime() + 3 * 86_400_000) };
    expect((await testAccount(anna, accountId)).ok).toBe(true);
    // It works, and its token ends in three days.
    expect((await shown())?.accounts[0]).toMatchObject({ state: "attention", error: null, token: "ends-soon" });
  });

  it("is paused and goes on, once however often it is asked for", async () => {
    const { accountId } = await plug();
    for (const paused of [true, true, false]) await pause(anna, { accountId, paused });
    expect((await shown())?.accounts[0]?.state).toBe("connected");
    expect(await actions()).toEqual(["channel.connected", "channel.paused", "channel.resumed"]);
  });

  it("has a name that staff choose", async () => {
    const { accountId } = await plug();
    await rename(anna, { accountId, name: "  Returns  " });
    expect((await shown())?.accounts[0]?.name).toBe("Returns");
    await expect(rename(anna, { accountId, name: " " })).rejects.toMatchObject({ fields: [{ field: "name" }] });
  });

  it("is nobody else's to touch", async () => {
    const { accountId } = await plug();
    const stranger = await (await testShop(db)).staff();
    const tries = [
      pause(stranger, { accountId, paused: true }),
      disconnect(stranger, accountId),
      rename(stranger, { accountId, name: "Mine" }),
      testAccount(stranger, accountId),
    ];
    for (const one of await Promise.allSettled(tries)) {
      expect(one).toMatchObject({ status: "rejected", reason: expect.any(NotFound) });
    }
    expect((await shown())?.accounts[0]?.state).toBe("connected");
  });
});

describe("what could not be read", () => {
  it("is listed with its reason, can be taken as it came, and read again", async () => {
    const { accountId } = await plug();
    const shopId = anna.shop.id;
    const id = newId();
    await db.prisma.inbound.create({
      data: {
        ...{ shopId, id, accountId, key: "k", receivedAt: shop.clock.now(), body: Buffer.from("broken") },
        ...{ state: "aside", attempts: 3, problem: "It ends in the middle." },
      },
    });
    expect(await listAside(anna, "api")).toMatchObject([{ id, problem: "It ends in the middle.", size: 6 }]);
    expect((await shown())?.accounts[0]).toMatchObject({ state: "attention", aside: 1 });
    expect(Buffer.from((await rawInbound(anna, id)).body).toString()).toBe("broken");
    const stranger = await (await testShop(db)).staff();
    await expect(rawInbound(stranger, id)).rejects.toBeInstanceOf(NotFound);
    await expect(readAsideAgain(stranger, accountId)).rejects.toBeInstanceOf(NotFound);
    expect(await readAsideAgain(anna, accountId)).toBe(1);
    expect(await listAside(anna, "api")).toEqual([]);
    const row = await db.prisma.inbound.findFirstOrThrow({ where: { id } });
    expect(row).toMatchObject({ state: "waiting", attempts: 0, problem: null });
    expect(await actions()).toEqual(["channel.connected", "channel.raw-downloaded", "channel.read-again"]);
  });
});
