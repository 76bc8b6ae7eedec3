import type { RequestListener } from "node:http";
import { join } from "node:path";
import { type Listening, listen } from "../shopify/listen";
import { providers as allProviders } from "./all";
import { answerOver, requestOf } from "./http";
import { type Kept, keepIn } from "./kept";
import { isHostOf, json, type MakeProvider, type Provider } from "./provider";
import { Trouble, troubleSettings } from "./trouble";
import { Webhooks } from "./webhooks";

export interface LocalProviders {
  /** `http://localhost:<port>` */
  origin: string;
  /** What a page or a test does with one of them, without HTTP; a body is sent as JSON with POST. */
  control(name: string, path: string, body?: unknown): Promise<Response>;
  trouble(name: string): Trouble;
  /** When no webhook is on its way any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface LocalProvidersOptions {
  /** 0 takes a free one. */
  port: number;
  appOrigin: string;
  /** Where they keep what they remember; null keeps it in memory. */
  folder: string | null;
  environment?: Record<string, string>;
  /** Brings webhooks to the app; by default over HTTP. */
  send?: (request: Request) => Promise<Response>;
  clock?: () => Date;
  /** Milliseconds before each further try of a webhook. */
  retries?: readonly number[];
  providers?: readonly MakeProvider[];
  /** Pages at this server's own address, such as "Be the customer"; null for an address that they do not have. */
  pages?: (request: Request, providers: LocalProviders) => Promise<Response | null>;
}

interface Running {
  provider: Provider;
  trouble: Trouble;
  webhooks: Webhooks;
}

const defaultRetries = [1_000, 3_000, 10_000, 30_000, 60_000];

/**
 * Starts the stand-ins for the channels' providers on one port. A request with a provider's host in `Host` is that
 * provider's. At the server's own address `/control/<name>/…` plays a shopper, and `/at/<host>/…` shows a browser what
 * the provider has at that host.
 *
 * @throws StartFailure `taken-port`.
 */
export async function startProviders(options: LocalProvidersOptions): Promise<LocalProviders> {
  const opened: { listening: Listening | null; kept: Kept<object>[] } = { listening: null, kept: [] };
  const running = (options.providers ?? allProviders).map((make) => begin(make, options, opened));
  const local: LocalProviders = {
    origin: "",
    control: (name, path, body) =>
      control(
        find(running, name),
        new Request(
          `http://localhost${path}`,
          body === undefined ? {} : { method: "POST", body: JSON.stringify(body) },
        ),
      ),
    trouble: (name) => find(running, name).trouble,
    settled: async () => {
      await Promise.all(running.map(({ webhooks }) => webhooks.settled()));
    },
    close: async () => {
      await Promise.all(running.map(({ webhooks }) => webhooks.close()));
      await Promise.all(running.map(({ provider }) => provider.close?.()));
      for (const kept of opened.kept) kept.flush();
      await opened.listening?.close();
    },
  };
  opened.listening = await listen(options.port, listener(running, options, local));
  local.origin = opened.listening.origin;
  return local;
}

function begin(
  make: MakeProvider,
  options: LocalProvidersOptions,
  opened: { listening: Listening | null; kept: Kept<object>[] },
): Running {
  const clock = options.clock ?? (() => new Date());
  const trouble = new Trouble();
  const webhooks = new Webhooks({
    trouble,
    send: options.send ?? ((request) => fetch(request)),
    clock,
    retries: options.retries ?? defaultRetries,
  });
  const provider = make({
    appOrigin: options.appOrigin,
    origin: () => opened.listening?.origin ?? "",
    clock,
    app: options.send ?? ((request) => fetch(request)),
    trouble,
    webhooks,
    kept: (name, first) => {
      const kept = keepIn(options.folder ? join(options.folder, `${name}.json`) : null, first);
      opened.kept.push(kept);
      return kept;
    },
    environment: options.environment ?? {},
  });
  return { provider, trouble, webhooks };
}

function find(running: Running[], name: string): Running {
  const found = running.find(({ provider }) => provider.name === name);
  if (!found) throw new Error(`there is no provider ${name}`);
  return found;
}

function listener(running: Running[], options: LocalProvidersOptions, local: LocalProviders): RequestListener {
  return (incoming, outgoing) => {
    const respond = async (): Promise<void> => {
      const asked = await requestOf(incoming);
      const url = new URL(asked.url);
      const [, first = "", second = "", ...rest] = url.pathname.split("/");
      const below = `/${rest.join("/")}${url.search}`;
      const provider = (host: string) => running.find((one) => isHostOf(one.provider.hosts, host));
      const byHost = provider(url.hostname);
      if (byHost) return answer(byHost, asked, outgoing);
      // A page of another site whose name was pointed at this machine plays nobody.
      if (!["localhost", "127.0.0.1", "[::1]"].includes(url.hostname)) {
        return answerOver(outgoing, new Response("No provider here has this name.", { status: 421 }));
      }
      if (first === "at") {
        const at = provider(second);
        if (at) return answer(at, new Request(`https://${second}${below}`, asked), outgoing);
      }
      if (first === "control") {
        const one = running.find((each) => each.provider.name === second);
        if (one) return answerOver(outgoing, await control(one, new Request(`http://localhost${below}`, asked)));
      }
      const page = await options.pages?.(asked, local);
      return answerOver(outgoing, page ?? new Response("Nothing is here.", { status: 404 }));
    };
    respond().catch((error: Error) => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500, { "content-type": "text/plain" }).end(`The stand-in failed: ${error.message}`);
    });
  };
}

async function answer(
  { provider, trouble }: Running,
  asked: Request,
  outgoing: Parameters<RequestListener>[1],
): Promise<void> {
  const fate = await trouble.meet(asked.method, new URL(asked.url).pathname);
  if (fate.kind === "break-before") return void outgoing.destroy();
  if (fate.kind === "refuse") {
    const headers: Record<string, string> =
      fate.retryAfterSeconds === null ? {} : { "Retry-After": String(fate.retryAfterSeconds) };
    const plain = () => new Response("Trouble on demand.", { status: fate.status, headers });
    return answerOver(outgoing, provider.refuse?.(fate.status, fate.retryAfterSeconds) ?? plain());
  }
  const given = await provider.answer(asked);
  if (fate.kind === "break-after") return void outgoing.destroy();
  return answerOver(outgoing, given);
}

/** `/trouble` (GET, POST a change, DELETE), `/webhooks`, and whatever the provider has besides. */
async function control({ provider, trouble, webhooks }: Running, asked: Request): Promise<Response> {
  const { pathname } = new URL(asked.url);
  if (pathname === "/webhooks") return json({ webhooks: webhooks.sent });
  if (pathname === "/settled") {
    await webhooks.settled();
    return json({});
  }
  if (pathname === "/trouble") {
    if (asked.method === "DELETE") trouble.clear();
    if (asked.method === "POST") {
      const change = troubleSettings.partial().safeParse(await asked.json().catch(() => null));
      if (!change.success) return json({ error: change.error.message }, 422);
      trouble.set(change.data as Partial<typeof trouble.settings>);
    }
    return json({ trouble: trouble.settings });
  }
  return (await provider.control?.(asked)) ?? json({ error: "There is no such control." }, 404);
}
