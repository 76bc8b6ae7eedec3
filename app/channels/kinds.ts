/** Every way in which a person and the store meet. The value stands in `message.channel` and `conversation.channel`. */
export const channelKinds = [
  "chat",
  "email",
  "instagram",
  "messenger",
  "whatsapp",
  "sms",
  "voice",
  "x",
  "in-person",
  "api",
] as const;

export type ChannelKind = (typeof channelKinds)[number];

/** Those that a merchant connects in Settings → Channels. The chat and what staff write down need no account. */
export const connectedKinds = ["email", "instagram", "messenger", "whatsapp", "sms", "voice", "x", "api"] as const;

export type ConnectedKind = (typeof connectedKinds)[number];

/** Those through which a written message can be sent to a person by an adapter (`registry.ts`). */
export const writtenKinds = ["email", "instagram", "messenger", "whatsapp", "sms", "x", "api"] as const;

export type WrittenKind = (typeof writtenKinds)[number];

/** As staff read it. */
export const channelNames: Readonly<Record<ChannelKind, string>> = {
  chat: "Chat",
  email: "Email",
  instagram: "Instagram",
  messenger: "Messenger",
  whatsapp: "WhatsApp",
  sms: "SMS",
  voice: "Phone",
  x: "X",
  "in-person": "In person",
  api: "API channel",
};

/** The name of a channel as it stands in a row, also of one that a newer version wrote. */
export function channelName(kind: string): string {
  return (channelNames as Readonly<Record<string, string>>)[kind] ?? kind;
}

export function isWritten(kind: string): kind is WrittenKind {
  return (writtenKinds as readonly string[]).includes(kind);
}
