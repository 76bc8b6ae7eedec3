import type { Account, InboundMessage, Part, Sent } from "../../channel";
import { graph } from "./graph";
import { type Json, list, number, object, text, time } from "./json";
import { hostOf, messagingOf, tokenOf } from "./login";
import { contentOf, type MessagingKind } from "./read-messaging";

const messageFields = "id,created_time,from,to,message,attachments,sticker,shares,story,reply_to";
/** Of more than the last 20 of a thread Meta gives no details. */
const perThread = 20;
const threadsAtOnce = 25;
const mostPages = 40;

interface Thread {
  updatedAt: Date;
  participants: Json[];
  messages: Json[];
}

/**
 * The account's threads, newest first, each with its last messages.
 * https://developers.facebook.com/docs/messenger-platform/conversations
 */
async function* threads(account: Account, query: Readonly<Record<string, string>>): AsyncGenerator<Thread> {
  const host = hostOf(account);
  const { pageId } = messagingOf(account);
  const owner = host === "graph.facebook.com" && pageId ? pageId : "me";
  const fields = `id,updated_time,participants,messages.limit(${perThread}){${messageFields}}`;
  const all = { platform: account.kind, fields, limit: String(threadsAtOnce), ...query };
  for (let page = 0, after = ""; page < mostPages; page += 1) {
    const answer = await graph({
      ...{ token: tokenOf(account), host, path: `${owner}/conversations` },
      query: { ...all, ...(after ? { after } : {}) },
    });
    for (const thread of list(answer.data)) {
      yield {
        updatedAt: time(thread.updated_time, new Date(0)),
        participants: list(object(thread.participants).data),
        messages: list(object(thread.messages).data),
      };
    }
    const paging = object(answer.paging);
    after = paging.next === undefined ? "" : (text(object(paging.cursors).after) ?? "");
    if (!after) return;
  }
}

/** What people wrote and the store answered since, newest threads first and each thread's oldest message first. */
export async function* missedMessages(account: Account, since: Date): AsyncGenerator<InboundMessage> {
  for await (const thread of threads(account, {})) {
    if (thread.updatedAt < since) return;
    for (const message of [...thread.messages].reverse()) {
      const read = readListed(message, thread, account);
      if (read && read.at >= since) yield read;
    }
  }
}

function readListed(message: Json, thread: Thread, account: Account): InboundMessage | null {
  const externalId = text(message.id);
  const at = time(message.created_time, new Date(0));
  const from = object(message.from);
  const echo = isOwn(from, account);
  const person = echo ? thread.participants.find((one) => !isOwn(one, account)) : from;
  const id = text(person?.id);
  if (!externalId || !id) return null;
  const kind = account.kind as MessagingKind;
  const username = text(person?.username);
  return {
    type: "message",
    externalId,
    at,
    from: {
      address: id,
      name: text(person?.name) ?? (username ? `@${username}` : null),
      identifier: /^\d{1,32}$/.test(id) ? { kind, value: `${account.externalId}:${id}` } : null,
      grade: "provider-verified",
      proof: `wrote from this account on ${kind === "instagram" ? "Instagram" : "Messenger"}`,
    },
    ...contentOf(asInWebhook(message)),
    ...(echo ? { echo } : {}),
  };
}

/** On Instagram the account stands in its threads with its own id, on Messenger with that of its page. */
function isOwn(who: Json, account: Account): boolean {
  const { pageId, username } = messagingOf(account);
  const id = text(who.id);
  return (
    id === account.externalId || (pageId !== "" && id === pageId) || (!!username && text(who.username) === username)
  );
}

/** A message of a list in the shape in which webhooks bring it. */
function asInWebhook(message: Json): Json {
  const attachments: Json[] = list(object(message.attachments).data).map((one) => {
    const image = object(one.image_data);
    const video = object(one.video_data);
    const type = text(image.url)
      ? "image"
      : text(video.url)
        ? "video"
        : text(one.mime_type)?.startsWith("audio/")
          ? "audio"
          : "file";
    return { type, payload: { url: text(image.url) ?? text(video.url) ?? text(one.file_url) } };
  });
  const sticker = text(message.sticker);
  if (sticker) attachments.push({ type: "image", payload: { url: sticker, sticker_id: "1" } });
  for (const share of list(object(message.shares).data)) {
    attachments.push({ type: "share", payload: { url: text(share.link), title: text(share.name) } });
  }
  const story = object(message.story);
  const mention = object(story.mention);
  if (text(mention.link)) attachments.push({ type: "story_mention", payload: { url: text(mention.link) } });
  const replied = object(story.reply_to);
  const answered = text(object(message.reply_to).mid) ?? text(object(message.reply_to).id);
  return {
    mid: message.id,
    text: message.message,
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(story.reply_to !== undefined
      ? { reply_to: { story: { url: replied.link } } }
      : answered
        ? { reply_to: { mid: answered } }
        : {}),
  };
}

/** Meta's times are whole seconds, and its clock may be a little behind ours; in milliseconds. */
const clocksApart = 2_000;

/** Looks in the person's thread for a part whose sending broke off. */
export async function findSent(part: Part, account: Account, since: Date): Promise<Sent | "not-sent" | "unknown"> {
  const from = since.getTime() - clocksApart;
  const found: Json[] = [];
  for await (const thread of threads(account, { user_id: part.outbound.address })) {
    found.push(
      ...thread.messages.filter(
        (one) =>
          isOwn(object(one.from), account) &&
          time(one.created_time, new Date(0)).getTime() >= from &&
          isPart(one, part),
      ),
    );
  }
  const ids = found.map((one) => text(one.id)).filter((id) => id !== null);
  if (ids.length > 1) return "unknown";
  return ids[0] ? { externalId: ids[0], state: "sent" } : "not-sent";
}

function isPart(message: Json, { text: words, file }: Part): boolean {
  if (!file) return (text(message.message) ?? "").trim() === words.trim();
  const [attached] = list(object(message.attachments).data);
  const size = number(attached?.size);
  return (
    attached !== undefined &&
    !text(message.message) &&
    (size === null || size === file.size || !file.mediaType.startsWith("application/"))
  );
}
