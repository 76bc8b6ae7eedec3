import { useNavigate } from "@remix-run/react";
import { type RefObject, useMemo, useRef } from "react";
import type { Unsent } from "~/conversations/unsend";
import { ask, posting } from "../ask";
import type { ComposerHandle } from "../composer/composer";
import type { ThreadActs } from "../thread/thread-acts";
import { useQuietRevalidate } from "../use-realtime";

/** What staff decide of messages that they sent into this conversation. */
export function useThreadActs(
  conversationId: string,
  composer: RefObject<ComposerHandle>,
  onElsewhere: () => void,
): ThreadActs {
  const navigate = useNavigate();
  const revalidate = useQuietRevalidate(0);
  const elsewhere = useRef(onElsewhere);
  elsewhere.current = onElsewhere;
  return useMemo(
    () => ({
      conversationId,
      async settle({ id }, act) {
        const body = { act, messageId: id };
        const { unsent } = await ask<{ unsent?: Unsent }>(`/inbox/${conversationId}/deliveries`, posting(body));
        if (unsent) composer.current?.restore("reply", unsent.text, unsent.attachments);
        // The push says it too, but may be late or lost.
        revalidate();
      },
      async startFrom({ id: messageId }, only, clientKey) {
        const body = { act: "split", messageId, only, clientKey };
        const made = await ask<{ conversationId: string }>(`/inbox/${conversationId}/split`, posting(body));
        navigate(`/inbox/${made.conversationId}?view=open`);
      },
      sendElsewhere({ text }) {
        composer.current?.restore("reply", text, []);
        elsewhere.current();
      },
    }),
    [conversationId, composer, revalidate, navigate],
  );
}
