import { z } from "zod";
import { type Account, type Inbound, type InboundFile, type InboundMessage, type Raw, Unreadable } from "../channel";
import type { Sender } from "../inbound";

const id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,32}$/));
const time = z.union([z.string(), z.number()]).transform(Number).pipe(z.number().int().positive().max(8.64e15));

const media = z.object({
  media_url_https: z.string(),
  url: z.string().optional(),
  type: z.string().optional(),
  video_info: z
    .object({
      variants: z.array(z.object({ url: z.string(), content_type: z.string(), bitrate: z.number().optional() })),
    })
    .optional(),
});

const created = z.object({
  type: z.literal("message_create"),
  id,
  created_timestamp: time,
  message_create: z.object({
    target: z.object({ recipient_id: id }),
    sender_id: id,
    message_data: z.object({
      text: z.string().catch(""),
      entities: z
        .object({ urls: z.array(z.object({ url: z.string(), expanded_url: z.string() })).catch([]) })
        .optional()
        .catch(undefined),
      attachment: z.object({ type: z.string(), media: media.optional() }).optional().catch(undefined),
      quick_reply_response: z.object({ metadata: z.string().optional() }).optional().catch(undefined),
    }),
  }),
});

const between = z.object({ created_timestamp: time, sender_id: id, target: z.object({ recipient_id: id }) });

/** https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity: each list is there or not. */
const frame = z.object({
  for_user_id: id,
  direct_message_events: z.array(z.unknown()).catch([]).default([]),
  direct_message_mark_read_events: z.array(z.unknown()).catch([]).default([]),
  direct_message_indicate_typing_events: z.array(z.unknown()).catch([]).default([]),
  users: z
    .record(z.string(), z.object({ name: z.string().optional(), screen_name: z.string().optional() }))
    .catch({})
    .default({}),
  user_event: z.object({ revoke: z.unknown().optional() }).optional().catch(undefined),
});

type Users = z.infer<typeof frame>["users"];

/** What X tells of direct messages; other things that happen on an account are passed over. */
export function read(raw: Raw, account: Pick<Account, "externalId">): Inbound[] {
  let value: unknown;
  try {
    value = JSON.parse(raw.body.toString("utf8"));
  } catch {
    throw new Unreadable("X sent something that is not JSON.");
  }
  const read = frame.safeParse(value);
  if (!read.success) throw new Unreadable("X sent something that does not say whose account it is for.");
  const { users, user_event: event, ...lists } = read.data;
  const us = account.externalId;
  const items: Inbound[] = lists.direct_message_events.flatMap((one) => messageOf(one, us, users));
  for (const one of lists.direct_message_mark_read_events) {
    const mark = between.safeParse(one).data;
    if (!mark || mark.sender_id === us) continue;
    const at = new Date(mark.created_timestamp);
    items.push({
      type: "watermark",
      externalId: `read ${mark.sender_id} ${mark.created_timestamp}`,
      at,
      address: mark.sender_id,
      state: "read",
    });
  }
  for (const one of lists.direct_message_indicate_typing_events) {
    const typing = between.safeParse(one).data;
    if (!typing || typing.sender_id === us) continue;
    const at = new Date(typing.created_timestamp);
    items.push({
      type: "typing",
      externalId: `typing ${typing.sender_id} ${typing.created_timestamp}`,
      at,
      address: typing.sender_id,
    });
  }
  if (event?.revoke) {
    const words = "The app may no longer act for this account on X. Connect it again.";
    items.push({ type: "notice", externalId: `revoke ${raw.key}`, at: raw.receivedAt, words });
  }
  return items;
}

function messageOf(one: unknown, us: string, users: Users): InboundMessage[] {
  const event = created.safeParse(one).data;
  if (!event) return unknownOf(one, us, users);
  const { target, sender_id: from, message_data: data } = event.message_create;
  const echo = from === us;
  const other = echo ? target.recipient_id : from;
  const { attachment } = data;
  const files = attachment?.media ? [fileOf(attachment.media)] : [];
  const text = textOf(data);
  const strange =
    attachment && !attachment.media
      ? `An attachment of a kind that is not known here (${attachment.type.slice(0, 40)}).`
      : text === "" && files.length === 0
        ? "A message without words. Open it on X."
        : null;
  return [
    {
      type: "message",
      externalId: event.id,
      at: new Date(event.created_timestamp),
      from: senderOf(other, us, users),
      text,
      files,
      ...(echo ? { echo } : {}),
      ...(strange ? { content: { unsupported: strange } } : {}),
      ...(data.quick_reply_response?.metadata
        ? { content: { button: { payload: data.quick_reply_response.metadata } } }
        : {}),
    },
  ];
}

/** An event of a kind that is new, as long as it says who it is from. */
function unknownOf(one: unknown, us: string, users: Users): InboundMessage[] {
  const shape = z.object({ type: z.string(), id, created_timestamp: time, sender_id: id });
  const known = shape.safeParse(one).data;
  if (!known || known.type === "message_create" || known.sender_id === us) return [];
  const unsupported = `A kind of message that is not known here (${known.type.slice(0, 40)}). Open it on X.`;
  const from = senderOf(known.sender_id, us, users);
  return [
    {
      type: "message",
      externalId: known.id,
      at: new Date(known.created_timestamp),
      from,
      text: "",
      files: [],
      content: { unsupported },
    },
  ];
}

function senderOf(address: string, us: string, users: Users): Sender {
  const { name, screen_name: handle } = users[address] ?? {};
  return {
    address,
    name: name ?? (handle ? `@${handle}` : null),
    identifier: { kind: "x", value: `${us}:${address}` },
    grade: "provider-verified",
    proof: handle ? `wrote as @${handle} on X` : "wrote from this account on X",
  };
}

/** Links as they lead, and without the link that stands for the attached file. */
function textOf({ text, entities, attachment }: z.infer<typeof created>["message_create"]["message_data"]): string {
  let shown = text;
  const own = attachment?.media?.url;
  if (own) shown = shown.replace(own, "");
  for (const { url, expanded_url: to } of entities?.urls ?? [])
    if (url && url !== own) shown = shown.replaceAll(url, to);
  // X writes these three as entities: https://docs.x.com/resources/fundamentals/counting-characters
  return shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&").trim();
}

function fileOf({ media_url_https: picture, type, video_info: video }: z.infer<typeof media>): InboundFile {
  const [best] = (video?.variants ?? [])
    .filter((one) => one.content_type === "video/mp4")
    .sort((one, other) => (other.bitrate ?? 0) - (one.bitrate ?? 0));
  if (best)
    return {
      name: type === "animated_gif" ? "animation.mp4" : "video.mp4",
      mediaType: "video/mp4",
      reference: best.url,
    };
  return { name: "picture.jpg", mediaType: null, reference: picture };
}
