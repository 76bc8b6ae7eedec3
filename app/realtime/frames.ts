import type { MessageContent, Reaction } from "~/channels/content";
import type { EventKind } from "~/events/catalogue";
import type { Cursor } from "./cursor";

/** A message as shown to its two sides. */
export interface MessageView {
  id: string;
  conversationId: string;
  position: number;
  author: "shopper" | "staff" | "app";
  /** Name of the member of staff, for author "staff". */
  staffName: string | null;
  channel: string;
  text: string;
  clientKey: string;
  /** ISO 8601, UTC. */
  at: string;
  attachments: AttachmentView[];
  /** Where it came from or goes to; null for the chat and what staff wrote down. */
  endpointId: string | null;
  content: MessageContent | null;
  reactions: Reaction[];
  /** The message that it answers, as one line. */
  replyTo: { id: string; author: MessageView["author"]; text: string } | null;
  editedAt: string | null;
  deletedAt: string | null;
  /** How far one of ours has come on its channel; null for the chat, which has receipts of its own, and what came in. */
  delivery: DeliveryView | null;
}

export interface DeliveryView {
  state: "queued" | "sending" | "unclear" | "sent" | "delivered" | "read" | "failed";
  /** In words for staff. */
  error: string | null;
  note: string | null;
  /** ISO 8601; until then it can be taken back, or waits for its next try. */
  notBefore: string | null;
}

export interface AttachmentView {
  id: string;
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  width: number | null;
  height: number | null;
  /** A provider may still hold it, or no longer. */
  state: "there" | "waiting" | "failed";
  /** Why it failed, in words for staff. */
  reason: string | null;
}

/** A fact of the log as it is pushed: what changed and up to where, and the message where there is one. */
export interface EventView {
  kind: EventKind;
  at: string;
  actor: string;
  actorId: string | null;
  conversationId: string | null;
  customerId: string | null;
  visitorId: string | null;
  cartId: string | null;
  position: number | null;
  data: Record<string, unknown>;
  message?: MessageView;
}

/** What the server sends on a socket. */
export type ServerFrame =
  | { type: "welcome"; cursor: Cursor }
  /** Everything up to `cursor` that this listener may hear and has not heard. */
  | { type: "events"; cursor: Cursor; events: EventView[] }
  /** Too much was missed to send it piece by piece: read the state anew and go on from `cursor`. */
  | { type: "reset"; cursor: Cursor }
  | { type: "typing"; conversationId: string; by: "shopper" | "staff"; name: string | null }
  | { type: "viewing"; conversationId: string | null; staffId: string; staffName: string }
  | { type: "presence"; someoneThere: boolean }
  | { type: "pong" };

/** What a page sends on a socket. Everything that is kept goes over HTTP instead. */
export type ClientFrame =
  | { type: "hello"; as: "staff"; idToken: string; cursor?: Cursor }
  | { type: "hello"; as: "shopper"; token: string; cursor?: Cursor }
  | { type: "typing"; conversationId: string }
  | { type: "viewing"; conversationId: string | null }
  | { type: "ping" };

/** Close codes of ours. 4401: say hello with fresh proof. 4408: no hello in time. 4413: a frame too large. 4429: too many. */
export const closeCodes = { unproven: 4401, silent: 4408, tooMany: 4429, slow: 4410 } as const;

/** Both sides say something at least this often; twice this without a word means the other side is gone. */
export const heartbeatMilliseconds = 20_000;
