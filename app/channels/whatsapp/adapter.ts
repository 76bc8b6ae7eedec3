import { type Abilities, type ChannelAdapter, type Part, Rejected } from "../channel";
import { partsOf } from "../vendors/meta/divide";
import { tokenOnly } from "../vendors/meta/login";
import { download } from "../vendors/meta/media";
import { whatsAppRule } from "../vendors/meta/window";
import { identifyWhatsApp, whatsAppHealth, whatsAppSettings } from "./connect";
import { readWhatsApp } from "./read";
import { markSeen, mediaOf, sendWhatsApp } from "./send";
import { readTemplates } from "./templates";

const megabyte = 1_048_576;

/**
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types. Every type of file goes
 * as a document where it is none of the others.
 */
const abilities: Abilities = {
  textLimit: 4_096,
  files: {
    "image/jpeg": 5 * megabyte,
    "image/png": 5 * megabyte,
    "video/mp4": 16 * megabyte,
    "video/3gpp": 16 * megabyte,
    "audio/aac": 16 * megabyte,
    "audio/amr": 16 * megabyte,
    "audio/mpeg": 16 * megabyte,
    "audio/mp4": 16 * megabyte,
    "audio/ogg": 16 * megabyte,
    "application/*": 100 * megabyte,
    "text/plain": 100 * megabyte,
  },
  filesPerMessage: 10,
  receipts: "read",
  typing: true,
  templates: true,
  together: false,
};

/** WhatsApp, of one number at Meta's cloud. `externalId` is the phone number's id, as webhooks name it. */
export const whatsapp: ChannelAdapter = {
  kind: "whatsapp",
  abilities,
  settings: whatsAppSettings,
  credentials: tokenOnly,
  fields: [
    {
      name: "phoneNumberId",
      label: "Phone number ID",
      help: "In the app's WhatsApp settings at Meta, under API setup. It is not the number itself.",
      secret: false,
      keptIn: "settings",
    },
    {
      name: "wabaId",
      label: "WhatsApp Business Account ID",
      help: "On the same page at Meta.",
      secret: false,
      keptIn: "settings",
    },
    {
      name: "token",
      label: "Access token",
      help: "Of a system user, with whatsapp_business_messaging and whatsapp_business_management. One that does not end is best.",
      secret: true,
      keptIn: "credentials",
    },
  ],
  identify: identifyWhatsApp,
  read: async (raw, account) => readWhatsApp(raw, account),
  async fetchFile(reference, account) {
    if (!/^\d{1,64}$/.test(reference))
      throw new Rejected({ code: "131052", words: "WhatsApp does not have this file." });
    const { url, name } = await mediaOf(reference, account);
    return { content: await download(url, 100 * megabyte, account.credentials.token ?? ""), name };
  },
  parts(outbound): Part[] {
    if (!outbound.template) return partsOf(outbound, "WhatsApp", abilities);
    return [{ outbound, index: 0, key: `${outbound.key}:0`, text: outbound.text, file: null }];
  },
  send: sendWhatsApp,
  // WhatsApp keeps no list of what was sent: the status with our key tells, when it comes.
  find: async () => "unknown",
  rule: ({ lastInAt }, _account, now) => whatsAppRule(lastInAt, now),
  check: whatsAppHealth,
  async typing(_address, account, latest) {
    if (latest) await markSeen(latest, account, true);
  },
  seen: (_address, externalId, account) => markSeen(externalId, account, false),
  templates: readTemplates,
};
