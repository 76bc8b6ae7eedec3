import { env } from "~/env.server";
import { Invalid } from "~/http/errors";
import type { Abilities, ChannelAdapter } from "../channel";
import { humanAgentField } from "../messenger/adapter";
import { askFor, checkToken, pageToken, subscribe } from "../vendors/meta/connect";
import { findSent, missedMessages } from "../vendors/meta/conversations";
import { byBytes, partsOf } from "../vendors/meta/divide";
import { object, text } from "../vendors/meta/json";
import { hostOf, messagingOf, messagingSettings, tokenOnly } from "../vendors/meta/login";
import { download } from "../vendors/meta/media";
import { messagingHealth } from "../vendors/meta/messaging-health";
import { profileName } from "../vendors/meta/profile";
import { readMessaging } from "../vendors/meta/read-messaging";
import { senderAction, sendMessaging } from "../vendors/meta/send-messaging";
import { windowRule } from "../vendors/meta/window";

const megabyte = 1_048_576;

/** https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message: 1,000 bytes of UTF-8. */
const abilities: Abilities = {
  textLimit: 1_000,
  files: {
    "image/png": 8 * megabyte,
    "image/jpeg": 8 * megabyte,
    "image/gif": 8 * megabyte,
    "video/*": 25 * megabyte,
    "audio/*": 25 * megabyte,
    "application/pdf": 25 * megabyte,
  },
  filesPerMessage: 10,
  receipts: "read",
  typing: true,
  templates: false,
  together: false,
};

const scopes = ["instagram_basic", "instagram_manage_messages", "pages_manage_metadata"];
/** What of a page must be asked for so that its profile on Instagram is told of too; which of that is for the app to say. */
const toldOfPage = ["messages"];
const toldOfProfile = [
  "messages",
  "messaging_postbacks",
  "messaging_seen",
  "messaging_referral",
  "message_reactions",
  "message_edit",
];

/** Instagram, of one professional account. `externalId` is its id, as webhooks name it. */
export const instagram: ChannelAdapter = {
  kind: "instagram",
  abilities,
  settings: messagingSettings,
  credentials: tokenOnly,
  fields: [
    {
      name: "login",
      label: "Connected with",
      help: "A token of Facebook's login does not end. One of Instagram's login ends after 60 days.",
      secret: false,
      keptIn: "settings",
      choices: [
        { value: "facebook", label: "A Facebook page that is linked to the Instagram account" },
        { value: "instagram", label: "Instagram's own login" },
      ],
    },
    {
      name: "pageId",
      label: "Page ID",
      help: "The number under About, Page transparency on the linked Facebook page. Not needed with Instagram's login.",
      secret: false,
      keptIn: "settings",
      optional: true,
    },
    {
      name: "token",
      label: "Access token",
      help: "With instagram_basic, instagram_manage_messages and pages_manage_metadata; with Instagram's login instagram_business_basic and instagram_business_manage_messages.",
      secret: true,
      keptIn: "credentials",
    },
    humanAgentField,
  ],
  async identify(input) {
    const settings = messagingSettings.parse(input.settings);
    const { token } = tokenOnly.parse(input.credentials);
    return settings.login === "instagram" ? byInstagram(settings, token) : byFacebook(settings, token);
  },
  read: (raw, account) =>
    readMessaging({
      ...{ kind: "instagram", raw, account, appId: env().META_APP_ID ?? null },
      nameOf: (id) => profileName(account, id, hostOf(account)),
    }),
  async fetchFile(reference) {
    return { content: await download(reference, 25 * megabyte), name: null };
  },
  parts: (outbound) => partsOf(outbound, "Instagram", abilities, byBytes),
  send: sendMessaging,
  find: findSent,
  rule: ({ lastInAt }, account, now) => windowRule("Instagram", lastInAt, messagingOf(account).humanAgent, now),
  check: (account) => messagingHealth(account, scopes),
  typing: (address, account) => senderAction("typing_on", address, account),
  seen: (address, _externalId, account) => senderAction("mark_seen", address, account),
  missed: missedMessages,
};

type Settings = ReturnType<typeof messagingOf>;

async function byFacebook(settings: Settings, given: string) {
  if (!settings.pageId) throw new Invalid([{ field: "pageId", message: "Enter the ID of the linked Facebook page." }]);
  const { page, token } = await pageToken(settings.pageId, given, "instagram_business_account{id,username,name}");
  const profile = object(page.instagram_business_account);
  const externalId = text(profile.id);
  if (!externalId) {
    const message = "No Instagram professional account is linked to this page. Link it in the page's settings first.";
    throw new Invalid([{ field: "pageId", message }]);
  }
  const tokenExpiresAt = await checkToken(token, scopes);
  await subscribe(token, settings.pageId, toldOfPage);
  return connected(settings, externalId, text(profile.username), token, tokenExpiresAt);
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login */
async function byInstagram(settings: Settings, token: string) {
  const host = "graph.instagram.com";
  const profile = await askFor("token", { token, host, path: "me", query: { fields: "user_id,username" } });
  const externalId = text(profile.user_id) ?? text(profile.id);
  if (!externalId) throw new Invalid([{ field: "token", message: "Instagram does not say whose token this is." }]);
  await subscribe(token, "me", toldOfProfile, host);
  return connected({ ...settings, pageId: "" }, externalId, text(profile.username), token, null);
}

function connected(
  settings: Settings,
  externalId: string,
  username: string | null,
  token: string,
  tokenExpiresAt: Date | null,
) {
  const name = username ? `@${username}` : externalId;
  return {
    externalId,
    name,
    settings: { ...settings, ...(username ? { username } : {}) },
    credentials: { token },
    tokenExpiresAt,
  };
}
