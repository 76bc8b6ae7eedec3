import { Badge, BlockStack, Button, Card, InlineError, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { personName } from "~/customers/name";
import type { Known } from "~/customers/page/known";
import { useAdmin } from "../admin-context";
import { dayAndTime } from "../time";
import styles from "./customers.module.css";
import { useAct } from "./use-act";

type Merge = Known["merges"][number];

/** The history of merges, each with its evidence, and the way back. */
export function Merges({ customerId, merges }: { customerId: string; merges: Merge[] }) {
  if (merges.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingMd">
          Merges
        </Text>
        <ul className={styles.plain} aria-label="Merges">
          {merges.map((one) => (
            <li key={one.id} className={styles.item}>
              <OneMerge customerId={customerId} merge={one} />
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}

function OneMerge({ customerId, merge }: { customerId: string; merge: Merge }) {
  const { locale, shop } = useAdmin();
  const [asking, setAsking] = useState(false);
  const { act, busy, problem } = useAct(customerId, () => setAsking(false));
  const at = (time: string) => dayAndTime(time, locale, shop.timeZone);
  return (
    <BlockStack gap="150">
      <Text as="p" breakWord>
        <bdi>{personName(merge.from)}</bdi> and <bdi>{personName(merge.into)}</bdi>
      </Text>
      <Text as="p" variant="bodySm" tone="subdued" breakWord>
        {`${evidenceWords(merge)}, ${at(merge.at)}`}
      </Text>
      {merge.reason ? (
        <Text as="p" variant="bodySm" breakWord>
          <bdi>{merge.reason}</bdi>
        </Text>
      ) : null}
      {merge.undoneAt ? (
        <InlineStack gap="200" blockAlign="center">
          <Badge>Undone</Badge>
          <Text as="span" variant="bodySm" tone="subdued">
            {`${merge.undoneByName ?? "Throughline"}, ${at(merge.undoneAt)}`}
          </Text>
        </InlineStack>
      ) : merge.evidence === "shopify" ? (
        <Text as="p" variant="bodySm" tone="subdued">
          Shopify cannot undo a merge of its customers.
        </Text>
      ) : asking ? (
        <BlockStack gap="150">
          <Text as="p" variant="bodySm">
            {merge.evidence === "staff"
              ? "They become two people again. Each keeps what is theirs, also what came in since."
              : "They become two people again, and the chats of one no longer open to the other. Each keeps what is theirs."}
          </Text>
          <InlineStack gap="200">
            <Button tone="critical" loading={busy} onClick={() => act({ act: "unmerge", mergeId: merge.id })}>
              Undo merge
            </Button>
            <Button variant="tertiary" onClick={() => setAsking(false)}>
              Keep
            </Button>
          </InlineStack>
        </BlockStack>
      ) : (
        <InlineStack>
          <Button variant="plain" onClick={() => setAsking(true)}>
            Undo merge
          </Button>
        </InlineStack>
      )}
      {problem ? <InlineError message={problem.message} fieldID={`merge-${merge.id}`} /> : null}
    </BlockStack>
  );
}

function evidenceWords(merge: Merge): string {
  switch (merge.evidence) {
    case "signed-in":
      return "Signed in to the store in the browser of the other";
    case "emailed-code":
      return "Confirmed a code sent to the address of the other";
    case "shopify":
      return "Merged in Shopify";
    default:
      return `Merged by ${merge.byName ?? "your team"}`;
  }
}
