import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import type { FoundRow } from "~/inbox/search";
import { ConversationRow } from "./conversation-row";
import { More, SkeletonRows } from "./list-parts";
import type { Search } from "./use-search";

interface SearchResultsProps {
  search: Search;
  openId: string | null;
  to(id: string): string;
}

/** What was found, in the place of the list. */
export function SearchResults({ search, openId, to }: SearchResultsProps) {
  const { rows, state, words } = search;
  return (
    <>
      <Box paddingInline="300" paddingBlockStart="300">
        <div style={{ overflowWrap: "anywhere" }}>
          <Text as="h2" variant="headingSm">
            Results for “<bdi>{words}</bdi>”
          </Text>
        </div>
      </Box>
      <div role="status">
        {state === "ready" ? (
          <Text as="p" visuallyHidden>
            {rows.length === 0 ? "Nothing found" : `${rows.length}${search.hasMore ? " or more" : ""} found`}
          </Text>
        ) : null}
      </div>
      {state === "loading" ? <SkeletonRows /> : null}
      {state === "failed" ? (
        <Box padding="400">
          <BlockStack gap="300" inlineAlign="center">
            <div role="alert">
              <Text as="p" alignment="center">
                The search didn’t work. Check your connection and try again.
              </Text>
            </div>
            <Button onClick={search.again}>Try again</Button>
          </BlockStack>
        </Box>
      ) : null}
      {state === "ready" && rows.length === 0 ? (
        <Box padding="400">
          <BlockStack gap="300" inlineAlign="center">
            <Text as="p" tone="subdued" alignment="center">
              No conversations found. Try fewer or other words. Notes and deleted messages aren’t searched.
            </Text>
            <InlineStack>
              <Button onClick={search.clear}>Clear search</Button>
            </InlineStack>
          </BlockStack>
        </Box>
      ) : null}
      {rows.length > 0 ? (
        <ul aria-label="Results">
          {rows.map((row) => (
            <ConversationRow
              key={row.id}
              row={row.id === openId ? { ...row, unread: false } : row}
              to={to(row.id)}
              current={row.id === openId}
              line={<FoundLine row={row} />}
            />
          ))}
        </ul>
      ) : null}
      {search.hasMore ? <More list={search} /> : null}
    </>
  );
}

function FoundLine({ row }: { row: FoundRow }) {
  let at = 0;
  return (
    <>
      {row.lineFrom === "staff" ? "Team: " : ""}
      <bdi>
        {row.line.map((part) => {
          at += part.text.length;
          return part.found ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>;
        })}
      </bdi>
    </>
  );
}
