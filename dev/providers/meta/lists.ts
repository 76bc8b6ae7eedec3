import { type Message, mediaUrl, type Page, type State, type Thread } from "./state";

/** GET /{page}/conversations: newest first, with the last messages, newest first. */
export function conversations(state: State, page: Page, query: URLSearchParams): object {
  const kind = query.get("platform") === "instagram" ? "instagram" : "messenger";
  const account = kind === "instagram" ? page.instagram.id : page.id;
  const person = query.get("user_id");
  const all = state.threads
    .filter((one) => one.kind === kind && one.account === account && (!person || one.person === person))
    .filter((one) => one.messages.length > 0)
    .sort((one, other) => updated(other).localeCompare(updated(one)));
  const from = Number(query.get("after") ?? 0);
  const limit = Number(query.get("limit") ?? 25);
  const data = all.slice(from, from + limit).map((thread) => listed(state, page, thread));
  const more = from + limit < all.length ? { next: "https://graph.facebook.com/next" } : {};
  return { data, paging: { cursors: { before: String(from), after: String(from + limit) }, ...more } };
}

const updated = (thread: Thread): string => thread.messages.at(-1)?.at ?? "";
const asMeta = (iso: string): string => iso.replace(/\.\d+Z$/, "+0000");

function listed(state: State, page: Page, thread: Thread): object {
  const found = state.people.find((one) => one.kind === thread.kind && one.id === thread.person);
  const person =
    thread.kind === "instagram"
      ? { id: thread.person, username: found?.username ?? "somebody" }
      : { id: thread.person, name: found?.name ?? "Somebody" };
  const business =
    thread.kind === "instagram"
      ? { id: page.instagram.id, username: page.instagram.username }
      : { id: page.id, name: page.name };
  const messages = thread.messages
    .filter((one) => !one.deleted)
    .reverse()
    .slice(0, 20);
  return {
    id: thread.id,
    updated_time: asMeta(updated(thread)),
    participants: { data: [person, business] },
    messages: { data: messages.map((one) => inList(state, thread, one, person, business)) },
  };
}

function inList(state: State, thread: Thread, message: Message, person: object, business: object): object {
  const files = message.attachments.filter((one) => one.mediaId);
  return {
    id: message.id,
    created_time: asMeta(message.at),
    from: message.by === "person" ? person : business,
    to: { data: [message.by === "person" ? business : person] },
    message: message.text,
    ...(files.length > 0 ? { attachments: { data: files.map((one) => fileInList(state, thread, one)) } } : {}),
  };
}

function fileInList(
  state: State,
  { kind }: Thread,
  { type, mediaId }: { type: string; mediaId: string | null },
): object {
  const id = mediaId ?? "";
  const media = state.media[id];
  const url = mediaUrl(kind, id);
  const about = {
    id,
    mime_type: media?.mediaType ?? "",
    name: media?.name ?? "",
    size: Buffer.byteLength(media?.base64 ?? "", "base64"),
  };
  if (type === "image") return { ...about, image_data: { url, width: 1, height: 1 } };
  return type === "video" ? { ...about, video_data: { url } } : { ...about, file_url: url };
}
