import { GraphError } from "./errors";
import { type Attachment, add, newIdOf, type State, type Thread, threadOf } from "./state";
import { inEvent, type Teller } from "./tell";

interface Asked {
  recipient?: { id?: string };
  message?: { text?: string; attachment?: { type?: string; payload?: { url?: string } }; metadata?: string };
  messaging_type?: string;
  tag?: string;
  sender_action?: string;
  reply_to?: { mid?: string };
}

/** How Meta takes a file from an address; null when nobody is there. */
export type Take = (url: string) => Promise<Response | null>;

const day = 86_400_000;

/** POST /me/messages of Messenger and Instagram. https://developers.facebook.com/docs/messenger-platform/reference/send-api */
export async function sendApi(
  state: State,
  teller: Teller,
  sender: { kind: "instagram" | "messenger"; account: string; appId: string; take: Take },
  asked: Asked,
  now: Date,
): Promise<object> {
  const id = asked.recipient?.id ?? "";
  const person = state.people.find((one) => one.kind === sender.kind && one.id === id);
  if (!person) throw new GraphError(100, "No matching user found", { subcode: 2018001 });
  const thread = threadOf(state, sender.kind, sender.account, id);
  if (asked.sender_action) {
    thread.typing = asked.sender_action === "typing_on";
    return { recipient_id: id };
  }
  if (person.blocks) throw new GraphError(551, "This person isn't available right now.", { subcode: 1545041 });
  checkWindow(thread, asked, now);
  const text = asked.message?.text ?? "";
  const attachment = asked.message?.attachment;
  if (!text && !attachment) throw new GraphError(100, "Either text or attachment must be set", { subcode: 2018194 });
  const length = sender.kind === "instagram" ? Buffer.byteLength(text) : text.length;
  if (length > (sender.kind === "instagram" ? 1000 : 2000)) {
    throw new GraphError(100, "Length of param message[text] must be less than or equal to the limit", {
      subcode: 2018109,
    });
  }
  const attachments = attachment ? [await fetched(state, attachment, sender.take)] : [];
  const message = add(state, thread, now, {
    by: "business",
    ...{ text, attachments, key: asked.message?.metadata ?? null },
    extra: asked.reply_to?.mid ? { reply_to: { mid: asked.reply_to.mid } } : {},
  });
  thread.typing = false;
  const known = sender.kind === "messenger" ? { app_id: Number(sender.appId) } : {};
  const metadata = message.key ? { metadata: message.key } : {};
  const echo = { ...inEvent(sender.kind, message), is_echo: true, ...known, ...metadata };
  void teller.messaging(thread, { message: echo }, "business");
  if (sender.kind === "messenger") {
    message.state = "delivered";
    void teller.messaging(thread, { delivery: { mids: [message.id], watermark: now.getTime() } });
  }
  return { recipient_id: id, message_id: message.id };
}

function checkWindow(thread: Thread, asked: Asked, now: Date): void {
  const outside = (subcode: number) =>
    new GraphError(10, "This message is sent outside of allowed window.", { subcode });
  const since = thread.lastInAt ? now.getTime() - Date.parse(thread.lastInAt) : Number.POSITIVE_INFINITY;
  const subcode = thread.kind === "instagram" ? 2534022 : 2018278;
  if (asked.messaging_type === "MESSAGE_TAG") {
    if (asked.tag !== "HUMAN_AGENT") throw new GraphError(100, "Invalid tag", { subcode: 2018199 });
    if (since > 7 * day) throw outside(subcode);
  } else if (since > day) throw outside(subcode);
}

/** Meta takes the file from the address that it is given. */
async function fetched(
  state: State,
  attachment: { type?: string; payload?: { url?: string } },
  take: Take,
): Promise<Attachment> {
  const unfetched = () => new GraphError(100, "Upload attachment failure.", { subcode: 2018008 });
  const answer = await take(attachment.payload?.url ?? "").catch(() => null);
  if (!answer?.ok) throw unfetched();
  const mediaId = newIdOf(state, "media");
  const base64 = Buffer.from(await answer.arrayBuffer()).toString("base64");
  state.media[mediaId] = {
    mediaType: answer.headers.get("content-type") ?? "",
    name: `${attachment.type ?? "file"}`,
    base64,
  };
  return { type: attachment.type ?? "file", mediaId, payload: {} };
}
