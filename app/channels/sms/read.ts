import { type Inbound, type InboundFile, type InboundReceipt, type Raw, type Sender, Unreadable } from "../channel";
import { problemOf } from "../vendors/twilio/problems";

/** https://help.twilio.com/articles/223134027: whole messages with which a person stops messages, or takes them again. */
const stops = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
/** Twilio also takes YES, which answers many questions; it counts only where Twilio itself says that it did. */
const starts = new Set(["START", "UNSTOP"]);

/** Files of one message: https://www.twilio.com/docs/messaging/guides/accepted-mime-types */
const mostFiles = 10;

/** What a webhook of Twilio's says: a message, with what it means for consent, or what became of one of ours. */
export function read(raw: Raw): Inbound[] {
  const fields = new URLSearchParams(raw.body.toString("utf8"));
  const text = (name: string): string => fields.get(name)?.trim() ?? "";
  const sid = text("MessageSid") || text("SmsSid") || text("SmsMessageSid");
  if (!sid) throw new Unreadable("Twilio sent something without the id of a message.");
  const status = (text("MessageStatus") || text("SmsStatus")).toLowerCase();
  if (status && status !== "received" && status !== "receiving") return receipt(raw, sid, status, text("ErrorCode"));
  const address = text("From");
  if (!address) throw new Unreadable("Twilio sent a message without the number that it is from.");
  const body = fields.get("Body") ?? "";
  const files = filesOf(fields);
  const unsupported = files.length === 0 && body.trim() === "" ? "An empty text message." : null;
  const message: Inbound = {
    type: "message",
    externalId: sid,
    // Twilio does not say when the message was sent, and delivers within seconds.
    at: raw.receivedAt,
    from: senderOf(address),
    text: body,
    files,
    ...(unsupported ? { content: { unsupported } } : {}),
  };
  const gives = consentOf(body, text("OptOutType"));
  if (gives === null) return [message];
  const wording = body.trim().slice(0, 100) || text("OptOutType");
  return [message, { type: "consent", externalId: `${sid}:consent`, at: raw.receivedAt, address, gives, wording }];
}

/** Whom a number is. A short code or a name that writes to us is nobody's phone. */
export function senderOf(address: string): Sender {
  const isPhone = /^\+[1-9]\d{6,14}$/.test(address);
  return {
    address,
    name: null,
    identifier: isPhone ? { kind: "phone", value: address } : null,
    grade: isPhone ? "provider-verified" : "claimed",
    proof: "wrote from this number by SMS",
  };
}

/** true: they take messages again, false: they stop them, null: neither. */
function consentOf(body: string, optOutType: string): boolean | null {
  if (optOutType === "STOP") return false;
  if (optOutType === "START") return true;
  const word = body.trim().toUpperCase();
  if (stops.has(word)) return false;
  return starts.has(word) ? true : null;
}

function filesOf(fields: URLSearchParams): InboundFile[] {
  const count = Math.min(Number(fields.get("NumMedia") ?? 0) || 0, mostFiles);
  return Array.from({ length: count }, (_, at) => at).flatMap((at): InboundFile[] => {
    const reference = fields.get(`MediaUrl${at}`);
    const mediaType = fields.get(`MediaContentType${at}`);
    return reference ? [{ name: `attachment-${at + 1}`, mediaType, reference }] : [];
  });
}

const states: Readonly<Record<string, InboundReceipt["state"]>> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  undelivered: "failed",
  failed: "failed",
  canceled: "failed",
};

/** https://www.twilio.com/docs/messaging/api/message-resource#message-status-values */
function receipt(raw: Raw, sid: string, status: string, errorCode: string): Inbound[] {
  const state = states[status];
  // queued, accepted, scheduled, sending: nothing that is not known already.
  if (!state) return [];
  const code = /^\d+$/.test(errorCode) && errorCode !== "0" ? errorCode : status;
  const words = /^\d+$/.test(code)
    ? problemOf(Number(code)).words
    : "It was not delivered, and Twilio does not say why. Try again, or use another channel.";
  const failure = state === "failed" ? { failure: { code, words } } : {};
  return [{ type: "receipt", externalId: sid, at: raw.receivedAt, state, ...failure }];
}
