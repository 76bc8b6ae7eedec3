import type { InboundFile } from "../../channel";
import type { MessageContent } from "../../content";
import { type Json, list, number, object, text } from "./json";
import { isMetaMedia } from "./media";

/** What the attachments of one message of Instagram's or Messenger's hold. */
export interface Attached {
  files: InboundFile[];
  content: MessageContent;
  /** Links and titles that belong to what they said. */
  lines: string[];
}

const files: Readonly<Record<string, string>> = {
  image: "Picture",
  video: "Video",
  audio: "Recording",
  file: "File",
  animated_image: "Picture",
};

/** Posts and reels that they passed on, in words for staff. */
const shares: Readonly<Record<string, string>> = {
  share: "Shared a post",
  post: "Shared a post",
  ig_post: "Shared a post",
  reel: "Shared a reel",
  ig_reel: "Shared a reel",
  ig_story: "Shared a story",
};

/**
 * Reads `message.attachments`. A picture of a story is not taken over, because it is its author's and ends after a day.
 * https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages
 * https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook
 */
export function readAttachments(attachments: unknown, said: string | null): Attached {
  const found: Attached = { files: [], content: {}, lines: [] };
  const strange = new Set<string>();
  for (const one of list(attachments)) {
    const type = text(one.type) ?? "unknown";
    if (!readOne(type, one, found, said)) strange.add(type);
  }
  if (strange.size > 0)
    found.content.unsupported = `Sent something that cannot be shown here (${[...strange].join(", ")}).`;
  return found;
}

/** Whether it was understood. */
function readOne(type: string, attachment: Json, found: Attached, said: string | null): boolean {
  const payload = object(attachment.payload);
  const url = text(payload.url) ?? text(attachment.url);
  const name = files[type];
  if (name) return readFile(type, name, payload, url, found);
  const share = shares[type];
  if (share) return readShare(share, payload, url, found, said);
  switch (type) {
    case "story_mention":
      found.content.story = { kind: "mention", link: url };
      return true;
    case "location":
      return readLocation(attachment, payload, found);
    case "like_heart":
      found.lines.push("❤️");
      return true;
    case "fallback":
      return readLink(text(attachment.title) ?? text(payload.title), url, found, said);
    case "template":
      return readTemplate(payload, found);
    default:
      return false;
  }
}

function readFile(type: string, name: string, payload: Json, url: string | null, found: Attached): boolean {
  if (!url) return false;
  if (!isMetaMedia(url)) {
    found.content.lost = [...(found.content.lost ?? []), { name, because: "It is not kept at Meta." }];
    return true;
  }
  const named = type === "file" ? lastOf(url) : payload.sticker_id !== undefined ? "Sticker" : null;
  found.files.push({ name: named ?? name, mediaType: null, reference: url });
  return true;
}

/** The name at the end of a link's path, where files keep theirs. */
function lastOf(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "").slice(0, 200) || null;
  } catch {
    return null;
  }
}

function readShare(words: string, payload: Json, url: string | null, found: Attached, said: string | null): boolean {
  const title = text(payload.title);
  if (url && isMetaMedia(url))
    found.files.push({ name: words.replace("Shared a ", ""), mediaType: null, reference: url });
  else if (url) return readLink(title ?? words, url, found, said);
  found.lines.push(title ? `${words}: ${title.slice(0, 500)}` : words);
  return true;
}

function readLink(title: string | null, url: string | null, found: Attached, said: string | null): boolean {
  if (!title && !url) return false;
  // The preview of a link stands beside the text that has the link.
  if (url && said?.includes(url)) return true;
  found.lines.push([title, url].filter((one) => one !== null).join(": "));
  return true;
}

function readLocation(attachment: Json, payload: Json, found: Attached): boolean {
  const coordinates = object(payload.coordinates);
  const latitude = number(coordinates.lat);
  const longitude = number(coordinates.long);
  if (latitude === null || longitude === null) return false;
  found.content.location = { latitude, longitude, name: text(attachment.title), address: null };
  return true;
}

/** Cards of ours, in echoes; what people see of them is their titles. */
function readTemplate(payload: Json, found: Attached): boolean {
  const elements = [...list(payload.elements), ...list(object(payload.generic).elements)];
  const words = [text(payload.text), ...elements.flatMap((one) => [text(one.title), text(one.subtitle)])];
  const lines = words.filter((one) => one !== null);
  found.lines.push(...lines.slice(0, 20));
  return lines.length > 0;
}
