import { BlockStack, Box, Button, InlineStack, SkeletonBodyText, Text } from "@shopify/polaris";
import { KeyboardIcon } from "@shopify/polaris-icons";
import { useEffect, useRef } from "react";
import type { InboxCounts, InboxView } from "~/inbox/inbox-row";
import { ConnectionWord } from "../realtime/connection-word";
import { ConversationRow } from "./conversation-row";
import styles from "./inbox.module.css";
import type { LiveList } from "./use-live-list";
import { useStill } from "./use-still";
import { ViewTabs } from "./view-tabs";

interface ListPaneProps {
  view: InboxView;
  counts: InboxCounts;
  list: LiveList;
  openId: string | null;
  /** Another list was chosen and is on its way. */
  loading: boolean;
  onKeys(): void;
}

const emptyWords: Record<InboxView, string> = {
  mine: "Nothing is assigned to you. Take one from Unassigned.",
  unassigned: "Every open conversation has somebody.",
  open: "No open conversations. New ones appear here by themselves.",
  snoozed: "Nothing is snoozed.",
  closed: "No conversation has been closed yet.",
};

/** The first pane: choose a list, then a conversation. */
export function ListPane({ view, counts, list, openId, loading, onKeys }: ListPaneProps) {
  const { shown: rows, onPointerDown } = useStill(list.rows);
  return (
    <section className={styles.list} aria-label="Inbox">
      <div className={styles.listHead}>
        <InlineStack align="space-between" blockAlign="center" wrap={false}>
          <InlineStack gap="200" blockAlign="center">
            <Text as="h1" variant="headingMd">
              Inbox
            </Text>
            <ConnectionWord />
          </InlineStack>
          <Button icon={KeyboardIcon} variant="tertiary" accessibilityLabel="Keyboard shortcuts" onClick={onKeys} />
        </InlineStack>
        <ViewTabs view={view} counts={counts} />
      </div>
      <div className={styles.rows}>
        {loading ? (
          <SkeletonRows />
        ) : (
          <>
            <ul aria-label="Conversations" onPointerDown={onPointerDown}>
              {rows.map((row) => (
                <ConversationRow
                  key={row.id}
                  row={row}
                  to={`/inbox/${row.id}?view=${view}`}
                  current={row.id === openId}
                />
              ))}
            </ul>
            {rows.length === 0 ? (
              <Box padding="400">
                <Text as="p" tone="subdued" alignment="center">
                  {emptyWords[view]}
                </Text>
              </Box>
            ) : null}
            {list.hasMore ? <More list={list} /> : null}
          </>
        )}
      </div>
    </section>
  );
}

/** Loads the next page when its place comes into sight, and says so when that did not work. */
function More({ list }: { list: LiveList }) {
  const mark = useRef<HTMLDivElement>(null);
  const { load, state } = list.more;
  useEffect(() => {
    const place = mark.current;
    if (!place || state !== "idle") return;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && load(), {
      rootMargin: "300px",
    });
    watch.observe(place);
    return () => watch.disconnect();
  }, [load, state]);
  return (
    <div ref={mark}>
      <Box padding="300">
        <Button fullWidth loading={state === "loading"} onClick={load}>
          {state === "failed" ? "Not loaded. Try again" : "Show more"}
        </Button>
      </Box>
    </div>
  );
}

function SkeletonRows() {
  return (
    <Box padding="300">
      <BlockStack gap="500">
        {["one", "two", "three", "four", "five", "six"].map((key) => (
          <SkeletonBodyText key={key} lines={2} />
        ))}
      </BlockStack>
    </Box>
  );
}
