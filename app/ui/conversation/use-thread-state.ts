import { useMemo } from "react";
import type { ThreadPage } from "~/conversations/thread";
import type { OpenConversation } from "~/inbox/open-conversation";
import type { ThreadState } from "../thread/thread-state";

/** What the loader read as the state of a thread; the same object until it reads again. */
export function useThreadState(page: ThreadPage, conversation: OpenConversation): ThreadState {
  const { delivered, seen } = conversation;
  return useMemo(() => ({ ...page, delivered, seen }), [page, delivered, seen]);
}
