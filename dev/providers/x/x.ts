import { randomBytes } from "node:crypto";
import { authorization } from "../../../app/channels/vendors/x/oauth";
import { signX } from "../../../app/channels/vendors/x/signature";
import { json, type MakeProvider, type Surroundings } from "../provider";

interface XAccount {
  id: string;
  username: string;
  name: string;
  consumerKey: string;
  consumerSecret: string;
  accessToken: string;
  accessTokenSecret: string;
  webhook: { id: string; url: string } | null;
  subscribed: boolean;
}

interface Message {
  id: string;
  from: string;
  to: string;
  text: string;
  at: number;
  media: { id: string; type: string; base64: string } | null;
}

interface XState {
  accounts: XAccount[];
  people: Record<string, { name: string; username: string }>;
  messages: Message[];
  /** Uploaded, not yet in a message. */
  uploads: Record<string, { type: string; base64: string }>;
  /** People who take no messages. */
  closed: string[];
  lastId: number;
}

/** The account of the demo: docs/channels/x.md names its keys. */
const first = (): XState => ({
  accounts: [
    {
      id: "1700000000000000001",
      username: "northwind",
      name: "Northwind Outfitters",
      consumerKey: "northwind-api-key",
      consumerSecret: "northwind-api-key-secret",
      accessToken: "1700000000000000001-northwind",
      accessTokenSecret: "northwind-access-token-secret",
      webhook: null,
      subscribed: false,
    },
  ],
  people: {},
  messages: [],
  uploads: {},
  closed: [],
  lastId: 1_800_000_000_000,
});

const refused = (status: number, detail: string, headers: Record<string, string> = {}): Response =>
  Response.json({ title: detail, detail, status, type: "about:blank" }, { status, headers });

/** X on this machine: direct messages, their files, webhooks with their challenge. */
export const x: MakeProvider = (world) => {
  const memory = world.kept("x", first);
  const { state } = memory;
  const nextId = (): string => {
    state.lastId += 1;
    return `19${state.lastId}`;
  };
  return {
    name: "x",
    hosts: ["api.x.com", "upload.x.com", "ton.twitter.com", "pbs.twimg.com", "video.twimg.com"],
    async answer(request) {
      const url = new URL(request.url);
      const answer = await route(request, url);
      memory.save();
      answer.headers.set("Date", world.clock().toUTCString());
      return answer;
    },
    refuse(status, retryAfterSeconds) {
      const reset = Math.ceil(Date.now() / 1_000) + (retryAfterSeconds ?? 900);
      return refused(status, status === 429 ? "Too Many Requests" : "Service Unavailable", {
        ...(status === 429
          ? { "x-rate-limit-limit": "15", "x-rate-limit-remaining": "0", "x-rate-limit-reset": String(reset) }
          : {}),
      });
    },
    async control(request) {
      const { pathname, searchParams } = new URL(request.url);
      const body = request.method === "GET" ? {} : ((await request.json()) as Record<string, string>);
      memory.save();
      if (pathname === "/accounts" && body["id"]) {
        const before = state.accounts.find((one) => one.id === body["id"]);
        const made = {
          ...before,
          webhook: before?.webhook ?? null,
          subscribed: before?.subscribed ?? false,
          ...body,
        } as XAccount;
        state.accounts = [...state.accounts.filter((one) => one.id !== made.id), made];
        return json(made);
      }
      if (pathname === "/accounts")
        return json({ accounts: state.accounts.map(({ id, username, name }) => ({ id, username, name })) });
      if (pathname === "/messages" && body["from"]) return json({ id: write(body as never) });
      if (pathname === "/messages") {
        const who = searchParams.get("with");
        const shown = state.messages.filter((one) => one.from === who || one.to === who);
        return json({ messages: shown.map(({ media, ...one }) => ({ ...one, media: media?.id ?? null })) });
      }
      if (pathname === "/people" && body["id"]) {
        state.people[body["id"]] = {
          name: body["name"] ?? "Somebody",
          username: body["username"] ?? `user${body["id"]}`,
        };
        return json({});
      }
      if (pathname === "/closed" && body["id"]) {
        state.closed.push(body["id"]);
        return json({});
      }
      if (pathname === "/read" && body["from"]) {
        tellOf(body["to"] ?? "", { direct_message_mark_read_events: [between(body["from"], body["to"] ?? "")] });
        return json({});
      }
      if (pathname === "/typing" && body["from"]) {
        tellOf(body["to"] ?? "", { direct_message_indicate_typing_events: [between(body["from"], body["to"] ?? "")] });
        return json({});
      }
      return json({ error: "There is no such control." }, 404);
    },
  };

  async function route(request: Request, url: URL): Promise<Response> {
    if (url.pathname === "/oauth2/token") {
      const account = state.accounts.find((one) => request.headers.get("authorization") === basicOf(one));
      return account
        ? json({ token_type: "bearer", access_token: `bearer of ${account.consumerKey}` })
        : refused(403, "Forbidden");
    }
    if (url.hostname === "pbs.twimg.com" || url.hostname === "video.twimg.com") return file(url);
    const account = signer(request, url);
    if (!account) return refused(401, "Unauthorized");
    if (url.hostname === "ton.twitter.com") return file(url);
    if (url.pathname === "/2/users/me")
      return json({ data: { id: account.id, name: account.name, username: account.username } });
    if (url.pathname === "/2/webhooks") return webhooks(account, request);
    if (/^\/2\/account_activity\/webhooks\/\w+\/subscriptions\/all$/.test(url.pathname)) {
      account.subscribed = true;
      return json({ data: { subscribed: true } });
    }
    if (url.pathname === "/2/media/upload") return upload(request);
    const [, other = "", what] = /^\/2\/dm_conversations\/with\/(\d+)\/(messages|dm_events)$/.exec(url.pathname) ?? [];
    if (what === "messages") return send(account, other, await request.json());
    return what ? events(account, other) : refused(404, "Not Found");
  }

  /** The account whose keys signed this, or whose app's bearer token it is. */
  function signer(request: Request, url: URL): XAccount | undefined {
    const given = request.headers.get("authorization") ?? "";
    const [, nonce = ""] = /oauth_nonce="(\w+)"/.exec(given) ?? [];
    const [, time = "0"] = /oauth_timestamp="(\d+)"/.exec(given) ?? [];
    const at = new Date(Number(time) * 1_000);
    return state.accounts.find(
      (one) =>
        given === `Bearer bearer of ${one.consumerKey}` ||
        given === authorization(one, request.method, url.href, { nonce, at }),
    );
  }

  /** An address is taken once it has answered the challenge. */
  async function webhooks(account: XAccount, request: Request): Promise<Response> {
    if (request.method === "GET") return json({ data: account.webhook ? [{ ...account.webhook, valid: true }] : [] });
    const { url } = (await request.json()) as { url: string };
    const token = randomBytes(16).toString("base64url");
    const answer = await world.app(new Request(`${url}?crc_token=${token}&nonce=1`));
    const said = (await answer.json().catch(() => ({}))) as { response_token?: string };
    if (said.response_token !== signX(token, account.consumerSecret)) return refused(400, "CRC validation failed");
    account.webhook = { id: nextId(), url };
    return json({ data: { ...account.webhook, valid: true } });
  }

  async function upload(request: Request): Promise<Response> {
    const media = (await request.formData()).get("media");
    if (!(media instanceof Blob)) return refused(400, "media is missing");
    const id = nextId();
    state.uploads[id] = { type: media.type, base64: Buffer.from(await media.arrayBuffer()).toString("base64") };
    return json({ data: { id, media_key: `3_${id}`, expires_after_secs: 86_400 } });
  }

  function send(account: XAccount, to: string, body: unknown): Response {
    const { text = "", attachments = [] } = body as { text?: string; attachments?: { media_id: string }[] };
    if (text === "" && attachments.length === 0) return refused(400, "One of text, attachments is required");
    if (state.closed.includes(to)) return refused(403, "You cannot send messages to this user.");
    const mediaId = attachments[0]?.media_id ?? "";
    const media = state.uploads[mediaId];
    const made: Message = {
      id: nextId(),
      from: account.id,
      to,
      text,
      at: world.clock().getTime(),
      media: media ? { ...media, id: mediaId } : null,
    };
    state.messages.push(made);
    // X tells the account of its own messages too.
    tellOf(account.id, { direct_message_events: [eventOf(made)] });
    return json({ data: { dm_conversation_id: `${account.id}-${to}`, dm_event_id: made.id } }, 201);
  }

  function events(account: XAccount, other: string): Response {
    const shown = state.messages.filter(
      ({ from, to }) => (from === account.id && to === other) || (from === other && to === account.id),
    );
    const data = shown.toReversed().map(({ id, from, text, at, media }) => ({
      id,
      event_type: "MessageCreate",
      text,
      sender_id: from,
      created_at: new Date(at).toISOString(),
      ...(media ? { attachments: { media_keys: [`3_${media.id}`] } } : {}),
    }));
    return json({ data, meta: { result_count: data.length } });
  }

  function write(body: { from: string; to: string; text?: string; media?: { type: string; base64: string } }): string {
    const media = body.media ? { ...body.media, id: nextId() } : null;
    const made: Message = {
      id: nextId(),
      from: body.from,
      to: body.to,
      text: body.text ?? "",
      at: world.clock().getTime(),
      media,
    };
    state.messages.push(made);
    tellOf(body.to, { direct_message_events: [eventOf(made)] });
    return made.id;
  }

  function eventOf({ id, from, to, text, at, media }: Message) {
    const address = media ? `https://ton.twitter.com/1.1/ton/data/dm/${id}/${media.id}` : "";
    const attachment = {
      type: "media",
      media: { id: media?.id, media_url_https: address, url: "https://t.co/file", type: "photo" },
    };
    const shown = media ? `${text} https://t.co/file`.trim() : text;
    return {
      type: "message_create",
      id,
      created_timestamp: String(at),
      message_create: {
        target: { recipient_id: to },
        sender_id: from,
        message_data: { text: shown, entities: { urls: [] }, ...(media ? { attachment } : {}) },
      },
    };
  }

  function between(from: string, to: string) {
    return { created_timestamp: String(world.clock().getTime()), sender_id: from, target: { recipient_id: to } };
  }

  function tellOf(accountId: string, what: object): void {
    tell(world, state, accountId, what);
  }

  function file(url: URL): Response {
    const id = url.pathname.split("/").at(-1);
    const found = state.messages.find(({ media }) => media?.id === id)?.media;
    if (!found) return refused(404, "Not Found");
    return new Response(new Uint8Array(Buffer.from(found.base64, "base64")), {
      headers: { "Content-Type": found.type },
    });
  }
};

function tell(world: Surroundings, state: XState, accountId: string, what: object): void {
  const account = state.accounts.find((one) => one.id === accountId);
  if (!account?.webhook || !account.subscribed) return;
  const { url } = account.webhook;
  const users = Object.fromEntries(
    Object.entries(state.people).map(([id, { name, username }]) => [id, { id, name, screen_name: username }]),
  );
  const body = JSON.stringify({ for_user_id: accountId, ...what, users });
  const headers = {
    "Content-Type": "application/json",
    "x-twitter-webhooks-signature": signX(body, account.consumerSecret),
  };
  void world.webhooks.send(() => new Request(url, { method: "POST", headers, body }));
}

function basicOf({ consumerKey, consumerSecret }: XAccount): string {
  return `Basic ${Buffer.from(`${encodeURIComponent(consumerKey)}:${encodeURIComponent(consumerSecret)}`).toString("base64")}`;
}
