import { env } from "~/env.server";
import type { Abilities, ChannelAdapter, ConnectField } from "../channel";
import { checkToken, pageToken, subscribe } from "../vendors/meta/connect";
import { findSent, missedMessages } from "../vendors/meta/conversations";
import { partsOf } from "../vendors/meta/divide";
import { text } from "../vendors/meta/json";
import { messagingOf, messagingSettings, tokenOnly } from "../vendors/meta/login";
import { download } from "../vendors/meta/media";
import { messagingHealth } from "../vendors/meta/messaging-health";
import { profileName } from "../vendors/meta/profile";
import { readMessaging } from "../vendors/meta/read-messaging";
import { senderAction, sendMessaging } from "../vendors/meta/send-messaging";
import { windowRule } from "../vendors/meta/window";

const megabyte = 1_048_576;

/** https://developers.facebook.com/docs/messenger-platform/send-messages */
const abilities: Abilities = {
  textLimit: 2_000,
  files: {
    "image/png": 8 * megabyte,
    "image/jpeg": 8 * megabyte,
    "image/gif": 8 * megabyte,
    "video/*": 25 * megabyte,
    "audio/*": 25 * megabyte,
    "application/*": 25 * megabyte,
    "text/*": 25 * megabyte,
  },
  filesPerMessage: 10,
  receipts: "read",
  typing: true,
  templates: false,
  together: false,
};

const scopes = ["pages_messaging", "pages_manage_metadata"];
const told = [
  ...["messages", "messaging_postbacks", "messaging_referrals", "message_deliveries", "message_reads"],
  ...["message_reactions", "message_edits", "message_echoes", "standby", "messaging_policy_enforcement"],
];

/** The field with which the right to answer after a day is said. */
export const humanAgentField: ConnectField = {
  name: "humanAgent",
  label: "Replies after 24 hours",
  help: "Only with Meta's permission Human Agent: replies then go out until 7 days after a person's last message.",
  secret: false,
  keptIn: "settings",
  optional: true,
  choices: [
    { value: "false", label: "Not allowed by Meta" },
    { value: "true", label: "Allowed: Meta has given the permission" },
  ],
};

/** Messenger, of one page of Facebook's. `externalId` is the page's id. */
export const messenger: ChannelAdapter = {
  kind: "messenger",
  abilities,
  settings: messagingSettings,
  credentials: tokenOnly,
  fields: [
    {
      name: "pageId",
      label: "Page ID",
      help: "The number under About, Page transparency on your Facebook page.",
      secret: false,
      keptIn: "settings",
    },
    {
      name: "token",
      label: "Access token",
      help: "Of the page, or of a system user that manages it, with pages_messaging and pages_manage_metadata.",
      secret: true,
      keptIn: "credentials",
    },
    humanAgentField,
  ],
  async identify(input) {
    const settings = messagingSettings.parse(input.settings);
    const given = tokenOnly.parse(input.credentials).token;
    const { page, token } = await pageToken(settings.pageId, given, "link");
    const tokenExpiresAt = await checkToken(token, scopes);
    const externalId = text(page.id) ?? settings.pageId;
    await subscribe(token, externalId, told);
    return {
      externalId,
      name: text(page.name) ?? externalId,
      settings: { ...settings, pageId: externalId },
      credentials: { token },
      tokenExpiresAt,
    };
  },
  read: (raw, account) =>
    readMessaging({
      ...{ kind: "messenger", raw, account, appId: env().META_APP_ID ?? null },
      nameOf: (id) => profileName(account, id, "graph.facebook.com"),
    }),
  async fetchFile(reference) {
    return { content: await download(reference, 25 * megabyte), name: null };
  },
  parts: (outbound) => partsOf(outbound, "Messenger", abilities),
  send: sendMessaging,
  find: findSent,
  rule: ({ lastInAt }, account, now) => windowRule("Messenger", lastInAt, messagingOf(account).humanAgent, now),
  check: (account) => messagingHealth(account, scopes),
  typing: (address, account) => senderAction("typing_on", address, account),
  seen: (address, _externalId, account) => senderAction("mark_seen", address, account),
  missed: missedMessages,
};
