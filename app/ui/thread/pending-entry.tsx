import { Avatar, Button, InlineStack, Text } from "@shopify/polaris";
import { initials } from "~/customers/name";
import { useAdmin } from "../admin-context";
import { Attachments } from "./attachment";
import type { Pending } from "./outbox";
import styles from "./thread.module.css";
import { WrittenText } from "./written-text";

interface PendingEntryProps {
  pending: Pending;
  onRetry(): void;
  onEdit(): void;
}

/** What was just sent and is not confirmed yet; when it failed it stays, says why, and can be sent again or edited. */
export function PendingEntry({ pending, onRetry, onEdit }: PendingEntryProps) {
  const { me } = useAdmin();
  const failed = pending.state === "failed";
  return (
    <div className={styles.run} data-from="staff">
      <span className={styles.face}>
        <Avatar size="sm" initials={initials(me.name)} name={me.name} />
      </span>
      <div className={styles.bubbles}>
        {pending.text === "" ? null : (
          <div className={styles.bubble} data-state={pending.state}>
            <WrittenText text={pending.text} />
          </div>
        )}
        <Attachments attachments={pending.attachments} />
        <div role="status">
          {failed ? (
            <InlineStack gap="200" blockAlign="center" align="end">
              <Text as="span" variant="bodySm" tone="critical">
                Not {pending.kind === "note" ? "added" : "sent"}. {pending.problem}
              </Text>
              <Button size="micro" onClick={onRetry}>
                Try again
              </Button>
              <Button size="micro" variant="tertiary" onClick={onEdit}>
                Edit
              </Button>
            </InlineStack>
          ) : (
            <Text as="span" variant="bodySm" tone="subdued">
              {pending.kind === "note" ? "Adding note…" : "Sending…"}
            </Text>
          )}
        </div>
      </div>
    </div>
  );
}
