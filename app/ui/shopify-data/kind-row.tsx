import { Badge, BlockStack, Box, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { KindProgress } from "~/shopify-data/sync/progress";
import { kindWords, malformedWords, problemOf, timeLeft } from "./words";

const badges = {
  waiting: { words: "Waiting", tone: undefined },
  preparing: { words: "Shopify is preparing", tone: "info" },
  reading: { words: "Coming in", tone: "info" },
  done: { words: "Complete", tone: "success" },
  failed: { words: "Not complete", tone: "critical" },
  stopped: { words: "Stopped", tone: "warning" },
} as const;

/** How far one kind of record is: counts, a bar while it moves, and what was wrong in words. */
export function KindRow({ progress }: { progress: KindProgress }) {
  const { kind, state, share } = progress;
  const { words, tone } = badges[state];
  const problem = problemOf(progress);
  const malformed = malformedWords(progress);
  const title = kindWords[kind];
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h3" variant="headingSm">
            {title}
          </Text>
          <Badge {...(tone ? { tone } : {})}>{words}</Badge>
        </InlineStack>
        {state === "reading" ? (
          <ProgressBar progress={Math.round((share ?? 0) * 100)} size="small" ariaLabelledBy={`sync-${kind}`} />
        ) : null}
        <span id={`sync-${kind}`}>
          <Text as="span" tone="subdued" numeric>
            {countsOf(progress)}
          </Text>
        </span>
        {problem ? (
          <Text as="p" tone={state === "failed" ? "critical" : "caution"}>
            {problem}
          </Text>
        ) : null}
        {malformed ? (
          <Text as="p" tone="caution" breakWord>
            {malformed}
          </Text>
        ) : null}
      </BlockStack>
    </Box>
  );
}

const counted = (count: number): string => count.toLocaleString("en");

function countsOf({ kind, state, read, total, secondsLeft, created, changed }: KindProgress): string {
  const what = kindWords[kind].toLowerCase();
  switch (state) {
    case "waiting":
      return "Begins when Shopify has room for it.";
    case "preparing":
      return total > 0 ? `Shopify has put together ${counted(total)} so far.` : "Shopify is putting the file together.";
    case "reading":
      return [
        `${counted(read)} of ${counted(total)} ${what}`,
        ...(secondsLeft === null ? [] : [timeLeft(secondsLeft)]),
      ].join(" · ");
    case "done":
      if (read === 0) return `Shopify has no ${what} for this app.`;
      return [
        `${counted(read)} ${what} looked at`,
        created > 0 ? `${counted(created)} new` : null,
        changed > 0 ? `${counted(changed)} changed` : null,
        created + changed === 0 ? "nothing had changed" : null,
      ]
        .filter(Boolean)
        .join(" · ");
    case "failed":
    case "stopped":
      return read === 0 ? `No ${what} came in.` : `${counted(read)} ${what} came in.`;
  }
}
