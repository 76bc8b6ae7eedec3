import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { ThreadEntry } from "~/conversations/thread-entry";
import type { AttachmentView, EventView, MessageView } from "~/realtime/frames";
import { useAdmin } from "../admin-context";
import type { ComposerHandle } from "../composer/composer";
import type { DraftKind } from "../composer/drafts";
import { forget, type Pending, type Sending, send, usePending } from "../thread/outbox";
import type { LiveThread } from "../thread/use-thread";
import { useQuietRevalidate } from "../use-realtime";

export interface Replies {
  /** Sent from here and not confirmed yet, without one that is held. */
  pending: Pending[];
  held: { reply: Pending; newer: MessageView[] } | null;
  submit(kind: DraftKind, text: string, attachments: AttachmentView[], sending?: Sending): void;
  retry(pending: Pending): void;
  /** Back into the composer. */
  edit(pending: Pending): void;
  sendAnyway(): void;
  /** Up to where the conversation was on the screen of its reader. */
  seen(position: number): void;
}

/**
 * Sending into one conversation: at once on the screen, confirmed by the server, and held when the shopper wrote
 * something that was not on the screen yet. The server checks the same again, for a page that lost its line.
 */
export function useReplies(
  conversationId: string,
  live: LiveThread,
  composer: RefObject<ComposerHandle>,
  onSeen: (position: number) => void,
): Replies {
  const { me } = useAdmin();
  const all = usePending(conversationId);
  const revalidate = useQuietRevalidate(0);
  const seenPosition = useRef({ conversationId, position: 0 });
  if (seenPosition.current.conversationId !== conversationId) {
    seenPosition.current = { conversationId, position: 0 };
  }
  const { entries } = live.thread;

  // What has arrived leaves the outbox; the event may come before the answer to the send, or instead of it.
  useEffect(() => {
    const arrived = new Set(
      entries.flatMap((entry) =>
        entry.type === "message" ? [entry.message.clientKey] : entry.type === "note" ? [entry.note.clientKey] : [],
      ),
    );
    forget(all.filter((one) => arrived.has(one.clientKey)).map((one) => one.clientKey));
  }, [entries, all]);

  const post = useCallback(
    async (pending: Pending) => {
      const answer = await send(pending);
      if (answer && "message" in answer) live.add([sentEvent(answer.message, me.id)]);
      else revalidate();
    },
    [live, me.id, revalidate],
  );

  const heldReply = all.find((one) => one.state === "held") ?? null;

  const submit = (kind: DraftKind, text: string, attachments: AttachmentView[], sending: Sending = {}) => {
    const pending: Pending = {
      clientKey: crypto.randomUUID(),
      conversationId,
      kind,
      text,
      attachments,
      sending,
      seenPosition: seenPosition.current.position,
      at: new Date().toISOString(),
      state: "sending",
      problem: null,
    };
    void post(pending);
  };

  return {
    pending: all.filter((one) => one !== heldReply),
    held: heldReply && { reply: heldReply, newer: newerThan(entries, heldReply.seenPosition, me.name) },
    submit,
    retry: (pending) => void post(pending),
    edit(pending) {
      forget([pending.clientKey]);
      composer.current?.restore(pending.kind, pending.text, pending.attachments);
      composer.current?.focus();
    },
    sendAnyway() {
      if (!heldReply) return;
      void post({ ...heldReply, seenPosition: entries.at(-1)?.position ?? heldReply.seenPosition });
    },
    seen(position) {
      if (position <= seenPosition.current.position) return;
      seenPosition.current.position = position;
      onSeen(position);
    },
  };
}

/** What others wrote after `position`: the shopper, or a colleague who answered at the same time. */
function newerThan(entries: readonly ThreadEntry[], position: number, myName: string): MessageView[] {
  return entries.flatMap((entry) =>
    entry.type === "message" && entry.position > position && isOthers(entry.message, myName) ? [entry.message] : [],
  );
}

function isOthers({ author, staffName }: MessageView, myName: string): boolean {
  return author === "shopper" || (author === "staff" && staffName !== myName);
}

function sentEvent(message: MessageView, me: string): EventView {
  return {
    kind: "message.sent",
    at: message.at,
    actor: "staff",
    actorId: me,
    conversationId: message.conversationId,
    customerId: null,
    visitorId: null,
    cartId: null,
    position: message.position,
    data: {},
    message,
  };
}
