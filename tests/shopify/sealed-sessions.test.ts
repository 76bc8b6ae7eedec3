import { randomBytes } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { credentialsPlace } from "~/channels/accounts";
import { rotate } from "~/commands";
import { type KeyRing, readKeyRing, seal, sealedWith, unseal } from "~/platform/crypto";
import { newId } from "~/platform/ids";
import { checkKeys, rotateKeys } from "~/shopify/rotate-keys";
import { sealedSessions } from "~/shopify/sealed-sessions";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [old, fresh] = [key("old"), key("fresh")];
const ringOf = (...keys: string[]): KeyRing => readKeyRing(keys.join(","));

let db: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await db.prisma.session.deleteMany();
});

const storage = (ring: KeyRing) => sealedSessions(new PrismaSessionStorage(db.prisma), ring);
const shop = "northwind-outfitters.myshopify.com";

function session(id = `offline_${shop}`, changes: object = {}): Session {
  return new Session({
    id,
    shop,
    state: "",
    isOnline: false,
    scope: "read_orders",
    accessToken: "shpat_plain_access",
    refreshToken: "shprt_plain_refresh",
    expires: new Date("2026-12-01T00:00:00Z"),
    refreshTokenExpires: new Date("2027-03-01T00:00:00Z"),
    ...changes,
  });
}

async function dump(): Promise<string> {
  const { rows } = await db.sql.query<{ row: string }>(`SELECT s::text AS row FROM "session" s`);
  return rows.map(({ row }) => row).join("\n");
}

async function plainRows(count: number): Promise<void> {
  await db.prisma.session.createMany({
    data: Array.from({ length: count }, (_, at) => ({
      id: `offline_${String(at).padStart(4, "0")}`,
      shop: `shop-${at}.myshopify.com`,
      state: "",
      accessToken: `shpat_plain_${at}`,
      refreshToken: at % 2 ? `shprt_plain_${at}` : null,
    })),
  });
}

/** Accounts of channels, their credentials sealed as the app does. */
async function channels(count: number, ring: KeyRing): Promise<{ shop: string; accounts: string[] }> {
  const { base } = await testShop(db);
  const { id: shopId } = base.shop;
  const accounts = Array.from({ length: count }, () => newId());
  await db.prisma.channelAccount.createMany({
    data: accounts.map((id, at) => ({
      shopId,
      id,
      kind: "sms",
      externalId: id,
      name: "Texts",
      state: "active",
      credentials: seal(ring, JSON.stringify({ token: `secret-${at}` }), credentialsPlace(shopId, id)),
      createdAt: new Date(),
    })),
  });
  return { shop: shopId, accounts };
}

describe("the session storage", () => {
  it("leaves no token in the table, and gives the session back as it was", async () => {
    const stored = session();
    const online = session(`${shop}_7`, {
      isOnline: true,
      onlineAccessInfo: {
        expires_in: 60,
        associated_user_scope: "",
        associated_user: {
          id: 7,
          first_name: "Anna",
          last_name: "Berg",
          email: "anna@example.com",
          account_owner: true,
          locale: "da",
          collaborator: false,
          email_verified: true,
        },
      },
    });
    const sealed = storage(ringOf(old));
    await sealed.storeSession(stored);
    await sealed.storeSession(online);
    expect(stored.accessToken).toBe("shpat_plain_access");
    expect(await dump()).not.toMatch(/shpat_|shprt_|plain/);
    const plain = new PrismaSessionStorage(db.prisma);
    const rows = await db.prisma.session.findMany();
    expect(rows.map((row) => [sealedWith(row.accessToken), sealedWith(row.refreshToken ?? "")])).toEqual([
      ["old", "old"],
      ["old", "old"],
    ]);
    const loaded = await sealed.loadSession(stored.id);
    expect(loaded?.toObject()).toEqual(stored.toObject());
    const user = (await sealed.findSessionsByShop(shop)).find((one) => one.isOnline);
    expect(user?.accessToken).toBe("shpat_plain_access");
    expect(user?.onlineAccessInfo?.associated_user.email).toBe("anna@example.com");
    // The library's own is what reads the rest.
    expect((await plain.loadSession(stored.id))?.scope).toBe("read_orders");
    await sealed.deleteSessions([stored.id]);
    expect(await sealed.loadSession(stored.id)).toBeUndefined();
  });

  it("reads what was stored plainly, and seals it at the next write", async () => {
    await new PrismaSessionStorage(db.prisma).storeSession(session());
    const sealed = storage(ringOf(old));
    const loaded = await sealed.loadSession(`offline_${shop}`);
    expect(loaded?.accessToken).toBe("shpat_plain_access");
    if (loaded) await sealed.storeSession(loaded);
    expect(await dump()).not.toMatch(/plain/);
  });

  it("says which key is missing, and that a token was put into another row", async () => {
    await storage(ringOf(old)).storeSession(session());
    await expect(storage(ringOf(fresh)).loadSession(`offline_${shop}`)).rejects.toThrow(
      'ENCRYPTION_KEYS has no key "old"',
    );
    await expect(checkKeys(db.sql, ringOf(fresh))).rejects.toThrow('no key "old"');
    await expect(checkKeys(db.sql, ringOf(key("old")))).rejects.toThrow('the key "old" cannot be opened');
    await checkKeys(db.sql, ringOf(fresh, old));
    const other = "lumen-home.myshopify.com";
    await db.sql.query(
      `INSERT INTO "session" ("id", "shop", "state", "accessToken") SELECT $1, $2, '', "accessToken" FROM "session"`,
      [`offline_${other}`, other],
    );
    await expect(storage(ringOf(old)).loadSession(`offline_${other}`)).rejects.toThrow("changed or moved");
  });
});

describe("a rotation", () => {
  it("seals everything with the current key: what is plain and what another key sealed; a second one finds nothing", async () => {
    await plainRows(150);
    await storage(ringOf(old)).storeSession(session());
    const ring = ringOf(fresh, old);
    expect(await rotateKeys(db.sql, ring)).toEqual({ sealed: 150 + 75 + 2, failed: 0, reason: null, stopped: false });
    expect(await dump()).not.toMatch(/plain|sealed:1:old/);
    expect(await rotateKeys(db.sql, ring)).toMatchObject({ sealed: 0, failed: 0 });
    // The old key may go.
    const alone = storage(ringOf(fresh));
    expect((await alone.loadSession("offline_0149"))?.refreshToken).toBe("shprt_plain_149");
    expect((await alone.loadSession(`offline_${shop}`))?.accessToken).toBe("shpat_plain_access");
  });

  it("can be stopped and goes on where it stood", async () => {
    await plainRows(350);
    const stop = new AbortController();
    const first = await rotateKeys(db.sql, ringOf(fresh), stop.signal, () => stop.abort());
    expect(first).toMatchObject({ sealed: 150, stopped: true });
    // Both halves are read meanwhile.
    const between = storage(ringOf(fresh));
    expect((await between.loadSession("offline_0001"))?.accessToken).toBe("shpat_plain_1");
    expect((await between.loadSession("offline_0349"))?.accessToken).toBe("shpat_plain_349");
    expect(await rotateKeys(db.sql, ringOf(fresh))).toMatchObject({ sealed: 350 + 175 - 150, stopped: false });
    expect(await dump()).not.toMatch(/plain/);
  });

  it("takes the credentials of channels along, so that the old key may go", async () => {
    const { shop: at, accounts } = await channels(130, ringOf(old));
    const ring = ringOf(fresh, old);
    const stop = new AbortController();
    const first = await rotateKeys(db.sql, ring, stop.signal, () => stop.abort());
    expect(first).toEqual({ sealed: 100, failed: 0, reason: null, stopped: true });
    expect(await rotateKeys(db.sql, ring)).toEqual({ sealed: 30, failed: 0, reason: null, stopped: false });
    const rows = await db.prisma.channelAccount.findMany({ where: { shopId: at } });
    expect(new Set(rows.map((row) => sealedWith(row.credentials ?? "")))).toEqual(new Set(["fresh"]));
    for (const { id, credentials } of rows) {
      const plain = unseal(ringOf(fresh), credentials ?? "", credentialsPlace(at, id));
      expect(JSON.parse(plain)).toEqual({ token: `secret-${accounts.indexOf(id)}` });
    }
    await checkKeys(db.sql, ringOf(fresh));
    await expect(checkKeys(db.sql, ringOf(old))).rejects.toThrow('no key "fresh"');
    await db.prisma.channelAccount.deleteMany({ where: { shopId: at } });
  });

  it("never puts an older token over one that the app stores meanwhile", async () => {
    await plainRows(40);
    const app = storage(ringOf(old));
    const writing = Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        const loaded = await app.loadSession(`offline_${String(at).padStart(4, "0")}`);
        if (!loaded) throw new Error("gone");
        loaded.accessToken = `shpat_newer_${at}`;
        await app.storeSession(loaded);
      }),
    );
    const [rotated] = await Promise.all([rotateKeys(db.sql, ringOf(fresh, old)), writing]);
    expect(rotated.failed).toBe(0);
    await rotateKeys(db.sql, ringOf(fresh, old));
    expect(await dump()).not.toMatch(/plain|newer|sealed:1:old/);
    for (let at = 0; at < 40; at += 1) {
      const loaded = await storage(ringOf(fresh)).loadSession(`offline_${String(at).padStart(4, "0")}`);
      expect(loaded?.accessToken).toBe(`shpat_newer_${at}`);
    }
  });

  it("leaves what it cannot open, tells how many and why, and does the rest", async () => {
    await storage(ringOf(old)).storeSession(session());
    await plainRows(3);
    expect(await rotateKeys(db.sql, ringOf(fresh))).toEqual({
      sealed: 4,
      failed: 2,
      reason: 'ENCRYPTION_KEYS has no key "old", with which a stored value is sealed',
      stopped: false,
    });
    expect((await storage(ringOf(old)).loadSession(`offline_${shop}`))?.accessToken).toBe("shpat_plain_access");
  });

  it("is a command that says what it did", async () => {
    await plainRows(2);
    Object.assign(process.env, {
      SHOPIFY_API_KEY: "key",
      SHOPIFY_API_SECRET: "secret",
      SHOPIFY_APP_URL: "http://127.0.0.1:1",
      SCOPES: "read_orders",
      DATABASE_URL: db.url,
      ENCRYPTION_KEYS: fresh,
    });
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    expect(await rotate(db, { say, signal: new AbortController().signal })).toBe(0);
    expect(said.at(0)).toBe('Sealing with the key "fresh"…');
    expect(said.at(-2)).toBe("Done: 3 sealed now, 0 cannot be opened.");
    expect(said.join("\n")).not.toMatch(/shpat|plain/);
    await storage(ringOf(old)).storeSession(session());
    expect(await rotate(db, { say, signal: new AbortController().signal })).toBe(1);
    expect(await rotate(db, { say, signal: AbortSignal.abort() })).toBe(130);
  });
});
