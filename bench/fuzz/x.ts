import { Unreadable } from "../../app/channels/channel";
import { read } from "../../app/channels/x/read";
import { wrongIn } from "./inbound-promises";
import type { FuzzTarget } from "./target";

const json = (value: object) => Buffer.from(JSON.stringify({ for_user_id: "100", ...value }));
const event = (data: object = {}, from = "200") => ({
  type: "message_create",
  id: "1",
  created_timestamp: "1795000000000",
  message_create: {
    target: { recipient_id: "100" },
    sender_id: from,
    message_data: { text: "Hello &amp; 👋", ...data },
  },
});
const between = { created_timestamp: "1795000000000", sender_id: "200", target: { recipient_id: "100" } };
const media = { media_url_https: "https://ton.twitter.com/1.1/x", url: "https://t.co/x", type: "photo" };

/** Webhooks of X, broken in every way. */
export const xTarget: FuzzTarget = {
  seeds: async () => [
    {
      name: "a message",
      bytes: json({ direct_message_events: [event()], users: { 200: { name: "Anna", screen_name: "anna" } } }),
    },
    { name: "a picture", bytes: json({ direct_message_events: [event({ attachment: { type: "media", media } })] }) },
    { name: "an echo", bytes: json({ direct_message_events: [event({}, "100")] }) },
    { name: "read", bytes: json({ direct_message_mark_read_events: [between] }) },
    { name: "typing", bytes: json({ direct_message_indicate_typing_events: [between] }) },
    { name: "revoked", bytes: json({ user_event: { revoke: { date_time: "x" } } }) },
  ],
  run: async (body) =>
    wrongIn(read({ id: "1", key: "1", receivedAt: new Date(0), body, meta: {} }, { externalId: "100" })),
  isExpected: (error) => error instanceof Unreadable,
};
