import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useRef, useState } from "react";
import type { Known } from "~/customers/page/known";
import { useAdmin } from "../admin-context";
import { dayAndTime } from "../time";
import styles from "./customers.module.css";
import { useAct } from "./use-act";

/** What the team notes about this person, over all their conversations. */
export function PersonNotes({ customerId, notes }: { customerId: string; notes: Known["notes"] }) {
  const { locale, shop } = useAdmin();
  const [text, setText] = useState("");
  const key = useRef<string | null>(null);
  const { act, busy, problem } = useAct(customerId, () => {
    key.current = null;
    setText("");
  });
  const add = () => {
    key.current ??= crypto.randomUUID();
    act({ act: "note", text, clientKey: key.current });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Notes
        </Text>
        <TextField
          label="Note on this person"
          labelHidden
          placeholder="Only your team sees notes"
          value={text}
          onChange={setText}
          multiline={2}
          autoComplete="off"
          maxLength={4_000}
          {...(problem ? { error: problem.message } : {})}
        />
        <InlineStack align="end">
          <Button onClick={add} loading={busy} disabled={text.trim() === ""} accessibilityLabel="Add note">
            Add note
          </Button>
        </InlineStack>
        {notes.length > 0 ? (
          <ul className={styles.plain} aria-label="Notes">
            {notes.map((one) => (
              <li key={one.id} className={styles.item}>
                <p className={styles.written}>
                  <bdi>{one.text}</bdi>
                </p>
                <Text as="p" variant="bodySm" tone="subdued">
                  {`${one.staffName ?? "Somebody of your team"}, ${dayAndTime(one.at, locale, shop.timeZone)}`}
                </Text>
              </li>
            ))}
          </ul>
        ) : null}
      </BlockStack>
    </Card>
  );
}
