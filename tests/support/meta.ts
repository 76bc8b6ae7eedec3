import { sealCredentials } from "~/channels/accounts";
import type { WrittenKind } from "~/channels/kinds";
import { readInbound } from "~/channels/receive";
import { adapters } from "~/channels/registry";
import type { Context } from "~/context";
import { newId } from "~/platform/ids";
import { action } from "~/routes/channels.meta";
import { providers } from "../../dev/providers/all";
import { meta } from "../../dev/providers/meta/provider";
import { type LocalProviders, type LocalProvidersOptions, startProviders } from "../../dev/providers/start";
import { testApp } from "./app";
import { type TestShop, testShop } from "./context";
import { reach } from "./providers";

export const metaSettings = {
  META_APP_ID: "4711",
  META_APP_SECRET: "a secret at Meta",
  META_VERIFY_TOKEN: "the agreed word",
};
Object.assign(process.env, metaSettings);

export type MetaKind = "instagram" | "messenger" | "whatsapp";

/** A shop whose pages and numbers are at a Meta on this machine, joined by the app's real door. */
export interface MetaWorld {
  shop: TestShop;
  ctx: Context;
  local: LocalProviders;
  /** Connects one as Settings does, and gives our id of it. */
  connect(kind: MetaKind): Promise<string>;
  /** What a shopper does, until the app has taken what Meta tells of it. */
  play<Answer = Record<string, string>>(word: string, body?: object): Promise<Answer>;
  close(): Promise<void>;
}

const anywhere = providers.filter((one) => one === meta);

export async function metaWorld(options: Partial<LocalProvidersOptions> = {}): Promise<MetaWorld> {
  const app = await testApp();
  const shop = await testShop(app.db);
  // Adapters know the real time only.
  shop.clock.advance(Date.now() - shop.clock.now().getTime());
  const local = await startProviders({
    port: 0,
    appOrigin: "http://127.0.0.1:4403",
    folder: null,
    environment: metaSettings,
    clock: () => shop.clock.now(),
    retries: [1, 1],
    send: (request) => action({ request, params: {}, context: {} } as never),
    providers: anywhere,
    ...options,
  });
  const leave = reach(local);
  const ctx: Context = { ...shop.base, actor: { kind: "app" } };
  const connected: string[] = [];
  return {
    shop,
    ctx,
    local,
    async connect(kind) {
      const { accounts } = (await (await local.control("meta", "/accounts")).json()) as {
        accounts: { kind: string; values: Record<string, string> }[];
      };
      const values = accounts.find((one) => one.kind === kind)?.values ?? {};
      const { token = "", ...settings } = values;
      const adapter = adapters[kind as WrittenKind];
      if (!adapter) throw new Error(`no adapter for ${kind}`);
      const found = await adapter.identify({ settings, credentials: { token } });
      const id = newId();
      const shopId = ctx.shop.id;
      // One shop at a time has an account; each test is another shop.
      await ctx.db.prisma.channelAccount.updateMany({
        where: { kind, externalId: found.externalId },
        data: { state: "disconnected" },
      });
      await ctx.db.prisma.channelAccount.create({
        data: {
          ...{ shopId, id, kind, externalId: found.externalId, name: found.name, state: "active" },
          settings: found.settings as object,
          credentials: sealCredentials(shopId, id, found.credentials),
          createdAt: shop.clock.now(),
        },
      });
      connected.push(id);
      return id;
    },
    async play(word, body) {
      const answer = await local.control("meta", `/${word}`, body);
      if (!answer.ok) throw new Error(`${word}: ${await answer.text()}`);
      await local.settled();
      for (const id of connected) await readInbound(ctx, id);
      return answer.json();
    },
    async close() {
      leave();
      await local.close();
    },
  };
}
