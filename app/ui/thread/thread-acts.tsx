import { createContext, useContext } from "react";
import type { MessageView } from "~/realtime/frames";

/** What staff decide of one message that they sent. */
export type DeliveryAct = "again" | "arrived" | "unsend";

export interface ThreadActs {
  conversationId: string;
  /** Rejects with the reason in words. */
  settle(message: MessageView, act: DeliveryAct): Promise<void>;
  /** Begins a new conversation with it, and opens that. Rejects with the reason in words. */
  startFrom(message: MessageView, only: boolean, clientKey: string): Promise<void>;
  /** Its words go into the composer, which asks for another channel. */
  sendElsewhere(message: MessageView): void;
}

export const ThreadActsContext = createContext<ThreadActs | null>(null);

/** What can be done with the messages of the conversation on the screen. */
export function useThreadActs(): ThreadActs {
  const acts = useContext(ThreadActsContext);
  if (!acts) throw new Error("useThreadActs is used outside a conversation");
  return acts;
}
