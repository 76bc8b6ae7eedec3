import { type Account, type Outbound, type Part, Rejected, Retryable, type Sent, Unclear } from "../channel";
import { call, readWhole, unavailable } from "../vendors/call";
import { askX } from "../vendors/x/client";
import { authorization, type XKeys } from "../vendors/x/oauth";

/** Characters of a direct message. https://docs.x.com/x-api/direct-messages/manage/integrate */
export const longestDirectMessage = 10_000;
/** Pictures, and animations that are larger. https://docs.x.com/x-api/media/quickstart/best-practices */
export const largestPicture = 5 * 1024 * 1024;

export function keysOf(account: Pick<Account, "credentials">): XKeys {
  const { consumerKey = "", consumerSecret = "", accessToken = "", accessTokenSecret = "" } = account.credentials;
  return { consumerKey, consumerSecret, accessToken, accessTokenSecret };
}

/** One file a message: the text goes with the first, every further file alone. Throws Rejected for what X does not take. */
export function parts(outbound: Outbound): Part[] {
  const { text, files, key } = outbound;
  if (text.length > longestDirectMessage) {
    throw new Rejected({
      code: "too-long",
      words: "The message is too long for X: at most 10,000 characters. Shorten it and send again.",
    });
  }
  if (text === "" && files.length === 0)
    throw new Rejected({ code: "empty", words: "The message is empty. Write something and send again." });
  const [first = null, ...rest] = files;
  return [
    { outbound, index: 0, key: `${key}:0`, text, file: first },
    ...rest.map((file, at) => ({ outbound, index: at + 1, key: `${key}:${at + 1}`, text: "", file })),
  ];
}

/** Sends a direct message, its file first uploaded. */
export async function send({ outbound, text, file }: Part, account: Account): Promise<Sent> {
  const keys = keysOf(account);
  const attachments = file ? [{ media_id: await uploaded(keys, file) }] : undefined;
  const path = `/2/dm_conversations/with/${outbound.address}/messages`;
  const json = { ...(text ? { text } : {}), ...(attachments ? { attachments } : {}) };
  const { said } = await askX(keys, "POST", path, { json });
  const { dm_event_id: id } = (said["data"] ?? {}) as { dm_event_id?: unknown };
  // Taken, but by which id is not known: it is looked for before anything is sent again.
  if (typeof id !== "string" || id === "")
    throw new Unclear({ code: "no-id", words: "X took this without saying under which id." });
  return { externalId: id, state: "sent" };
}

/** A file at X that no message names does no harm: when that is unclear, nothing was sent. */
async function uploaded(keys: XKeys, file: NonNullable<Part["file"]>): Promise<string> {
  const data = new FormData();
  data.set("media", new Blob([new Uint8Array(await file.read())], { type: file.mediaType }), file.name);
  data.set("media_category", file.mediaType === "image/gif" ? "dm_gif" : "dm_image");
  try {
    const { said } = await askX(keys, "POST", "/2/media/upload", { data });
    return String(((said["data"] ?? {}) as { id?: unknown }).id ?? "");
  } catch (error) {
    throw error instanceof Unclear ? new Retryable(error.failure) : error;
  }
}

interface Event {
  id: string;
  text?: string;
  sender_id?: string;
  created_at?: string;
  attachments?: unknown;
}

/** X's list may be behind by so many milliseconds. */
const lag = 60_000;

/** Whether a message that was begun at `since` is there: one of ours to them with the same words, made after that. */
export async function find(
  { outbound, text, file }: Part,
  account: Account,
  since: Date,
): Promise<Sent | "not-sent" | "unknown"> {
  const query = new URLSearchParams({
    "dm_event.fields": "id,text,sender_id,created_at,attachments",
    event_types: "MessageCreate",
    max_results: "100",
  });
  const { said, at } = await askX(
    keysOf(account),
    "GET",
    `/2/dm_conversations/with/${outbound.address}/dm_events?${query}`,
  );
  const events = Array.isArray(said["data"]) ? (said["data"] as Event[]) : [];
  const begun = Math.floor(since.getTime() / 1_000) * 1_000;
  const isIt = (one: Event): boolean =>
    one.sender_id === account.externalId &&
    Date.parse(one.created_at ?? "") >= begun &&
    (one.attachments !== undefined) === (file !== null) &&
    (file ? (one.text ?? "").startsWith(text) : one.text === text);
  const [first] = events
    .filter(isIt)
    .sort((one, other) => Date.parse(one.created_at ?? "") - Date.parse(other.created_at ?? ""));
  if (first) return { externalId: first.id, state: "sent" };
  return at.getTime() - since.getTime() < lag ? "unknown" : "not-sent";
}

/** Bytes of one file that somebody sent. */
const largestFile = 40 * 1024 * 1024;
const hosts = /^((ton|upload)\.(x|twitter)\.com|(ton|pbs|video)\.twimg\.com)$/;

/** A file of a message: pictures of direct messages are handed out to their two parties alone. */
export async function fetchFile(
  reference: string,
  account: Account,
): Promise<{ content: Uint8Array; name: string | null }> {
  const lost = (code: string, words: string) => new Rejected({ code, words });
  const url = URL.parse(reference);
  if (url?.protocol !== "https:" || url.port !== "" || !hosts.test(url.hostname))
    throw lost("address", "This file is not at an address of X's.");
  const isPublic = url.hostname.endsWith("twimg.com") && !url.hostname.startsWith("ton.");
  const headers: Record<string, string> = isPublic
    ? {}
    : { Authorization: authorization(keysOf(account), "GET", url.href) };
  const answer = await call("X", url, { headers, milliseconds: 60_000 });
  if (answer.ok) return { content: await readWhole("X", answer, largestFile), name: null };
  await answer.body?.cancel();
  const down = unavailable("X", answer, { onlyReads: true, now: new Date() });
  if (down) throw down;
  throw lost(
    String(answer.status),
    answer.status === 404 ? "X no longer has this file." : "X did not hand this file out.",
  );
}
