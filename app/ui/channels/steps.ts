import type { ConnectedKind } from "~/channels/kinds";
import type { ToPaste } from "~/settings/channels/to-paste";

/** What a merchant does at the provider before the form can be filled in; the long form is docs/channels/<kind>.md. */
interface Guide {
  /** One sentence for the list of channels. */
  words: string;
  steps: readonly string[];
  /** Where the webhook address below the form is to be pasted; null where none is needed. */
  webhook: string | null;
}

const meta =
  "Whoever runs this app pastes it once at developers.facebook.com under Webhooks, with the verify token, and";

export const guides: Readonly<Record<ConnectedKind, Guide>> = {
  email: {
    words: "Mail to your support address, by forwarding or straight from the mailbox.",
    steps: [
      "Choose how mail comes in: forward it from your support address to the address on this page, or let Throughline read the mailbox over IMAP.",
      "To forward: in your mail provider's settings, add the forwarding address and confirm the mail that it sends. That mail arrives in your Inbox here.",
      "To read the mailbox: create an app password at your mail provider, and enter the IMAP server with it.",
      "Enter the SMTP server through which your answers go out, so that they come from your own address.",
      "Test the connection, then write to your support address from another one. The mail is in the Inbox within seconds.",
    ],
    webhook: null,
  },
  instagram: {
    words: "Direct messages, story replies and mentions of your professional account.",
    steps: [
      "Your Instagram account must be a professional one, linked to a Facebook page that you manage.",
      "In the Instagram app, open Settings, Messages and story replies, Message controls, and allow access to messages.",
      "At developers.facebook.com, create a token for your page with instagram_basic, instagram_manage_messages and pages_manage_metadata.",
      "Enter the account's id and the token below.",
    ],
    webhook: `${meta} subscribes to messages, messaging_postbacks, messaging_seen and message_reactions of Instagram.`,
  },
  messenger: {
    words: "Messages to your Facebook page.",
    steps: [
      "You must manage the Facebook page.",
      "At developers.facebook.com, create a token for the page with pages_messaging and pages_manage_metadata.",
      "Enter the page's id and the token below.",
    ],
    webhook: `${meta} subscribes to messages, messaging_postbacks, message_deliveries, message_reads and message_echoes of Page.`,
  },
  whatsapp: {
    words: "Messages to your WhatsApp Business number.",
    steps: [
      "In Meta's Business settings, add your number to a WhatsApp Business account.",
      "Create a system user with access to that account, and a token for it with whatsapp_business_messaging and whatsapp_business_management. Let it never expire.",
      "Enter the phone number's id, the business account's id and the token below. They stand in WhatsApp Manager under API setup.",
      "Write your templates in WhatsApp Manager: they are all that may be sent once somebody has been silent for 24 hours.",
    ],
    webhook: `${meta} subscribes to messages of WhatsApp Business Account.`,
  },
  sms: {
    words: "Text messages and pictures to your Twilio number.",
    steps: [
      "In the Twilio console, copy the account SID and the auth token.",
      "Enter them below with the number that you want to use. Several numbers are several accounts.",
      "Twilio answers STOP, START and HELP by itself; what people say that way is kept here as their consent.",
    ],
    webhook:
      "In the Twilio console, open the number, and paste the address under Messaging, A message comes in, as HTTP POST.",
  },
  voice: {
    words: "Calls to your Twilio number, with the caller's story on the screen before they speak.",
    steps: [
      "In the Twilio console, copy the account SID and the auth token.",
      "For calls in the browser, create an API key and a TwiML app; without them calls are forwarded to a phone.",
      "Enter them below with the number that people call.",
    ],
    webhook:
      "In the Twilio console, open the number, and paste the address under Voice, A call comes in, as HTTP POST.",
  },
  x: {
    words: "Direct messages to your account on X.",
    steps: [
      "At developer.x.com, create a project with access to direct messages, and an app in it with Read, write and direct messages.",
      "Create the keys and the access token of the account that answers.",
      "Enter them below.",
    ],
    webhook:
      "At developer.x.com, register the address as the webhook of your app. X asks it for a proof at once and once an hour.",
  },
  api: {
    words: "Anything else: your own program brings messages in and takes answers out.",
    steps: [
      "Enter the address of your program that takes answers out.",
      "Keep the secret that you enter: every call in both directions is signed with it.",
      "Follow docs/channels/api.md, which says every field and how the signature is made.",
    ],
    webhook: "Your program sends messages to this address, each signed with the secret.",
  },
};

/** What something to copy is, and where it goes. */
export function pasteWords(kind: ConnectedKind, what: ToPaste["what"]): { title: string; words: string } {
  switch (what) {
    case "webhook":
      return { title: "Webhook address", words: guides[kind].webhook ?? "The provider sends to this address." };
    case "forwarding":
      return {
        title: "Forwarding address",
        words: "Forward your support address to this one. Mail that arrives there is in the Inbox at once.",
      };
    case "dkim":
      return {
        title: "DNS record",
        words: "Add this to the DNS of your domain, so that your answers are signed as yours.",
      };
  }
}
