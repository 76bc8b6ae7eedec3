import { Unreadable } from "../../app/channels/channel";
import { read } from "../../app/channels/sms/read";
import { wrongIn } from "./inbound-promises";
import type { FuzzTarget } from "./target";

const form = (fields: Record<string, string>) => Buffer.from(new URLSearchParams(fields).toString());
const message = {
  MessageSid: "SM1",
  From: "+15550100100",
  To: "+15550100200",
  SmsStatus: "received",
  Body: "Hello 👋",
};

/** Webhooks of Twilio, broken in every way: each is understood or put aside, and what is understood holds what is promised. */
export const twilioTarget: FuzzTarget = {
  seeds: async () => [
    { name: "a text", bytes: form(message) },
    {
      name: "a picture",
      bytes: form({ ...message, NumMedia: "1", MediaUrl0: "https://api.twilio.com/x", MediaContentType0: "image/png" }),
    },
    { name: "stop", bytes: form({ ...message, Body: "STOP", OptOutType: "STOP" }) },
    { name: "a receipt", bytes: form({ MessageSid: "SM2", MessageStatus: "undelivered", ErrorCode: "30003" }) },
  ],
  run: async (body) => wrongIn(read({ id: "1", key: "1", receivedAt: new Date(0), body, meta: {} })),
  isExpected: (error) => error instanceof Unreadable,
};
