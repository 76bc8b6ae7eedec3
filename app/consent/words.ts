import type { ConsentChannel, ConsentPurpose } from "./consent";

/** How staff read of consents, everywhere. */
export const channelWords: Record<ConsentChannel, string> = {
  chat: "in the chat",
  email: "by e-mail",
  sms: "by text message",
  whatsapp: "on WhatsApp",
  instagram: "on Instagram",
  messenger: "on Messenger",
  voice: "by phone",
  browser: "in the browser",
};

export const purposeWords: Record<ConsentPurpose, string> = {
  service: "Answers and order news",
  marketing: "Marketing",
  tracking: "Following what they look at",
  recording: "Recording of calls",
};

/** "Marketing by e-mail"; of a channel or purpose of a newer version, its own word. */
export function consentTitle(channel: string, purpose: string): string {
  return purpose === "tracking"
    ? "Following what they look at on your storefront"
    : `${purposeWords[purpose as ConsentPurpose] ?? purpose} ${channelWords[channel as ConsentChannel] ?? `on ${channel}`}`;
}
