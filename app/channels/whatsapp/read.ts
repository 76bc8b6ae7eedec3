import {
  type Account,
  type Failure,
  type Inbound,
  type InboundReceipt,
  type Raw,
  type Sender,
  Unreadable,
} from "../channel";
import { type Json, list, object, text, time } from "../vendors/meta/json";
import { failureOf } from "../vendors/meta/problems";
import { contentOf } from "./content";
import { isInPlan, phoneOf } from "./phone";

/**
 * What one kept fact of WhatsApp's means. Throws Unreadable.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference
 */
export function readWhatsApp(raw: Raw, _account: Account): Inbound[] {
  const { value } = parse(raw);
  const contacts = list(value.contacts);
  const read = [
    ...list(value.messages).flatMap((one) => readMessage(one, contacts, list(value.errors), raw)),
    ...list(value.message_echoes).flatMap((one) => readEcho(one, contacts, raw)),
    ...list(value.statuses).flatMap((one) => readStatus(one, raw)),
    ...list(value.user_preferences).flatMap((one) => readPreference(one, contacts, raw)),
    ...list(value.calls).flatMap((one) => readCall(one, contacts, raw)),
  ];
  if (read.length > 0 || list(value.calls).length > 0 || list(value.errors).length === 0) return read;
  const words = list(value.errors).map((error) => failureOf(error).words)[0] ?? "WhatsApp reports a problem.";
  return [{ type: "notice", externalId: raw.key, at: raw.receivedAt, words }];
}

function parse(raw: Raw): { value: Json } {
  try {
    return { value: object(object(JSON.parse(raw.body.toString("utf8"))).value) };
  } catch {
    throw new Unreadable("This is not in the form that WhatsApp sends.");
  }
}

/** Their number, or the id that WhatsApp gives businesses of people who show a name instead; empty for neither. */
function addressOf(number: unknown, userId: unknown, contacts: Json[]): string {
  const contact = contacts.length === 1 ? object(contacts[0]) : {};
  const written = text(number) ?? text(contact.wa_id);
  const phone = written ? phoneOf(written) : null;
  return phone ?? text(userId) ?? text(contact.user_id) ?? written ?? "";
}

function senderOf(address: string, contacts: Json[]): Sender {
  const contact = contacts.length === 1 ? object(contacts[0]) : {};
  const profile = object(contact.profile);
  const username = text(profile.username);
  const isPhone = /^\+\d+$/.test(address);
  return {
    address,
    name: text(profile.name)?.slice(0, 200) ?? (username ? `@${username.slice(0, 100)}` : null),
    // One that no plan has is known by its endpoint alone.
    identifier: isPhone && isInPlan(address) ? { kind: "phone", value: address } : null,
    grade: "provider-verified",
    proof: isPhone ? "wrote from this number on WhatsApp" : "wrote on WhatsApp",
  };
}

function readMessage(message: Json, contacts: Json[], errors: Json[], raw: Raw): Inbound[] {
  const address = addressOf(message.from, message.from_user_id, contacts);
  if (!address) throw new Unreadable("This does not say who it is from.");
  const externalId = text(message.id) ?? raw.key;
  const at = time(message.timestamp, raw.receivedAt);
  const changed = readChange(message, { externalId, at, address });
  if (changed) return changed;
  const automatic = ["system", "request_welcome"].includes(text(message.type) ?? "") ? { automatic: true } : {};
  return [
    { type: "message", externalId, at, from: senderOf(address, contacts), ...contentOf(message, errors), ...automatic },
  ];
}

/** Reactions, edits and deletions are messages of their own at WhatsApp, which name another. Null for what is none. */
function readChange(message: Json, told: { externalId: string; at: Date; address: string }): Inbound[] | null {
  switch (message.type) {
    case "reaction": {
      const reaction = object(message.reaction);
      const to = text(reaction.message_id);
      return to ? [{ type: "reaction", ...told, to, emoji: text(reaction.emoji) }] : [];
    }
    case "revoke": {
      const revoked = text(object(message.revoke).original_message_id);
      return revoked ? [{ type: "deletion", ...told, message: revoked }] : [];
    }
    case "edit": {
      const edit = object(message.edit);
      const edited = text(edit.original_message_id);
      const now = contentOf(object(edit.message));
      return edited ? [{ type: "edit", ...told, message: edited, text: now.text }] : [];
    }
    default:
      return null;
  }
}

/** Written by the store in the WhatsApp Business app, on a number that is used in both. */
function readEcho(echo: Json, contacts: Json[], raw: Raw): Inbound[] {
  if (["revoke", "edit", "reaction"].includes(text(echo.type) ?? "")) return [];
  const address = addressOf(echo.to, echo.to_user_id, contacts);
  if (!address) throw new Unreadable("This does not say who it was sent to.");
  const from = senderOf(address, contacts);
  const externalId = text(echo.id) ?? raw.key;
  return [
    { type: "message", externalId, at: time(echo.timestamp, raw.receivedAt), from, ...contentOf(echo), echo: true },
  ];
}

const states: Readonly<Record<string, InboundReceipt["state"]>> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  // A voice message that was listened to.
  played: "read",
  failed: "failed",
};

function readStatus(status: Json, raw: Raw): Inbound[] {
  const at = time(status.timestamp, raw.receivedAt);
  const id = text(status.id);
  const state = states[text(status.status) ?? ""];
  // Of calls there is a status too, with states of their own.
  if (!id || !state || status.type === "call") return [];
  const [error] = list(status.errors);
  const { code, words, isOf }: Failure = error
    ? failureOf(error)
    : {
        code: "unknown",
        words: "WhatsApp could not deliver this and does not say why. Try again, or use another channel.",
      };
  return [
    {
      type: "receipt",
      externalId: id,
      at,
      state,
      deliveryKey: text(status.biz_opaque_callback_data),
      ...(state === "failed" ? { failure: { code, words, isOf } } : {}),
    },
  ];
}

/** WhatsApp keeps to it by itself for templates of marketing; staff should know. Answers stay allowed. */
function readPreference(preference: Json, contacts: Json[], raw: Raw): Inbound[] {
  const address = addressOf(preference.wa_id, preference.user_id, contacts);
  if (!address) throw new Unreadable("This does not say whom it is about.");
  const words: Readonly<Record<string, string>> = {
    stop: "Asked WhatsApp for no more marketing messages from you. Answers are still allowed.",
    resume: "Asked WhatsApp to allow your marketing messages again.",
    signup: "Signed up at WhatsApp for your marketing messages.",
  };
  const unsupported = words[text(preference.value) ?? ""] ?? "Changed at WhatsApp what you may send to them.";
  return [
    {
      type: "message",
      externalId: raw.key,
      at: time(preference.timestamp, raw.receivedAt),
      from: senderOf(address, contacts),
      text: "",
      content: { unsupported },
      files: [],
      automatic: true,
    },
  ];
}

/** Calls on WhatsApp are not taken here; that somebody called should be known all the same. */
function readCall(call: Json, contacts: Json[], raw: Raw): Inbound[] {
  const address = addressOf(call.from, call.from_user_id, contacts);
  const theirs = text(call.direction) !== "BUSINESS_INITIATED" && text(call.event) === "connect";
  if (!theirs || !address) return [];
  return [
    {
      type: "message",
      externalId: text(call.id) ?? raw.key,
      at: time(call.timestamp, raw.receivedAt),
      from: senderOf(address, contacts),
      text: "",
      content: {
        unsupported: "Called you on WhatsApp. Calls there do not ring here: write to them, or call them back.",
      },
      files: [],
    },
  ];
}
