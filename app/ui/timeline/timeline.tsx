import { Banner, BlockStack, Button, InlineStack, SkeletonBodyText, Text } from "@shopify/polaris";
import { ArrowUpIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { LineList } from "./line-list";
import styles from "./timeline.module.css";
import { everything, type Wanted } from "./timeline-state";
import { Toolbar } from "./toolbar";
import { useTimeline, type Whose } from "./use-timeline";

/**
 * One ordered story of a person: what they said, saw, put into carts and bought, and what the team did. Reads itself, so
 * that it holds up no page. Give `conversationId` where it stands beside one. Must be used under the admin layout.
 */
export function Timeline({ conversationId, ...whose }: Whose & { conversationId?: string }) {
  const [wanted, setWanted] = useState<Wanted>(everything);
  const { state, more, again } = useTimeline(whose, wanted);
  const isNarrowed = wanted.groups.length > 0 || wanted.search !== "" || wanted.day !== "";
  return (
    <div className={styles.timeline}>
      <Toolbar wanted={wanted} onWant={setWanted} />
      {state.hasNews ? (
        <InlineStack align="center">
          <Button icon={ArrowUpIcon} onClick={() => (wanted.day ? setWanted({ ...wanted, day: "" }) : again())}>
            Show what is new
          </Button>
        </InlineStack>
      ) : null}
      {state.phase === "first" ? (
        <div className={styles.skeleton} aria-busy="true">
          <span className={styles.hidden} role="status">
            Loading the timeline
          </span>
          <SkeletonBodyText lines={2} />
          <SkeletonBodyText lines={2} />
          <SkeletonBodyText lines={2} />
        </div>
      ) : null}
      {state.phase === "failed" ? (
        <Banner
          tone="critical"
          title="The timeline could not be read"
          action={{ content: "Try again", onAction: again }}
        >
          <p>{state.problem}</p>
        </Banner>
      ) : null}
      {state.pages > 0 ? (
        <BlockStack gap="300">
          <LineList
            customerId={whose.customerId}
            conversationId={conversationId}
            groups={wanted.groups}
            lines={state.lines}
          />
          {state.lines.length === 0 && !state.cursor ? (
            <Nothing isNarrowed={isNarrowed} onAll={() => setWanted(everything)} />
          ) : null}
          {state.lines.length === 0 && state.cursor ? (
            <Text as="p" tone="subdued" alignment="center">
              Nothing found so far.
            </Text>
          ) : null}
          {state.phase === "more-failed" ? (
            <Text as="p" tone="critical" alignment="center">
              {state.problem}
            </Text>
          ) : null}
          {state.cursor ? (
            <InlineStack align="center">
              <Button onClick={more} loading={state.phase === "more"}>
                {state.lines.length === 0 ? "Look further back" : "Show earlier"}
              </Button>
            </InlineStack>
          ) : null}
        </BlockStack>
      ) : null}
    </div>
  );
}

function Nothing({ isNarrowed, onAll }: { isNarrowed: boolean; onAll(): void }) {
  return (
    <BlockStack gap="200" inlineAlign="center">
      <Text as="p" tone="subdued" alignment="center">
        {isNarrowed
          ? "Nothing here matches."
          : "Nothing has happened yet. Messages, visits and orders will stand here."}
      </Text>
      {isNarrowed ? <Button onClick={onAll}>Show everything</Button> : null}
    </BlockStack>
  );
}
