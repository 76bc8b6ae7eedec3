import { z } from "zod";
import { newId } from "~/platform/ids";
import {
  type Account,
  type ChannelAdapter,
  type Outbound,
  type Part,
  Rejected,
  Retryable,
  type Sent,
  Unclear,
} from "../channel";
import { retryAfter } from "../vendors/call";
import { Inside, type Posted, post, whyNotAddress } from "./post";
import { read } from "./read";
import { signApi } from "./signature";

const longest = 50_000;
const largest = 10 * 1024 * 1024;
const secret = z.string().trim().min(32, "Use at least 32 characters: openssl rand -hex 32 makes a good one.").max(200);

const settings = z.object({
  name: z.string().trim().min(1).max(60),
  url: z
    .string()
    .trim()
    .superRefine((text, context) => {
      const message = whyNotAddress(text);
      if (message) context.addIssue({ code: "custom", message });
    }),
});

/** A channel of the merchant's own, over signed HTTP. docs/channels/api.md */
export const api: ChannelAdapter = {
  kind: "api",
  abilities: {
    textLimit: longest,
    files: { "image/*": largest, "audio/*": largest, "video/*": largest, "text/*": largest, "application/*": largest },
    filesPerMessage: 10,
    receipts: "read",
    typing: false,
    templates: false,
    together: true,
  },
  settings: settings as unknown as z.ZodType<Record<string, unknown>>,
  credentials: z.object({ secret, previousSecret: secret.optional() }) as unknown as z.ZodType<Record<string, string>>,
  fields: [
    { name: "name", label: "Name", help: "As staff should read it, such as Kiosk.", secret: false, keptIn: "settings" },
    {
      name: "url",
      label: "Webhook address",
      help: "Where your replies are posted, over https.",
      secret: false,
      keptIn: "settings",
    },
    {
      name: "secret",
      label: "Secret",
      help: "At least 32 characters that both sides know. Both directions are signed with it.",
      secret: true,
      keptIn: "credentials",
    },
    {
      name: "previousSecret",
      label: "Previous secret",
      help: "While you change the secret: what is signed with this one is still taken in.",
      secret: true,
      keptIn: "credentials",
      optional: true,
    },
  ],
  async identify({ settings: given, credentials, known }) {
    const { name, url } = settings.parse(given);
    return { externalId: known ?? newId(), name, settings: { name, url }, credentials, tokenExpiresAt: null };
  },
  read: async (raw, account) => read(raw, account),
  parts,
  send,
  find,
  rule: () => ({ open: true, until: null, words: "Your channel takes messages at any time." }),
  async check(account) {
    try {
      const answer = await tell(account, { type: "ping", id: newId() });
      const ok = answer.status >= 200 && answer.status < 300;
      const words = ok ? `${account.name} answers.` : `${account.name} answered with status ${answer.status}.`;
      return { ok, words, tokenExpiresAt: null };
    } catch (error) {
      return { ok: false, words: unreachable(error).words, tokenExpiresAt: null };
    }
  },
};

function parts(outbound: Outbound): Part[] {
  if (outbound.text.length > longest)
    throw new Rejected({ code: "too-long", words: "The message is too long: at most 50,000 characters." });
  return [{ outbound, index: 0, key: `${outbound.key}:0`, text: outbound.text, file: outbound.files[0] ?? null }];
}

/** The same id at every try, so that the other side can tell a repetition. */
async function send({ outbound, text, key }: Part, account: Account): Promise<Sent> {
  const body = {
    type: "message",
    id: key,
    to: { id: outbound.address },
    text,
    files: outbound.files.map(({ name, mediaType, size, link }) => ({ name, type: mediaType, size, url: link })),
    replyTo: outbound.replyTo,
  };
  const answer = await tell(account, body).catch((error: unknown) => {
    throw afterError(error);
  });
  return outcome(answer, key);
}

/** Whether it was taken: asked with the same id, under which the other side must take it once only. */
async function find(part: Part, account: Account): Promise<Sent | "not-sent" | "unknown"> {
  const answer = await tell(account, { type: "find", id: part.key }).catch(() => null);
  if (answer?.status === 404) return "not-sent";
  return answer && answer.status >= 200 && answer.status < 300 ? { externalId: part.key, state: "sent" } : "unknown";
}

function outcome({ status, headers }: Posted, key: string): Sent {
  if (status >= 200 && status < 300) return { externalId: key, state: "sent" };
  const code = String(status);
  const wait = "Your channel asks to wait. It is tried again.";
  if (status === 429 || status === 503) throw new Retryable({ code, words: wait }, retryAfter(headers, new Date()));
  if (status >= 500) throw new Unclear({ code, words: "Your channel has a problem. It is asked again." });
  if (status >= 300 && status < 400)
    throw new Rejected({
      code,
      words: "The webhook's address leads elsewhere. Enter where it leads in Settings → Channels.",
    });
  throw new Rejected(
    { code, words: `Your channel refused this with status ${status}. Ask whoever runs it.` },
    status === 410,
  );
}

async function tell(account: Account, body: object): Promise<Posted> {
  const text = JSON.stringify({ ...body, channel: account.id });
  const seconds = String(Math.floor(Date.now() / 1_000));
  const signature = signApi(account.credentials["secret"] ?? "", seconds, text);
  const headers = {
    "Content-Type": "application/json",
    "X-Throughline-Timestamp": seconds,
    "X-Throughline-Signature": signature,
  };
  return post(String(account.settings["url"]), headers, text);
}

const neverThere = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];

function unreachable(error: unknown): { code: string; words: string } {
  const code = (error as { code?: string }).code ?? "no-answer";
  const words =
    error instanceof Inside
      ? "The webhook's address cannot be reached from the internet."
      : "Your channel could not be reached. It is tried again.";
  return { code, words };
}

function afterError(error: unknown): Error {
  const failure = unreachable(error);
  if (error instanceof Inside) return new Rejected(failure);
  return neverThere.includes(failure.code) ? new Retryable(failure) : new Unclear(failure);
}
