import type { LocalProviders } from "../providers/start";
import type { Phone } from "./phone";

interface TextMessage {
  sid: string;
  accountSid: string;
  from: string;
  to: string;
  body: string;
  direction: string;
  status: string;
  made: number;
  media: { sid: string; type: string; name: string }[];
}

/** Text messages in a customer's hand. `numbers` are those of the store. */
export function textPhone(providers: LocalProviders, numbers: readonly { id: string; name: string }[]): Phone {
  return {
    on: "sms",
    label: "Text message",
    acts: [
      { act: "stop", label: "Write STOP" },
      { act: "start", label: "Write START" },
    ],
    stores: async () => [...numbers],
    async thread(me, store) {
      const answer = await providers.control("twilio", `/messages?with=${encodeURIComponent(me.phone)}`);
      const { messages } = (await answer.json()) as { messages: TextMessage[] };
      return messages
        .filter((one) => one.from === store || one.to === store)
        .map((one) => ({
          id: one.sid,
          by: one.direction === "inbound" ? ("me" as const) : ("store" as const),
          text: one.body,
          at: new Date(one.made).toISOString(),
          note: one.direction === "inbound" ? null : one.status,
          files: one.media.map((each) => ({
            name: each.name,
            href: `${providers.origin}/at/mms.twiliocdn.com/${one.accountSid}/${each.sid}`,
            isImage: each.type.startsWith("image/"),
          })),
        }));
    },
    async say(me, store, { act, text, file }) {
      const words = act === "stop" ? "STOP" : act === "start" ? "START" : text;
      const media = file ? [{ name: file.name, type: file.mediaType, base64: file.base64 }] : [];
      const answer = await providers.control("twilio", "/messages", { from: me.phone, to: store, text: words, media });
      if (!answer.ok) throw new Error("The text message could not be sent.");
    },
  };
}
