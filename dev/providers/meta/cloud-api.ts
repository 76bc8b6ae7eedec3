import { GraphError, notFound } from "./errors";
import { type Attachment, add, newIdOf, type PhoneNumber, type State, threadOf } from "./state";
import type { Teller } from "./tell";

type Asked = Record<string, unknown> & { type?: string; to?: string; recipient?: string };

const day = 86_400_000;
const invalid = (details: string): GraphError => new GraphError(100, "Invalid parameter", { details });

/** POST /{number}/messages of WhatsApp's cloud. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
export function cloudApi(state: State, teller: Teller, number: PhoneNumber, asked: Asked, now: Date): object {
  if (asked.messaging_product !== "whatsapp") throw invalid("The parameter messaging_product is required.");
  if (asked.status === "read") {
    const thread = state.threads.find((one) => one.messages.some(({ id }) => id === asked.message_id));
    if (!thread) throw invalid("Message id is not known.");
    thread.typing = "typing_indicator" in asked;
    return { success: true };
  }
  const input = asked.to ?? asked.recipient ?? "";
  const person = state.people.find((one) => one.kind === "whatsapp" && sameNumber(one.id, input));
  const id = person?.id ?? input.replace(/\D/g, "");
  if (!id) throw invalid("The parameter to is required.");
  const thread = threadOf(state, "whatsapp", number.id, id);
  const content = contentOf(state, number, asked);
  const message = add(state, thread, now, {
    by: "business",
    ...content,
    key: typeof asked.biz_opaque_callback_data === "string" ? asked.biz_opaque_callback_data : null,
    extra: asked.context ? { context: asked.context } : {},
  });
  thread.typing = false;
  const since = thread.lastInAt ? now.getTime() - Date.parse(thread.lastInAt) : Number.POSITIVE_INFINITY;
  const tell = (status: string, more: object = {}) =>
    teller.whatsApp(thread, { statuses: [statusOf(message.id, status, id, message.key, now, more)] });
  // WhatsApp says yes first and tells afterwards that it could not deliver.
  const fail = (code: number, title: string) => {
    message.state = "failed";
    void tell("failed", failed(code, title));
  };
  if (!person || person.blocks) fail(131026, "Message undeliverable");
  else if (asked.type !== "template" && since > day) fail(131047, "Re-engagement message");
  else {
    message.state = "delivered";
    void tell("sent");
    void tell("delivered");
  }
  return {
    messaging_product: "whatsapp",
    contacts: [{ input, ...(/^\d+$/.test(id) ? { wa_id: id } : { user_id: id }) }],
    messages: [{ id: message.id }],
  };
}

/** WhatsApp finds people also by the number as it is written today: with Brazil's ninth digit, without Mexico's 1. */
function sameNumber(waId: string, input: string): boolean {
  const plain = (id: string) =>
    id
      .replace(/^\+/, "")
      .replace(/^(55\d\d)9(\d{8})$/, "$1$2")
      .replace(/^521(\d{10})$/, "52$1");
  return plain(waId) === plain(input);
}

/** A status as the webhook has it. */
export function statusOf(
  id: string,
  status: string,
  recipient: string,
  key: string | null,
  now: Date,
  more: object = {},
): object {
  return {
    ...{ id, status, timestamp: String(Math.floor(now.getTime() / 1000)), recipient_id: recipient },
    ...(key ? { biz_opaque_callback_data: key } : {}),
    ...more,
  };
}

function failed(code: number, title: string): object {
  return { errors: [{ code, title, message: title, error_data: { details: `${title}.` } }] };
}

function contentOf(state: State, number: PhoneNumber, asked: Asked): { text: string; attachments: Attachment[] } {
  const type = asked.type ?? "text";
  const part = (asked[type] ?? {}) as Record<string, unknown>;
  if (type === "text") {
    const body = typeof part.body === "string" ? part.body : "";
    if (!body) throw invalid("The parameter text['body'] is required.");
    if (body.length > 4096) throw invalid("Param text['body'] must be at most 4096 characters long.");
    return { text: body, attachments: [] };
  }
  if (["image", "video", "audio", "document", "sticker"].includes(type)) {
    const id = String(part.id ?? "");
    if (!state.media[id]) throw new GraphError(131053, "Media upload error", { details: "Media ID is not known." });
    return { text: String(part.caption ?? ""), attachments: [{ type, mediaId: id, payload: {} }] };
  }
  if (type === "template") return { text: templateText(state, number, part), attachments: [] };
  throw new GraphError(131051, "Unsupported message type", { details: `${type} is not supported.` });
}

interface Component {
  type: string;
  sub_type?: string;
  index?: string;
  parameters?: { type: string; text?: string; parameter_name?: string; coupon_code?: string }[];
}

/** Fills in a template, refusing what WhatsApp refuses. */
function templateText(state: State, _number: PhoneNumber, asked: Record<string, unknown>): string {
  const language = (asked.language as { code?: string } | undefined)?.code;
  const template = state.templates.find((one) => one.name === asked.name && one.language === language);
  if (!template) {
    const details = `template name (${String(asked.name)}) does not exist in ${language}`;
    throw new GraphError(132001, "Template name does not exist in the translation", { status: 404, details });
  }
  if (template.status === "PAUSED") throw new GraphError(132015, "Template is Paused");
  const given = (asked.components ?? []) as Component[];
  const lines = (
    template.components as { type: string; text?: string; format?: string; buttons?: { url?: string }[] }[]
  ).map((one) => {
    const parameters = given.find((each) => each.type === one.type.toLowerCase())?.parameters ?? [];
    if (one.type === "HEADER" && one.format !== "TEXT") {
      if (parameters.length !== 1) throw mismatch(1, parameters.length);
      return "";
    }
    if (one.type === "BUTTONS") {
      for (const [index, button] of (one.buttons ?? []).entries()) {
        const values = given.find((each) => each.type === "button" && Number(each.index) === index)?.parameters ?? [];
        if (button.url?.includes("{{") && values.length !== 1) throw mismatch(1, values.length);
      }
      return "";
    }
    const places = [...new Set([...(one.text ?? "").matchAll(/\{\{(\w+)\}\}/g)].map((each) => each[1] as string))];
    if (places.length !== parameters.length) throw mismatch(places.length, parameters.length);
    return places.reduce((text, place, at) => {
      const isName = !/^\d+$/.test(place);
      const value = isName ? parameters.find((each) => each.parameter_name === place) : parameters[at];
      if (!value) throw new GraphError(132012, "Parameter format does not match format in the created template");
      return text.replaceAll(`{{${place}}}`, value.text ?? "");
    }, one.text ?? "");
  });
  return lines.filter((line) => line !== "").join("\n");
}

function mismatch(expected: number, given: number): GraphError {
  const details = `number of parameters (${given}) does not match the expected number of params (${expected})`;
  return new GraphError(132000, "Number of parameters does not match the expected number of params", { details });
}

/** POST /{number}/media */
export async function uploadMedia(state: State, form: FormData): Promise<object> {
  const file = form.get("file");
  if (form.get("messaging_product") !== "whatsapp" || !(file instanceof Blob)) throw invalid("file is required.");
  const id = newIdOf(state, "media");
  const base64 = Buffer.from(await file.arrayBuffer()).toString("base64");
  state.media[id] = {
    mediaType: file.type || String(form.get("type") ?? ""),
    name: (file as File).name ?? "file",
    base64,
  };
  return { id };
}

/** GET /{media} */
export function mediaAbout(state: State, id: string): object {
  const media = state.media[id];
  if (!media) throw notFound(id);
  return {
    messaging_product: "whatsapp",
    url: `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${id}`,
    mime_type: media.mediaType,
    file_size: Buffer.byteLength(media.base64, "base64"),
    id,
  };
}
