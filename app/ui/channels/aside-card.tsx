import { Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { AsideRow } from "~/settings/channels/put-aside";
import { useAdmin, useNow } from "../admin-context";
import { askBlob } from "../ask";
import { saveFile } from "../thread/attachment";
import { bytes } from "../thread/bytes";
import styles from "./channels.module.css";
import { useChannelAct } from "./use-act";
import { asideWords, moment } from "./words";

interface AsideCardProps {
  kind: string;
  rows: AsideRow[];
  /** How many there are, which may be more than are shown. */
  count: number;
}

/** What came in and could not be read: it is kept, can be taken as it came, and read again. */
export function AsideCard({ kind, rows, count }: AsideCardProps) {
  const { act, busy, problem } = useChannelAct(kind);
  const accounts = [...new Set(rows.map((row) => row.accountId))];
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {asideWords(count)}
          </Text>
          {accounts.map((accountId) => (
            <Button
              key={accountId}
              loading={busy === "read-again"}
              onClick={() => act({ act: "read-again", accountId })}
            >
              Try again
            </Button>
          ))}
        </InlineStack>
        <Text as="p" tone="subdued">
          They are kept as they arrived. After an update of the app, try again; what can be read then takes its place in
          its conversation.
        </Text>
        {problem ? <Banner tone="critical" title={problem.message} /> : null}
        <ul className={styles.plain}>
          {rows.map((row) => (
            <Aside key={row.id} kind={kind} row={row} />
          ))}
        </ul>
        {count > rows.length ? (
          <Text as="p" tone="subdued">
            {`The newest ${rows.length} are shown.`}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function Aside({ kind, row }: { kind: string; row: AsideRow }) {
  const { locale, shop } = useAdmin();
  const when = { now: useNow(), locale, timeZone: shop.timeZone };
  const [problem, setProblem] = useState<string | null>(null);
  const download = () =>
    askBlob(`/settings/channels/raw/${row.id}`).then(
      (blob) => {
        saveFile(blob, `${kind}-${row.id}.${kind === "email" ? "eml" : "txt"}`);
        setProblem(null);
      },
      (error: Error) => setProblem(error.message),
    );
  return (
    <li className={styles.aside}>
      <div className={styles.words}>
        <Text as="p">{row.problem || "It could not be read."}</Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {`${moment(row.receivedAt, when)} · ${bytes(row.size)}`}
        </Text>
        {problem ? (
          <Text as="p" variant="bodySm" tone="critical">
            {problem}
          </Text>
        ) : null}
      </div>
      <Button variant="plain" onClick={download} disabled={row.size === 0}>
        Download as it arrived
      </Button>
    </li>
  );
}
