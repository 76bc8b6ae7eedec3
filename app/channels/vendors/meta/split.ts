import { createHash } from "node:crypto";
import type { Arrived } from "../../keep";
import { type Json, list, object, text } from "./json";

/** One event of Instagram or Messenger, as it is kept. */
export interface MessagingPiece {
  event: Json;
}

/** One message, status or other fact of WhatsApp with what stood around it, as it is kept. */
export interface WhatsAppPiece {
  field: string;
  value: Json;
}

/** What one delivery of webhooks holds, each for its account, and how much of it is of no account. */
export interface Split {
  pieces: Arrived[];
  /** Facts that are of no page, profile or number, such as those of a whole business. */
  others: number;
}

/**
 * Takes a delivery of Meta's apart. Meta puts up to a thousand facts of any number of accounts into one, in another
 * grouping when it tries again, so that each is kept by itself under a key of its own.
 * https://developers.facebook.com/docs/messenger-platform/webhooks
 */
export function split(body: Uint8Array): Split {
  const read = parse(body);
  const entries = list(read.entry);
  const found: Split = { pieces: [], others: 0 };
  if (entries.length === 0) found.others += 1;
  for (const entry of entries) {
    const before = found.pieces.length + found.others;
    if (read.object === "whatsapp_business_account") splitWhatsApp(entry, found);
    else if (read.object === "instagram") splitMessaging("instagram", entry, found);
    else if (read.object === "page") splitMessaging("messenger", entry, found);
    // What nobody knows is counted all the same.
    if (found.pieces.length + found.others === before) found.others += 1;
  }
  return found;
}

function parse(body: Uint8Array): Json {
  try {
    return object(JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8")));
  } catch {
    return {};
  }
}

function splitMessaging(kind: "instagram" | "messenger", entry: Json, found: Split): void {
  const externalId = text(entry.id);
  // The console's test button sends an event as a change; standby is what goes to another app that has the thread.
  const tests = list(entry.changes).filter((change) => change.field === "messages");
  const events = [...list(entry.messaging), ...list(entry.standby), ...tests.map((change) => object(change.value))];
  found.others += list(entry.changes).length - tests.length;
  for (const event of events) {
    const bytes = written({ event } satisfies MessagingPiece);
    if (!externalId || !bytes) found.others += 1;
    else found.pieces.push({ account: { kind, externalId }, key: keyOfEvent(event), body: bytes });
  }
}

/** A message's key is its id, so that the search for missed ones knows it. */
function keyOfEvent(event: Json): string {
  const message = object(event.message);
  const mid = text(message.mid);
  if (mid && message.is_deleted === true) return short(`deleted:${mid}`);
  return mid ? short(mid) : hashed(event);
}

/** Where the facts of a change stand, each list with what tells one of its facts from another. */
const facts: Readonly<Record<string, (fact: Json) => string | null>> = {
  messages: (fact) => text(fact.id),
  message_echoes: (fact) => text(fact.id),
  statuses: (fact) => {
    const id = text(fact.id);
    return id && text(fact.status) ? `${id}:${text(fact.status)}` : null;
  },
  user_preferences: () => null,
  calls: (fact) => (text(fact.id) ? `${text(fact.id)}:${text(fact.event) ?? "call"}` : null),
};

function splitWhatsApp(entry: Json, found: Split): void {
  for (const change of list(entry.changes)) {
    const value = object(change.value);
    const externalId = text(object(value.metadata).phone_number_id);
    const field = text(change.field) ?? "";
    if (!externalId) {
      found.others += 1;
      continue;
    }
    const { metadata, contacts, errors } = value;
    const add = (key: string, part: Json) => {
      const bytes = written({ field, value: { metadata, ...part } } satisfies WhatsAppPiece);
      if (bytes) found.pieces.push({ account: { kind: "whatsapp", externalId }, key: short(key), body: bytes });
      else found.others += 1;
    };
    let count = 0;
    for (const [name, keyOf] of Object.entries(facts)) {
      for (const fact of list(value[name])) {
        count += 1;
        const beside = name === "messages" && errors ? { errors } : {};
        add(keyOf(fact) ?? hashed({ field, fact }), { contacts: theirs(contacts, fact), ...beside, [name]: [fact] });
      }
    }
    if (count === 0) add(hashed(change), value);
  }
}

/** The contact that a fact is of, where one is named: a delivery may hold those of others too. */
function theirs(contacts: unknown, fact: Json): Json[] {
  const all = list(contacts);
  const ids = [fact.from, fact.from_user_id, fact.to, fact.to_user_id, fact.recipient_id, fact.recipient_user_id];
  const of = all.filter((one) => ids.some((id) => id !== undefined && (id === one.wa_id || id === one.user_id)));
  return of.length > 0 ? of : all.length === 1 ? all : [];
}

/** Null for what cannot be written again, such as a nesting that no real message has. */
function written(piece: object): Buffer | null {
  try {
    return Buffer.from(JSON.stringify(piece));
  } catch {
    return null;
  }
}

function hashed(value: object): string {
  const bytes = written(value) ?? Buffer.from("unwritable");
  return `hash:${createHash("sha256").update(bytes).digest("hex").slice(0, 40)}`;
}

/** An index of PostgreSQL takes some 2,700 bytes; Meta's ids have some 200. */
function short(key: string): string {
  return key.length <= 512 ? key : `hash:${createHash("sha256").update(key).digest("hex").slice(0, 40)}`;
}
