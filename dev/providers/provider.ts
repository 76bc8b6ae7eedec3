import type { Kept } from "./kept";
import type { Trouble } from "./trouble";
import type { Webhooks } from "./webhooks";

/**
 * A provider of a channel that runs on this machine. It speaks the real one's protocol, so that the app cannot tell them
 * apart: the app asks the real addresses and is led here (`dev/local-network.mjs`), webhooks go to the app's real doors.
 */
export interface Provider {
  /** One word, as it stands in `/control/<name>/…`. */
  name: string;
  /** Whose requests are answered: `api.twilio.com`, or `*.fbcdn.net` for all names under one. */
  hosts: readonly string[];
  /** What the app asks. The address is the one that the app asked, such as `https://api.twilio.com/2010-04-01/…`. */
  answer(request: Request): Promise<Response>;
  /** The provider's own way of refusing, for trouble on demand; without it a plain answer with that status. */
  refuse?(status: number, retryAfterSeconds: number | null): Response;
  /**
   * What a shopper does, and what tests and the page "Be the customer" want to see, as JSON. The path is what follows
   * `/control/<name>`, and `trouble`, `webhooks` and `settled` are answered for every provider.
   */
  control?(request: Request): Promise<Response>;
  close?(): Promise<void> | void;
}

/** What each provider is given. */
export interface Surroundings {
  /** Where the app is, without a slash at the end. */
  appOrigin: string;
  /** Where the providers are: files are shown to a browser at `<origin>/at/<host>/<path>`. */
  origin(): string;
  clock(): Date;
  /** Asks the app, such as for a file that it sends: the same way as webhooks, without their trouble. */
  app(request: Request): Promise<Response>;
  /** Requests of the app meet it in `start.ts`, webhooks in `webhooks`. */
  trouble: Trouble;
  /** The way of webhooks to the app. */
  webhooks: Webhooks;
  /** What survives a restart, in a file of that name. `first` is what is there when nothing was kept. */
  kept<State extends object>(name: string, first: () => State): Kept<State>;
  /** What the app's environment says of the providers: META_APP_SECRET and the like. */
  environment: Readonly<Record<string, string>>;
}

export type MakeProvider = (surroundings: Surroundings) => Provider;

/** Whether a host is one of those, of which `*.example.com` stands for every name under example.com. */
export function isHostOf(hosts: readonly string[], host: string): boolean {
  return hosts.some((one) => (one.startsWith("*.") ? host.endsWith(one.slice(1)) : host === one));
}

/** An answer of a control address. */
export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
