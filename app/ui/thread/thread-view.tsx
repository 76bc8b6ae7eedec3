import { Button, Spinner, Text } from "@shopify/polaris";
import { ArrowDownIcon } from "@shopify/polaris-icons";
import { Fragment, useEffect, useMemo, useRef, useState } from "react";
import type { ThreadEntry } from "~/conversations/thread-entry";
import { useAdmin, useNow } from "../admin-context";
import { ChannelIcon } from "../channels/channel-icon";
import { wayOf } from "../channels/ways";
import { dayInWords } from "../time";
import { type Block, blocksOf } from "./blocks";
import { factWords } from "./fact-words";
import { MessageRun } from "./message-run";
import { NoteCard } from "./note-card";
import type { Pending } from "./outbox";
import { PendingEntry } from "./pending-entry";
import styles from "./thread.module.css";
import type { ThreadState } from "./thread-state";
import { useStickToEnd } from "./use-stick-to-end";

interface ThreadViewProps {
  conversationId: string;
  thread: ThreadState;
  pending: Pending[];
  customerName: string;
  loadEarlier(): Promise<void>;
  onRetry(pending: Pending): void;
  onEdit(pending: Pending): void;
  /** The newest entry is on the screen and somebody can look at it. */
  onSeen(position: number): void;
}

/** The conversation itself: what was said and what happened, in order. */
export function ThreadView(props: ThreadViewProps) {
  const { conversationId, thread, pending, customerName, onSeen } = props;
  const { shop } = useAdmin();
  const first = thread.entries[0]?.position ?? 0;
  const last = thread.entries.at(-1)?.position ?? 0;
  const { scroller, content, atEnd, toEnd } = useStickToEnd(conversationId, first);
  useToEndOnSend(pending, toEnd);
  const blocks = useMemo(() => blocksOf(thread.entries, shop.timeZone), [thread.entries, shop.timeZone]);
  const unseen = useUnseen(conversationId, thread.entries, atEnd, last, onSeen);
  const earlier = useEarlier(scroller, thread.hasEarlier, props.loadEarlier);

  return (
    <div className={styles.thread}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section ref={scroller} className={styles.scroller} aria-label="Messages" tabIndex={0}>
        <div ref={content} className={styles.stack}>
          {earlier}
          {blocks.map((block) => (
            <BlockView key={block.key} block={block} customerName={customerName} receipts={thread} />
          ))}
          {pending.map((one) => (
            <PendingEntry
              key={one.clientKey}
              pending={one}
              onRetry={() => props.onRetry(one)}
              onEdit={() => props.onEdit(one)}
            />
          ))}
        </div>
      </section>
      {unseen > 0 ? (
        <div className={styles.newer}>
          <Button icon={ArrowDownIcon} onClick={toEnd}>
            {unseen === 1 ? "1 new message" : `${unseen} new messages`}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function BlockView(props: { block: Block; customerName: string; receipts: { delivered: number; seen: number } }) {
  const { me, locale, shop } = useAdmin();
  const now = useNow();
  const { block } = props;
  switch (block.type) {
    case "day":
      return (
        <div className={styles.day}>
          <Text as="h2" variant="bodySm" tone="subdued" fontWeight="medium">
            {dayInWords(block.at, now, locale, shop.timeZone)}
          </Text>
        </div>
      );
    case "channel":
      return (
        <div className={styles.change}>
          <ChannelIcon kind={block.channel} />
          <Text as="p" variant="bodySm" tone="subdued">
            {`Now ${wayOf(block.channel)}`}
          </Text>
        </div>
      );
    case "messages":
      return (
        <MessageRun
          author={block.author}
          messages={block.messages}
          customerName={props.customerName}
          receipts={props.receipts}
        />
      );
    case "note":
      return <NoteCard staffName={block.note.staffName ?? "Your team"} text={block.note.text} at={block.note.at} />;
    case "facts": {
      const lines = block.facts.flatMap((fact) => {
        const words = factWords(fact, { me: me.id, locale, timeZone: shop.timeZone });
        return words ? [{ position: fact.position, words }] : [];
      });
      if (lines.length === 0) return null;
      return (
        <div className={styles.facts}>
          {lines.map((line) => (
            <Fragment key={line.position}>
              <Text as="p" variant="bodySm" tone="subdued">
                {line.words}
              </Text>
            </Fragment>
          ))}
        </div>
      );
    }
  }
}

/** Whoever sends something sees it, wherever they were reading. */
function useToEndOnSend(pending: readonly Pending[], toEnd: () => void): void {
  const newest = pending.at(-1)?.clientKey;
  useEffect(() => {
    if (newest) toEnd();
  }, [newest, toEnd]);
}

/** Counts what the shopper wrote below the fold, and tells when the newest is on the screen of an open window. */
function useUnseen(
  conversationId: string,
  entries: readonly ThreadEntry[],
  atEnd: boolean,
  last: number,
  onSeen: (position: number) => void,
): number {
  const [seen, setSeen] = useState({ conversationId: "", position: 0 });
  const told = useRef(onSeen);
  told.current = onSeen;
  useEffect(() => {
    const look = () => {
      if (!atEnd || last === 0 || document.visibilityState !== "visible") return;
      setSeen({ conversationId, position: last });
      told.current(last);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [conversationId, atEnd, last]);
  if (atEnd || seen.conversationId !== conversationId) return 0;
  return entries.filter(
    (entry) => entry.type === "message" && entry.message.author === "shopper" && entry.position > seen.position,
  ).length;
}

/** The top of the conversation: loads what came before when it is scrolled into sight, and can be asked to. */
function useEarlier(
  scroller: React.RefObject<HTMLDivElement>,
  hasEarlier: boolean,
  loadEarlier: () => Promise<void>,
): React.ReactNode {
  const mark = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const load = useRef(async () => undefined as undefined);
  load.current = async () => {
    setState("loading");
    try {
      await loadEarlier();
      setState("idle");
    } catch {
      setState("failed");
    }
    return undefined;
  };
  useEffect(() => {
    const top = mark.current;
    if (!hasEarlier || !top) return;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && void load.current(), {
      root: scroller.current,
      rootMargin: "200px 0px 0px 0px",
    });
    watch.observe(top);
    return () => watch.disconnect();
  }, [hasEarlier, scroller]);
  if (!hasEarlier) return null;
  return (
    <div ref={mark} style={{ textAlign: "center", minHeight: 32 }}>
      {state === "failed" ? (
        <Button onClick={() => void load.current()}>Earlier messages could not be loaded. Try again</Button>
      ) : state === "loading" ? (
        <Spinner size="small" accessibilityLabel="Loading earlier messages" />
      ) : (
        <Button variant="plain" onClick={() => void load.current()}>
          Show earlier messages
        </Button>
      )}
    </div>
  );
}
