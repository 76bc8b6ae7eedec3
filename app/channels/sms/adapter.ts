import type { ChannelAdapter, SendRule } from "../channel";
import { fetchMedia } from "../vendors/twilio/media";
import { check, connected, identify } from "./identify";
import { read } from "./read";
import { find, longestSms, missed, parts, send } from "./send";
import { senderKind, smsCredentials, smsFields, smsSettings, twilioAccount } from "./settings";

const megabyte = 1024 * 1024;

/** Text messages (SMS and MMS) through Twilio. docs/channels/sms.md */
export const sms: ChannelAdapter = {
  kind: "sms",
  abilities: {
    textLimit: longestSms,
    files: {
      "image/*": 5 * megabyte,
      "audio/*": 5 * megabyte,
      "video/*": 5 * megabyte,
      "application/pdf": 5 * megabyte,
      "text/vcard": 5 * megabyte,
      "text/calendar": 5 * megabyte,
    },
    filesPerMessage: 10,
    receipts: "delivered",
    typing: false,
    templates: false,
    together: true,
  },
  settings: smsSettings,
  credentials: smsCredentials,
  fields: smsFields,
  identify,
  connected,
  read: async (raw) => read(raw),
  fetchFile: (reference, account) => fetchMedia(twilioAccount(account), reference),
  parts,
  send,
  find,
  rule: (_endpoint, { settings }) => ruleOf(String(settings["sender"] ?? "")),
  check,
  missed,
};

function ruleOf(sender: string): SendRule {
  const words =
    senderKind(sender) === "alphanumeric"
      ? `Sent from ${sender}. They can't answer it, so say how they can reach you.`
      : "Text messages can be sent at any time.";
  return { open: true, until: null, words };
}
