import type { AttachmentView, MessageView } from "./frames";

/**
 * Which messages of a conversation a shopper may see on the storefront. A conversation can hold mails, other leaves and
 * third persons, so reaching it (`conversations/find.ts`) is not enough: each message must be theirs. `docs/decisions/` says why.
 */
export interface Whose {
  author: string;
  channel: string;
  visitorId: string | null;
  customerId: string | null;
  endpointId: string | null;
  /** The leaf that its endpoint belongs to. */
  endpointCustomerId: string | null;
  takenBack: boolean;
}

/** What staff write down of a visit or a call is for staff, whoever is named as its author. */
const staffOnly: readonly string[] = ["in-person", "voice"];

/** A shopper: their browser, and the leaves that they are proven to be. */
export interface Viewer {
  visitorId: string;
  leaves: readonly string[];
}

/** The rule, for a message of a conversation that this shopper reaches. `shownSql` says the same. */
export function isShown(message: Whose, { visitorId, leaves }: Viewer): boolean {
  if (message.takenBack || staffOnly.includes(message.channel)) return false;
  const isOwn = (leaf: string | null): boolean => leaf !== null && leaves.includes(leaf);
  const isChat = message.channel === "chat" && message.endpointId === null;
  switch (message.author) {
    case "shopper":
      return message.visitorId === visitorId || isOwn(message.customerId);
    case "staff":
      return isChat || isOwn(message.endpointCustomerId);
    default:
      return isChat;
  }
}

/** The rule over `m`, with the parameters that hold the browser's id and the proven leaves. */
export function shownSql(visitor: string, leaves: string): string {
  const isChat = `(m."channel" = 'chat' AND m."endpointId" IS NULL)`;
  return `(m."deletedAt" IS NULL AND m."channel" <> ALL ('{${staffOnly.join(",")}}'::text[]) AND CASE m."author"
    WHEN 'shopper' THEN m."visitorId" = ${visitor}::uuid OR m."customerId" = ANY (${leaves}::uuid[])
    WHEN 'staff' THEN ${isChat} OR EXISTS (
      SELECT 1 FROM "endpoint" e WHERE e."shopId" = m."shopId" AND e."id" = m."endpointId" AND e."customerId" = ANY (${leaves}::uuid[]))
    ELSE ${isChat} END)`;
}

/** What `isShown` asks of `m`, as one column. */
export const whoseColumn = `json_build_object('author', m."author", 'channel', m."channel", 'visitorId', m."visitorId",
  'customerId', m."customerId", 'endpointId', m."endpointId", 'takenBack', m."deletedAt" IS NOT NULL,
  'endpointCustomerId', CASE WHEN m."endpointId" IS NOT NULL THEN (
    SELECT e."customerId" FROM "endpoint" e WHERE e."shopId" = m."shopId" AND e."id" = m."endpointId") END) AS "whose"`;

/** A message as a shopper's page has it. What else staff see of it (who else got it, what became of it) stays here. */
export type ShopperMessage = Pick<
  MessageView,
  "id" | "conversationId" | "position" | "author" | "staffName" | "channel" | "text" | "clientKey" | "at"
> & { attachments: ShopperFile[] };

export type ShopperFile = Pick<AttachmentView, "id" | "name" | "mediaType" | "size" | "width" | "height">;

/** Takes over what a shopper's page shows and nothing else, also of what is added to messages later. */
export function forShopper(view: MessageView): ShopperMessage {
  const { id, conversationId, position, author, staffName, channel, text, clientKey, at } = view;
  const attachments = view.attachments
    .filter((file) => file.state === "there")
    .map(({ id, name, mediaType, size, width, height }) => ({ id, name, mediaType, size, width, height }));
  return { id, conversationId, position, author, staffName, channel, text, clientKey, at, attachments };
}
