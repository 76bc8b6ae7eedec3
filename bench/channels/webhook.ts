import { createHmac } from "node:crypto";
import { signApi } from "~/channels/api/signature";
import { signTwilio } from "~/channels/vendors/twilio/signature";
import { signX } from "~/channels/vendors/x/signature";

/** Channels whose messages come over HTTP. */
export const kinds = ["messenger", "instagram", "whatsapp", "sms", "x", "api"] as const;

export type BenchKind = (typeof kinds)[number];

/** An account as its provider knows it. */
export interface Far {
  kind: BenchKind;
  id: string;
  externalId: string;
  /** What its webhooks are signed with. */
  secret: string;
}

export interface Webhook {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** The origin that is signed where a provider signs the address as well. */
export const origin = "http://127.0.0.1:3000";

const json = { "Content-Type": "application/json" };

/** A message of a person's as the provider sends and signs it at this moment. */
export function webhook(far: Far, message: { id: string; person: number; text: string }): Webhook {
  const now = Date.now();
  const seconds = String(Math.floor(now / 1_000));
  const person = String(551_000_000_000 + message.person);
  switch (far.kind) {
    case "messenger":
    case "instagram": {
      const event = { sender: { id: person }, recipient: { id: far.externalId }, timestamp: now };
      const messaging = [{ ...event, message: { mid: message.id, text: message.text } }];
      const object = far.kind === "messenger" ? "page" : "instagram";
      return ofMeta(far, { object, entry: [{ id: far.externalId, time: now, messaging }] });
    }
    case "whatsapp": {
      const value = {
        messaging_product: "whatsapp",
        metadata: { display_phone_number: "15550100200", phone_number_id: far.externalId },
        contacts: [{ profile: { name: `Mia ${message.person}` }, wa_id: person }],
        messages: [{ from: person, id: message.id, timestamp: seconds, type: "text", text: { body: message.text } }],
      };
      const entry = [{ id: "102290129340398", changes: [{ field: "messages", value }] }];
      return ofMeta(far, { object: "whatsapp_business_account", entry });
    }
    case "sms": {
      const path = `/channels/twilio/${far.id}`;
      const from = `+1555${String(1_000_000 + message.person)}`;
      const sent = { MessageSid: message.id, SmsStatus: "received", From: from, To: far.externalId, NumMedia: "0" };
      const fields = new URLSearchParams({ ...sent, Body: message.text });
      const headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": signTwilio(origin + path, fields, far.secret),
      };
      return { path, headers, body: fields.toString() };
    }
    case "x": {
      const event = {
        type: "message_create",
        id: message.id,
        created_timestamp: String(now),
        message_create: {
          target: { recipient_id: far.externalId },
          sender_id: person,
          message_data: { text: message.text },
        },
      };
      const users = { [person]: { id: person, name: `Mia ${message.person}`, screen_name: `mia${message.person}` } };
      const body = JSON.stringify({ for_user_id: far.externalId, direct_message_events: [event], users });
      const headers = { ...json, "X-Twitter-Webhooks-Signature": signX(body, far.secret) };
      return { path: `/channels/x/${far.id}`, headers, body };
    }
    case "api": {
      const from = { id: person, name: `Mia ${message.person}` };
      const body = JSON.stringify({ type: "message", id: message.id, from, text: message.text });
      const signature = signApi(far.secret, seconds, body);
      const headers = { ...json, "X-Throughline-Timestamp": seconds, "X-Throughline-Signature": signature };
      return { path: `/channels/api/${far.id}`, headers, body };
    }
  }
}

function ofMeta({ secret }: Far, delivery: object): Webhook {
  const body = JSON.stringify(delivery);
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  return { path: "/channels/meta", headers: { ...json, "X-Hub-Signature-256": signature }, body };
}
