import type { InboundFile, InboundMessage } from "../channel";
import type { MessageContent } from "../content";
import { type Json, list, number, object, text } from "../vendors/meta/json";

type Said = Pick<InboundMessage, "text" | "content" | "files" | "replyTo">;

interface Reading {
  lines: string[];
  files: InboundFile[];
  content: MessageContent;
}

const fileNames: Readonly<Record<string, string>> = {
  image: "Picture",
  video: "Video",
  audio: "Recording",
  document: "File",
  sticker: "Sticker",
};

/**
 * What a message of WhatsApp's says, by its type; one that is not known becomes `content.unsupported`.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages
 */
export function contentOf(message: Json, errors: Json[] = []): Said {
  const read: Reading = { lines: [], files: [], content: {} };
  const type = text(message.type) ?? "unknown";
  if (!readType(type, message, read)) read.content.unsupported = strange(type, message, errors);
  const referral = object(message.referral);
  if (Object.keys(referral).length > 0) {
    read.content.referral = {
      source: text(referral.source_type) ?? "ad",
      headline: text(referral.headline) ?? text(referral.body),
      link: text(referral.source_url),
    };
  }
  const replyTo = text(object(message.context).id);
  return {
    text: read.lines.join("\n"),
    files: read.files,
    ...(Object.keys(read.content).length > 0 ? { content: read.content } : {}),
    ...(replyTo ? { replyTo } : {}),
  };
}

/** Whether it was understood. */
function readType(type: string, message: Json, read: Reading): boolean {
  const part = object(message[type]);
  switch (type) {
    case "text":
      return add(read, text(part.body));
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return readMedia(type, part, read);
    case "location":
      return readLocation(part, read);
    case "contacts":
      read.content.contacts = list(message.contacts).slice(0, 100).map(readContact);
      return read.content.contacts.length > 0;
    case "button":
      return press(read, text(part.text), text(part.payload));
    case "interactive":
      return readInteractive(part, read);
    case "order":
      return readOrder(part, read);
    case "system":
      return readSystem(part, read);
    case "request_welcome":
      read.content.unsupported = "Opened the chat for the first time, without a message.";
      return true;
    default:
      return false;
  }
}

function add(read: Reading, line: string | null): boolean {
  if (line) read.lines.push(line);
  return line !== null;
}

function readMedia(type: string, media: Json, read: Reading): boolean {
  const id = text(media.id);
  add(read, text(media.caption));
  if (!id || !/^\d{1,64}$/.test(id)) return false;
  const name = text(media.filename)?.slice(0, 200) ?? (media.voice === true ? "Voice message" : fileNames[type]);
  read.files.push({ name: name ?? "File", mediaType: text(media.mime_type), reference: id });
  return true;
}

function readLocation(location: Json, read: Reading): boolean {
  const latitude = number(location.latitude);
  const longitude = number(location.longitude);
  if (latitude === null || longitude === null) return false;
  read.content.location = { latitude, longitude, name: text(location.name), address: text(location.address) };
  return true;
}

function readContact(contact: Json): { name: string; phones: string[]; emails: string[] } {
  const name = object(contact.name);
  const texts = (value: unknown, field: string) =>
    list(value)
      .slice(0, 20)
      .map((one) => text(one[field]))
      .filter((one) => one !== null);
  return {
    name: text(name.formatted_name) ?? text(name.first_name) ?? "Unnamed contact",
    phones: texts(contact.phones, "phone"),
    emails: texts(contact.emails, "email"),
  };
}

function press(read: Reading, words: string | null, payload: string | null): boolean {
  if (payload) read.content.button = { payload: payload.slice(0, 1000) };
  return add(read, words) || payload !== null;
}

function readInteractive(interactive: Json, read: Reading): boolean {
  const reply = object(interactive[text(interactive.type) ?? ""]);
  switch (interactive.type) {
    case "button_reply":
      return press(read, text(reply.title), text(reply.id));
    case "list_reply": {
      const words = [text(reply.title), text(reply.description)].filter((one) => one !== null).join("\n");
      return press(read, words || null, text(reply.id));
    }
    case "call_permission_reply": {
      const allows = reply.response === "accept";
      read.content.unsupported = allows
        ? "Allowed you to call them on WhatsApp."
        : "Does not want to be called on WhatsApp.";
      return true;
    }
    case "nfm_reply":
      return readForm(reply, read);
    default:
      return false;
  }
}

/** A form of WhatsApp's that they filled in: its fields as they are named there. */
function readForm(reply: Json, read: Reading): boolean {
  let answers: Json = {};
  try {
    answers = object(JSON.parse(text(reply.response_json) ?? ""));
  } catch {
    // Nothing of it can be shown then.
  }
  for (const [name, value] of Object.entries(answers).slice(0, 50)) {
    const shown = typeof value === "boolean" ? (value ? "yes" : "no") : text(value);
    if (shown && name !== "flow_token") add(read, text(`${name.replaceAll("_", " ")}: ${shown}`));
  }
  return read.lines.length > 0 || add(read, text(reply.body));
}

function readOrder(order: Json, read: Reading): boolean {
  add(read, text(order.text));
  const items = list(order.product_items).slice(0, 100);
  for (const item of items) {
    const price = [text(item.item_price), text(item.currency)].filter((one) => one !== null).join(" ");
    add(
      read,
      `${text(item.quantity) ?? "1"} × ${text(item.product_retailer_id) ?? "product"}${price ? ` at ${price}` : ""}`,
    );
  }
  return items.length > 0;
}

/** Of a change of number the new one is what matters; the chat goes on there. */
function readSystem(system: Json, read: Reading): boolean {
  const to = text(system.wa_id) ?? text(system.new_wa_id);
  if (/^user_changed_number|^customer_changed_number/.test(text(system.type) ?? "") && to) {
    read.content.unsupported = `Changed their WhatsApp number to +${to.replace(/^\+/, "")}. Write to them there from now on.`;
    return true;
  }
  if (system.type === "customer_identity_changed") {
    read.content.unsupported = "Uses WhatsApp on another device now, or set it up anew.";
    return true;
  }
  const body = text(system.body);
  if (body) read.content.unsupported = body.slice(0, 500);
  return body !== null;
}

function strange(type: string, message: Json, errors: Json[]): string {
  const all = [...list(message.errors), ...errors];
  const details = all.map((one) => text(object(one.error_data).details) ?? text(one.title)).find((one) => one !== null);
  const named = text(object(message.unsupported).type) ?? (type === "unsupported" ? null : type);
  const what = named ? ` (${named.slice(0, 40)})` : "";
  const why = details ? ` WhatsApp says: “${details.slice(0, 200)}”` : "";
  return `Sent something that WhatsApp does not pass on${what}. Ask them to send it in another way.${why}`;
}
