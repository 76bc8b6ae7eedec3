import type { EventData, EventKind } from "~/events/catalogue";
import type { MessageView } from "~/realtime/frames";

/** A note as staff see it. */
export interface NoteView {
  id: string;
  conversationId: string;
  position: number;
  staffId: string;
  staffName: string | null;
  text: string;
  clientKey: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** A fact that has its place in the conversation: who did what. */
export type FactView = {
  [Kind in EventKind]: {
    kind: Kind;
    data: EventData[Kind];
    position: number;
    at: string;
    actor: string;
    actorId: string | null;
    /** Name of the member of staff, when one did it. */
    actorName: string | null;
  };
}[EventKind];

/** One thing in a conversation, at its place. No two have the same. */
export type ThreadEntry =
  | { type: "message"; position: number; at: string; message: MessageView }
  | { type: "note"; position: number; at: string; note: NoteView }
  | { type: "fact"; position: number; at: string; fact: FactView };
