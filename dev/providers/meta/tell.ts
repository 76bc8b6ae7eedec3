import { createHmac } from "node:crypto";
import type { Surroundings } from "../provider";
import { type Attachment, type Kind, type Message, mediaUrl, type PhoneNumber, type State, type Thread } from "./state";

/** Brings facts to the app's door, signed. */
export class Teller {
  constructor(
    private readonly state: State,
    private readonly around: Surroundings,
  ) {}

  /** One event of Instagram's or Messenger's. */
  messaging(
    thread: Pick<Thread, "kind" | "account" | "person">,
    event: object,
    from: "person" | "business" = "person",
  ): Promise<Response | null> {
    const [person, account] = [{ id: thread.person }, { id: thread.account }];
    const sides = from === "person" ? { sender: person, recipient: account } : { sender: account, recipient: person };
    const time = this.around.clock().getTime();
    const entry = [{ id: thread.account, time, messaging: [{ ...sides, timestamp: time, ...event }] }];
    return this.post(thread.kind === "instagram" ? "instagram" : "page", entry, this.isTold(thread));
  }

  /** What `value` of a change of WhatsApp's holds beside the number. */
  whatsApp(thread: Pick<Thread, "account" | "person">, value: object, field = "messages"): Promise<Response | null> {
    const number = this.state.numbers.find((one) => one.id === thread.account) as PhoneNumber;
    const person = this.state.people.find((one) => one.kind === "whatsapp" && one.id === thread.person);
    const isNumber = /^\d+$/.test(thread.person);
    const contact = {
      profile: { name: person?.name ?? "Somebody", ...(person?.username ? { username: person.username } : {}) },
      ...(isNumber ? { wa_id: thread.person } : {}),
      user_id: isNumber ? `DK.1${thread.person}` : thread.person,
    };
    const metadata = { display_phone_number: number.display.replace(/\D/g, ""), phone_number_id: number.id };
    const whole = { messaging_product: "whatsapp", metadata, contacts: [contact], ...value };
    const entry = [{ id: number.wabaId, changes: [{ value: whole, field }] }];
    return this.post("whatsapp_business_account", entry, this.state.subscribed.includes(number.wabaId));
  }

  private isTold({ kind, account }: Pick<Thread, "kind" | "account">): boolean {
    const page = this.state.pages.find((one) => one.id === account || one.instagram.id === account);
    return this.state.subscribed.some((one) => one === account || (kind === "instagram" && one === page?.id));
  }

  private async post(object: string, entry: object[], told: boolean): Promise<Response | null> {
    if (!told) return null;
    // Meta writes letters beyond ASCII as escapes in lower case and signs them so.
    const body = JSON.stringify({ object, entry }).replace(
      /[\u0080-\uffff]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    const secret = this.around.environment.META_APP_SECRET ?? "";
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = { "Content-Type": "application/json", "X-Hub-Signature-256": `sha256=${signature}` };
    return this.around.webhooks.send(
      () => new Request(`${this.around.appOrigin}/channels/meta`, { method: "POST", headers, body }),
    );
  }
}

/** `message` of an event of Instagram's or Messenger's. */
export function inEvent(kind: Kind, message: Message): object {
  return {
    mid: message.id,
    ...(message.text ? { text: message.text } : {}),
    ...(message.attachments.length > 0
      ? { attachments: message.attachments.map((one) => attachmentOf(kind, one)) }
      : {}),
    ...message.extra,
  };
}

function attachmentOf(kind: Kind, { type, mediaId, payload }: Attachment): object {
  return { type, payload: { ...(mediaId ? { url: mediaUrl(kind, mediaId) } : {}), ...payload } };
}

/** One of `messages` of WhatsApp's. */
export function inChange(message: Message, person: string, state: State): object {
  const [attachment] = message.attachments;
  const isNumber = /^\d+$/.test(person);
  const base = {
    ...(isNumber ? { from: person } : {}),
    from_user_id: isNumber ? `DK.1${person}` : person,
    id: message.id,
    timestamp: String(Math.floor(Date.parse(message.at) / 1000)),
  };
  if (!attachment) return { ...base, type: "text", text: { body: message.text }, ...message.extra };
  const media = attachment.mediaId ? state.media[attachment.mediaId] : undefined;
  const about = media ? { id: attachment.mediaId, mime_type: media.mediaType } : {};
  const caption = message.text && attachment.type !== "audio" ? { caption: message.text } : {};
  const filename = attachment.type === "document" && media ? { filename: media.name } : {};
  const part = Array.isArray(attachment.payload.list)
    ? attachment.payload.list
    : { ...about, ...caption, ...filename, ...attachment.payload };
  return { ...base, type: attachment.type, [attachment.type]: part, ...message.extra };
}
