import { Box, Button, InlineStack, Text } from "@shopify/polaris";
import { KeyboardIcon } from "@shopify/polaris-icons";
import type { InboxCounts, InboxView } from "~/inbox/inbox-row";
import { ConnectionWord } from "../realtime/connection-word";
import { ConversationRow } from "./conversation-row";
import styles from "./inbox.module.css";
import { More, SkeletonRows } from "./list-parts";
import { SearchField } from "./search-field";
import { SearchResults } from "./search-results";
import type { LiveList } from "./use-live-list";
import type { Search } from "./use-search";
import { useStill } from "./use-still";
import { ViewTabs } from "./view-tabs";

interface ListPaneProps {
  view: InboxView;
  counts: InboxCounts;
  list: LiveList;
  search: Search;
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
export function ListPane({ view, counts, list, search, openId, loading, onKeys }: ListPaneProps) {
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
        <SearchField search={search} />
        <ViewTabs view={search.words ? null : view} counts={counts} />
      </div>
      <div className={styles.rows}>
        {search.words ? (
          <SearchResults
            search={search}
            openId={openId}
            to={(id) => `/inbox/${id}?view=${view}&q=${encodeURIComponent(search.words)}`}
          />
        ) : loading ? (
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
