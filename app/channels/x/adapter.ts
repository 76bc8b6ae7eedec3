import { z } from "zod";
import { env } from "~/env.server";
import { Invalid } from "~/http/errors";
import {
  type Account,
  type ChannelAdapter,
  type ConnectField,
  type Health,
  Rejected,
  Retryable,
  Unclear,
} from "../channel";
import { call } from "../vendors/call";
import { api, askX } from "../vendors/x/client";
import type { XKeys } from "../vendors/x/oauth";
import { read } from "./read";
import { fetchFile, find, keysOf, largestPicture, longestDirectMessage, parts, send } from "./send";

const key = z.string().trim().min(10, "This is too short. Copy it whole from X's developer portal.").max(200);
const credentials = z.object({ consumerKey: key, consumerSecret: key, accessToken: key, accessTokenSecret: key });

const field = (name: string, label: string, help: string): ConnectField => ({
  name,
  label,
  help,
  secret: true,
  keptIn: "credentials",
});

/** Direct messages on X. docs/channels/x.md */
export const x: ChannelAdapter = {
  kind: "x",
  abilities: {
    textLimit: longestDirectMessage,
    files: {
      "image/jpeg": largestPicture,
      "image/png": largestPicture,
      "image/webp": largestPicture,
      "image/gif": largestPicture,
    },
    filesPerMessage: 1,
    receipts: "read",
    typing: false,
    templates: false,
    together: true,
  },
  settings: z.object({}) as unknown as z.ZodType<Record<string, unknown>>,
  credentials: credentials as z.ZodType<Record<string, string>>,
  fields: [
    field("consumerKey", "API key", "In X's developer portal, under Keys and tokens of your app."),
    field("consumerSecret", "API key secret", "Shown with the API key. It proves that messages come from X."),
    field(
      "accessToken",
      "Access token",
      "Of the account that writes, with permission to read, write and send direct messages.",
    ),
    field("accessTokenSecret", "Access token secret", "Shown with the access token."),
  ],
  async identify({ credentials: given }) {
    const me = await whoIs(keysOf({ credentials: given })).catch((error: unknown) => {
      if (!isProviders(error)) throw error;
      const message =
        error instanceof Rejected
          ? "X does not accept these keys. Check all four, and that the app may send direct messages."
          : error.failure.words;
      throw new Invalid([{ field: "accessToken", message }]);
    });
    return { externalId: me.id, name: `@${me.username}`, settings: {}, credentials: given, tokenExpiresAt: null };
  },
  connected,
  read: async (raw, account) => read(raw, account),
  fetchFile,
  parts,
  send,
  find,
  rule: () => ({ open: true, until: null, words: "Direct messages can be sent as long as they accept yours." }),
  async check(account): Promise<Health> {
    try {
      const me = await whoIs(keysOf(account));
      await connected(account);
      return { ok: true, words: `Connected as @${me.username}.`, tokenExpiresAt: null };
    } catch (error) {
      if (!isProviders(error)) throw error;
      return { ok: false, words: error.failure.words, tokenExpiresAt: null };
    }
  },
};

const isProviders = (error: unknown): error is Rejected | Retryable | Unclear =>
  error instanceof Rejected || error instanceof Retryable || error instanceof Unclear;

async function whoIs(keys: XKeys): Promise<{ id: string; username: string }> {
  const { said } = await askX(keys, "GET", "/2/users/me");
  const { id, username } = (said["data"] ?? {}) as { id?: unknown; username?: unknown };
  if (typeof id !== "string" || !/^\d+$/.test(id))
    throw new Rejected({ code: "no-id", words: "X does not say whose keys these are." });
  return { id, username: typeof username === "string" ? username : id };
}

/** Has X send what happens on the account to our door: the webhook of the app, and the subscription of the account. */
async function connected(account: Account): Promise<void> {
  const keys = keysOf(account);
  const url = new URL(`/channels/x/${account.id}`, env().SHOPIFY_APP_URL).href;
  const bearer = await bearerOf(keys);
  const { said } = await askX(keys, "GET", "/2/webhooks", { bearer });
  const all = Array.isArray(said["data"]) ? (said["data"] as { id: string; url: string }[]) : [];
  let id = all.find((one) => one.url === url)?.id;
  if (!id) {
    const made = await askX(keys, "POST", "/2/webhooks", { json: { url }, bearer });
    id = String(((made.said["data"] ?? {}) as { id?: unknown }).id ?? "");
  }
  await askX(keys, "POST", `/2/account_activity/webhooks/${id}/subscriptions/all`, { json: {} });
}

/** https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/application-only */
async function bearerOf({ consumerKey, consumerSecret }: XKeys): Promise<string> {
  const basic = Buffer.from(`${encodeURIComponent(consumerKey)}:${encodeURIComponent(consumerSecret)}`).toString(
    "base64",
  );
  const answer = await call("X", `${api}/oauth2/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const said = (await answer.json().catch(() => ({}))) as { access_token?: unknown };
  if (typeof said.access_token === "string") return said.access_token;
  throw new Rejected({
    code: String(answer.status),
    words: "X did not let the app set up its webhook. See docs/channels/x.md.",
  });
}
