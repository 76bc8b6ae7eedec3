import { type Account, type Part, Rejected, type Sent, Unclear } from "../channel";
import { graph } from "../vendors/meta/graph";
import { list, object, text } from "../vendors/meta/json";
import { componentsOf, readTemplates, type WhatsAppTemplate } from "./templates";

const tokenOf = (account: Account): string => account.credentials.token ?? "";

/**
 * Sends one part. Its key comes back with every status, so that one whose outcome is unclear is known by them. Throws
 * Retryable, Rejected or Unclear. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export async function sendWhatsApp(part: Part, account: Account): Promise<Sent> {
  const { outbound } = part;
  const body = await bodyOf(part, account);
  const answer = await graph({
    token: tokenOf(account),
    path: `${account.externalId}/messages`,
    sends: true,
    json: {
      messaging_product: "whatsapp",
      recipient_type: "individual",
      // A number is written without its plus; an id of WhatsApp's has a field of its own.
      ...(outbound.address.startsWith("+") ? { to: outbound.address.slice(1) } : { recipient: outbound.address }),
      ...(outbound.replyTo && part.index === 0 ? { context: { message_id: outbound.replyTo } } : {}),
      ...body,
      biz_opaque_callback_data: part.key,
    },
  });
  const externalId = text(list(answer.messages)[0]?.id);
  if (!externalId) throw new Unclear({ code: "no-id", words: "WhatsApp took this without saying what became of it." });
  return { externalId, state: "sent" };
}

async function bodyOf(part: Part, account: Account): Promise<object> {
  const { outbound, file } = part;
  if (outbound.template) return templateOf(outbound.template, account);
  if (!file) return { type: "text", text: { body: part.text, preview_url: true } };
  const type = typeOf(file.mediaType);
  const id = await upload(part, account);
  return { type, [type]: { id, ...(type === "document" ? { filename: file.name } : {}) } };
}

const images = ["image/jpeg", "image/png"];

function typeOf(mediaType: string): "image" | "video" | "audio" | "document" {
  if (images.includes(mediaType)) return "image";
  const family = mediaType.split("/", 1)[0];
  return family === "video" || family === "audio" ? family : "document";
}

/** Hands the bytes over before the message: nobody gets anything by it, so it may be tried again at will. */
async function upload({ file }: Part, account: Account): Promise<string> {
  if (!file) throw new Error("a part without a file has nothing to upload");
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", file.mediaType);
  form.set("file", new Blob([Buffer.from(await file.read())], { type: file.mediaType }), file.name);
  const answer = await graph({ token: tokenOf(account), path: `${account.externalId}/media`, form, within: 60_000 });
  const id = text(answer.id);
  if (!id)
    throw new Rejected({
      code: "131053",
      words: "WhatsApp could not take over this file. Send it as another type of file.",
    });
  return id;
}

/** Templates as they were read a short while ago, by account: each message needs to know where its values go. */
const known = new Map<string, { at: number; templates: WhatsAppTemplate[] }>();
const keptFor = 300_000;
const mostAccounts = 500;

async function templateOf(
  wanted: { name: string; language: string; values: string[] },
  account: Account,
): Promise<object> {
  const find = (templates: WhatsAppTemplate[]) =>
    templates.find(({ name, language }) => name === wanted.name && language === wanted.language);
  const kept = known.get(account.id);
  const fresh = kept && Date.now() - kept.at < keptFor ? find(kept.templates) : undefined;
  const template = fresh ?? find(await readAgain(account));
  if (!template) {
    const words = "WhatsApp does not have this template in this language any more. Choose another one.";
    throw new Rejected({ code: "132001", words });
  }
  const components = componentsOf(template, wanted.values);
  const { name, language } = template;
  return { type: "template", template: { name, language: { policy: "deterministic", code: language }, components } };
}

async function readAgain(account: Account): Promise<WhatsAppTemplate[]> {
  const templates = await readTemplates(account);
  const oldest = known.keys().next().value;
  if (known.size >= mostAccounts && oldest !== undefined) known.delete(oldest);
  known.set(account.id, { at: Date.now(), templates });
  return templates;
}

/** Tells them that their message was seen, and with `types` also that somebody writes: at most 25 seconds, or until an answer. */
export async function markSeen(messageId: string, account: Account, types: boolean): Promise<void> {
  const json = {
    messaging_product: "whatsapp",
    status: "read",
    message_id: messageId,
    ...(types ? { typing_indicator: { type: "text" } } : {}),
  };
  await graph({ token: tokenOf(account), path: `${account.externalId}/messages`, json, within: 5_000 });
}

/** What WhatsApp says of a file of theirs: where it is for five minutes. */
export async function mediaOf(
  id: string,
  account: Account,
): Promise<{ url: string; size: number; name: string | null }> {
  const query = { phone_number_id: account.externalId };
  const media = object(await graph({ token: tokenOf(account), path: id, query }));
  const url = text(media.url);
  if (!url)
    throw new Rejected({ code: "131052", words: "WhatsApp no longer has this file. Ask them to send it again." });
  return { url, size: Number(media.file_size ?? 0), name: text(media.filename) };
}
