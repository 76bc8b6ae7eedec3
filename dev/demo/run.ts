import { createHmac } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { startMail } from "../mail/start";
import { StartFailure } from "../postgres/failure";
import { lockFolder } from "../postgres/folder-lock";
import { applyMigrations } from "../postgres/migrate";
import { removePostgres, startPostgres } from "../postgres/start";
import { type LocalProviders, startProviders } from "../providers/start";
import { readAppConfig } from "../shopify/app-config";
import { type LocalShopify, startLocalShopify } from "../shopify/start";
import type { AppConfig } from "../shopify/world";
import { type AppProcess, startApp } from "./app-process";
import { buildApp } from "./build-app";
import type { Closing } from "./closing";
import { type Customer, openCustomer } from "./customer";
import { openOnce } from "./first-open";
import { endLeftovers } from "./leftovers";
import type { DemoOptions } from "./options";
import { type Ports, portsFrom, requireFreePorts } from "./ports";
import type { Progress } from "./progress";
import { keepSecrets, type Secrets } from "./secrets";

export interface Running {
  /** Goes into the READY line. */
  addresses: Record<string, string | string[]>;
  /** Resolves with a sentence when a part ends without being asked to. */
  broken: Promise<string>;
}

interface Context {
  root: string;
  folder: string;
  ports: Ports;
  closing: Closing;
  progress: Progress;
}

/**
 * Starts every part of the demo, as many at once as can be, and adds each to `closing` as it comes up.
 * @throws StartFailure with one sentence.
 */
export async function runDemo(
  root: string,
  options: DemoOptions,
  closing: Closing,
  progress: Progress,
): Promise<Running> {
  const folder = resolve(root, options.data);
  mkdirSync(folder, { recursive: true });
  letThrough(folder);
  const lock = lockFolder(folder);
  closing.add("the lock", async () => lock.release());
  await endLeftovers(folder);
  if (options.reset) await progress.step("Starting over", () => reset(folder));
  await requireFreePorts(options.port);

  const ports = portsFrom(options.port);
  const context: Context = { root, folder, ports, closing, progress };
  const secrets = keepSecrets(folder);
  const config = readAppConfig(root, `http://127.0.0.1:${ports.app}`, secrets.apiSecret);
  const channels = channelSettings(ports, secrets);
  let customer: Customer | null = null;
  const [database, shopify, providers] = await Promise.all([
    closing.during(openDatabase(context)),
    closing.during(openShopify(context, config)),
    closing.during(
      openProviders(context, config, channels, async (request) => (await customer?.pages(request)) ?? null),
    ),
    closing.during(build(context)),
  ]);
  customer = await openCustomer({
    ...{ world: shopify.world, providers, ports, folder },
    mailDomain: channels.MAIL_IN_DOMAIN ?? "",
  });
  const { dns, connect } = customer;
  closing.add("the name server", () => dns.close());
  const app = await closing.during(
    openApp(context, config, secrets, database.url, {
      LOCAL_SHOPIFY_ORIGIN: shopify.origin,
      LOCAL_PROVIDERS_ORIGIN: providers.origin,
      APP_BRIDGE_URL: `${shopify.origin}/app-bridge.js`,
      ADMIN_FRAME_ANCESTOR: shopify.origin,
      ...channels,
    }),
  );
  await closing.during(progress.step("First open in both shops", (detail) => open(shopify, detail)));
  await closing.during(
    progress.step("Channels of the first shop", async (detail) => {
      for (const sentence of await connect()) detail(sentence);
    }),
  );
  shopify.deliver();
  const [storefront] = shopify.storefrontOrigins;
  const handle = config.name.toLowerCase();
  return {
    addresses: {
      admin: shopify.origin,
      storefront,
      app: config.origin,
      mail: `http://localhost:${ports.mailPage}`,
      storefronts: shopify.storefrontOrigins,
      throughline: `${shopify.origin}/store/northwind-outfitters/apps/${handle}`,
      control: `${shopify.origin}/control`,
      providers: providers.origin,
      customer: providers.origin,
    },
    broken: Promise.race([
      app.ended.then(() => `The app ended by itself: its log is ${join(folder, "logs", "app.log")}.`),
      database.ended.then(() => `The database ended by itself: its log is ${join(folder, "postgres", "server.log")}.`),
    ]),
  };
}

async function open(shopify: LocalShopify, detail: (text: string) => void): Promise<void> {
  for (const domain of await openOnce(shopify.world)) detail(`the app did not open in ${domain}, see its log`);
}

/** Root's PostgreSQL runs as another account, which has to pass through the folder; it still cannot list it. */
function letThrough(folder: string): void {
  if (process.getuid?.() === 0) chmodSync(folder, statSync(folder).mode | 0o011);
}

async function reset(folder: string): Promise<void> {
  if (process.env.DATABASE_URL) {
    throw new StartFailure(
      "unusable-server",
      "--reset does not empty the database that DATABASE_URL names: empty it yourself, or start without DATABASE_URL.",
    );
  }
  await removePostgres(join(folder, "postgres"));
  // The lock's own files stay: we hold them.
  for (const name of readdirSync(folder)) {
    if (!name.startsWith("owner.")) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function build({ root, closing, progress }: Context): Promise<void> {
  const built = await buildApp(root, () => progress.say("App: building, its sources are new …"), closing.signal);
  progress.say(built ? "App: built" : "App: built already");
}

async function openDatabase(context: Context): Promise<{ url: string; ended: Promise<void> }> {
  const { progress, closing, folder, ports, root } = context;
  return progress.step("Database", async (detail) => {
    const given = process.env.DATABASE_URL;
    const server = given
      ? { url: given, ended: new Promise<void>(() => {}), stop: async () => {} }
      : await startPostgres({ folder: join(folder, "postgres"), port: ports.postgres, progress: detail });
    closing.add("the database", () => server.stop());
    const applied = await applyMigrations(server.url, root, closing.signal);
    if (applied.length > 0) detail(`${applied.length} migration${applied.length === 1 ? "" : "s"} applied`);
    return server;
  });
}

async function openShopify(context: Context, app: AppConfig): Promise<LocalShopify> {
  const { progress, closing, folder, ports } = context;
  return progress.step("Local Shopify", async () => {
    const mail = await startMail({ smtpPort: ports.smtp, webPort: ports.mailPage, folder: join(folder, "mail") });
    closing.add("the mail catcher", () => mail.close());
    const shopify = await startLocalShopify({
      dataFile: join(folder, "shopify", "shopify.sqlite"),
      ports: { admin: ports.admin, storefronts: ports.storefronts },
      app,
      mail: { host: "127.0.0.1", port: ports.smtp },
      holdWebhooks: true,
    });
    closing.add("the local Shopify", () => shopify.close());
    return shopify;
  });
}

async function openProviders(
  context: Context,
  config: AppConfig,
  environment: Record<string, string>,
  pages: (request: Request) => Promise<Response | null>,
): Promise<LocalProviders> {
  const { progress, closing, folder, ports } = context;
  return progress.step("Local providers", async () => {
    const providers = await startProviders({
      port: ports.providers,
      appOrigin: config.origin,
      folder: join(folder, "providers"),
      environment,
      pages,
    });
    closing.add("the local providers", () => providers.close());
    return providers;
  });
}

/** What the app and the stand-ins have in common. */
function channelSettings(ports: Ports, { apiSecret }: Secrets): Record<string, string> {
  const made = (name: string) => createHmac("sha256", apiSecret).update(name).digest("hex").slice(0, 32);
  return {
    META_APP_ID: "1020304050607080",
    META_APP_SECRET: made("meta app secret"),
    META_VERIFY_TOKEN: made("meta verify token"),
    MAIL_IN_DOMAIN: "in.throughline.example",
    SMTP_IN_HOST: "127.0.0.1",
    SMTP_IN_PORT: String(ports.smtpIn),
    DNS_SERVERS: `127.0.0.1:${ports.dns}`,
  };
}

async function openApp(
  context: Context,
  config: AppConfig,
  secrets: Secrets,
  databaseUrl: string,
  besides: Record<string, string>,
): Promise<AppProcess> {
  const { progress, closing, folder, ports, root } = context;
  return progress.step("App", async () => {
    const app = await startApp({
      root,
      folder,
      origin: config.origin,
      signal: closing.signal,
      environment: {
        SHOPIFY_API_KEY: config.clientId,
        SHOPIFY_API_SECRET: config.clientSecret,
        ENCRYPTION_KEYS: secrets.encryptionKeys,
        SHOPIFY_APP_URL: config.origin,
        SCOPES: config.scopes.join(","),
        DATABASE_URL: databaseUrl,
        SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
        MAIL_FROM: "support@throughline.example",
        HOST: "127.0.0.1",
        PORT: String(ports.app),
        ...besides,
      },
    });
    closing.add("the app", () => app.stop());
    return app;
  });
}
