const ways: Readonly<Record<string, string>> = {
  chat: "in the chat",
  email: "by email",
  instagram: "on Instagram",
  messenger: "on Messenger",
  whatsapp: "on WhatsApp",
  sms: "by SMS",
  voice: "by phone",
  x: "on X",
  "in-person": "in person",
  api: "through the API channel",
};

/** How people meet on a channel, within a sentence: "Now by email", "Send on WhatsApp". */
export function wayOf(kind: string): string {
  return ways[kind] ?? `on ${kind}`;
}
