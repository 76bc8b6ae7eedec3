import {
  type Account,
  type InboundFile,
  type InboundMessage,
  type Outbound,
  type Part,
  Rejected,
  type Sent,
} from "../channel";
import { askTwilio, askTwilioAt, type TwilioAnswer } from "../vendors/twilio/client";
import { problemOf } from "../vendors/twilio/problems";
import { doorOf } from "./identify";
import { senderOf } from "./read";
import { segmentsOf } from "./segments";
import { isOfSender, senderKind, settingsOf, twilioAccount } from "./settings";

/** Characters of one message: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
export const longestSms = 1_600;
/** Files of one message, and their bytes together. */
const mostFiles = 10;
const mostBytes = 5 * 1024 * 1024;

/** A text and its files go in one message. Throws Rejected for what Twilio would not take. */
export function parts(outbound: Outbound): Part[] {
  const { text, files, key } = outbound;
  const refuse = (code: string, words: string) => new Rejected({ code, words });
  if (text.length > longestSms) throw refuse("21617", problemOf(21617).words);
  if (files.length > mostFiles) throw refuse("21623", problemOf(21623).words);
  if (text === "" && files.length === 0) throw refuse("21602", problemOf(21602).words);
  if (files.reduce((sum, file) => sum + file.size, 0) > mostBytes) {
    throw refuse("too-large", "The files are larger than 5 MB together. Send smaller ones, or a link.");
  }
  return [{ outbound, index: 0, key: `${key}:0`, text, file: files[0] ?? null }];
}

/** Hands a message to Twilio; what becomes of it comes as a webhook. */
export async function send({ outbound, text }: Part, account: Account): Promise<Sent> {
  const settings = settingsOf(account);
  const { files, address } = outbound;
  if (files.length > 0 && settings.mms === false) {
    const words = `${settings.sender} cannot send pictures and files. Send a link, or use another channel.`;
    throw new Rejected({ code: "no-mms", words });
  }
  const form = new URLSearchParams({ To: address, StatusCallback: doorOf(account, "status") });
  form.set(senderKind(settings.sender) === "service" ? "MessagingServiceSid" : "From", settings.sender);
  if (text !== "") form.set("Body", text);
  for (const { link } of files) form.append("MediaUrl", link);
  const message = await askTwilio(twilioAccount(account), "/Messages.json", { form });
  return sentAs(message, text, files.length, senderKind(settings.sender) === "alphanumeric");
}

function sentAs(message: TwilioAnswer, text: string, files: number, isOneWay: boolean): Sent {
  const externalId = String(message["sid"] ?? "");
  const code = Number(message["error_code"] ?? 0);
  if (["failed", "undelivered"].includes(String(message["status"])) && code > 0) {
    const { words, closes } = problemOf(code);
    throw new Rejected({ code: String(code), words }, closes);
  }
  // A messaging service has not chosen a sender yet and says 0.
  const segments = Number(message["num_segments"] ?? 0) || segmentsOf(text).segments;
  const size = files > 0 ? "MMS" : `${segments} ${segments === 1 ? "segment" : "segments"}`;
  const note = isOneWay ? `${size}, sent from a name: they cannot answer it` : size;
  return { externalId, state: message["status"] === "delivered" ? "delivered" : "sent", note };
}

/** Twilio's list may be behind by so many milliseconds. */
const lag = 60_000;

/**
 * Whether a message that was begun at `since` is at Twilio: one of those to this number with the same words, made after
 * that. Twilio takes no key of ours.
 */
export async function find(
  { outbound, text }: Part,
  account: Account,
  since: Date,
): Promise<Sent | "not-sent" | "unknown"> {
  const settings = settingsOf(account);
  const { said, at } = await askTwilioAt(
    twilioAccount(account),
    `/Messages.json?${listOf({ To: outbound.address }, since)}`,
  );
  const begun = Math.floor(since.getTime() / 1_000) * 1_000;
  const [first] = messagesIn(said)
    .filter((one) => one.direction !== "inbound" && one.body === text && one.numMedia === outbound.files.length)
    .filter((one) => isOfSender(settings, one.from, one.serviceSid) && one.made.getTime() >= begun)
    .sort((one, other) => one.made.getTime() - other.made.getTime());
  if (first) return sentAs(first.answer, text, outbound.files.length, senderKind(settings.sender) === "alphanumeric");
  return at.getTime() - since.getTime() < lag ? "unknown" : "not-sent";
}

/** What was written to this sender since then, as Twilio has it. */
export async function* missed(account: Account, since: Date): AsyncIterable<InboundMessage> {
  const settings = settingsOf(account);
  const kind = senderKind(settings.sender);
  if (kind === "alphanumeric") return;
  const of: Record<string, string> = kind === "service" ? {} : { To: settings.sender };
  let next: string | null = `/Messages.json?${listOf(of, since)}`;
  for (let page = 0; next && page < 50; page += 1) {
    const said: TwilioAnswer = await askTwilio(twilioAccount(account), next);
    for (const one of messagesIn(said)) {
      if (one.direction !== "inbound" || one.made < since) continue;
      if (!isOfSender(settings, one.to, one.serviceSid)) continue;
      yield {
        type: "message",
        externalId: one.sid,
        at: one.made,
        from: senderOf(one.from),
        text: one.body,
        files: one.numMedia > 0 ? await mediaOf(account, one.sid) : [],
      };
    }
    const uri: unknown = said["next_page_uri"];
    next = typeof uri === "string" && uri.startsWith("/") ? `https://api.twilio.com${uri}` : null;
  }
}

async function mediaOf(account: Account, sid: string): Promise<InboundFile[]> {
  const { media_list: list } = await askTwilio(twilioAccount(account), `/Messages/${sid}/Media.json`);
  return (Array.isArray(list) ? (list as TwilioAnswer[]) : []).map((one, at) => ({
    name: `attachment-${at + 1}`,
    mediaType: String(one["content_type"] ?? "") || null,
    reference: `https://api.twilio.com${String(one["uri"] ?? "").replace(/\.json$/, "")}`,
  }));
}

/** DateSent takes days in GMT. */
function listOf(of: Record<string, string>, since: Date): string {
  const day = new Date(since.getTime() - 60_000).toISOString().slice(0, 10);
  return new URLSearchParams({ ...of, "DateSent>": day, PageSize: "100" }).toString();
}

interface Listed {
  answer: TwilioAnswer;
  sid: string;
  from: string;
  to: string;
  body: string;
  direction: string;
  numMedia: number;
  serviceSid: string | null;
  made: Date;
}

function messagesIn(said: TwilioAnswer): Listed[] {
  const rows = Array.isArray(said["messages"]) ? (said["messages"] as TwilioAnswer[]) : [];
  return rows.map((answer) => ({
    answer,
    sid: String(answer["sid"] ?? ""),
    from: String(answer["from"] ?? ""),
    to: String(answer["to"] ?? ""),
    body: String(answer["body"] ?? ""),
    direction: String(answer["direction"] ?? ""),
    numMedia: Number(answer["num_media"] ?? 0),
    serviceSid: typeof answer["messaging_service_sid"] === "string" ? answer["messaging_service_sid"] : null,
    made: new Date(String(answer["date_created"] ?? "")),
  }));
}
