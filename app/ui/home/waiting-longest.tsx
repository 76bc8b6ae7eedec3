import { Link } from "@remix-run/react";
import { Badge, Box, Card, InlineStack, Text } from "@shopify/polaris";
import { personName } from "~/customers/name";
import type { Waiting } from "~/home/today";
import { useAdmin, useNow } from "../admin-context";
import { age } from "../time";
import styles from "./home.module.css";

/** Who has waited for an answer the longest. */
export function WaitingLongest({ waiting }: { waiting: Waiting[] }) {
  const { me } = useAdmin();
  const now = useNow();
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <Text as="h2" variant="headingMd">
          Waiting longest
        </Text>
      </Box>
      {waiting.length === 0 ? (
        <Box paddingInline="400" paddingBlockEnd="400">
          <Text as="p" tone="subdued">
            Nobody waits for an answer.
          </Text>
        </Box>
      ) : (
        <ul className={styles.plain}>
          {waiting.map((one) => (
            <li key={one.id}>
              <Link to={`/inbox/${one.id}?view=open`} className={styles.person}>
                <span style={{ minWidth: 0, display: "block" }}>
                  <Text as="span" variant="bodyMd" fontWeight="semibold" truncate>
                    <bdi>
                      {personName({
                        ...one,
                        name: one.customerName,
                        email: one.customerEmail,
                        phone: one.customerPhone,
                      })}
                    </bdi>
                  </Text>
                  <Text as="span" variant="bodySm" tone="subdued" truncate>
                    <bdi>{one.lastMessageText}</bdi>
                  </Text>
                </span>
                <InlineStack gap="100" blockAlign="center" wrap={false}>
                  <Badge>
                    {one.assigneeId === null
                      ? "Unassigned"
                      : one.assigneeId === me.id
                        ? "You"
                        : (one.assigneeName ?? "Someone")}
                  </Badge>
                  <Badge tone="attention">{age(one.waitingSince, now)}</Badge>
                </InlineStack>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Box paddingBlockEnd="200" />
    </Card>
  );
}
