import { BlockStack, Icon, InlineStack, Text } from "@shopify/polaris";
import { LockIcon } from "@shopify/polaris-icons";
import { useAdmin } from "../admin-context";
import { clockTime, dayAndTime } from "../time";
import styles from "./thread.module.css";
import { WrittenText } from "./written-text";

/** A note between the messages, in another colour and in words, so that nobody takes it for something the shopper got. */
export function NoteCard({ staffName, text, at }: { staffName: string; text: string; at: string }) {
  const { locale, shop } = useAdmin();
  return (
    <div className={styles.note}>
      <BlockStack gap="100">
        <InlineStack gap="100" blockAlign="center">
          <span>
            <Icon source={LockIcon} tone="subdued" />
          </span>
          <Text as="span" variant="bodySm" fontWeight="semibold">
            <bdi>{staffName}</bdi>
          </Text>
          <Text as="span" variant="bodySm" tone="subdued">
            Note, only your team sees this ·{" "}
            <time dateTime={at} title={dayAndTime(at, locale, shop.timeZone)}>
              {clockTime(at, locale, shop.timeZone)}
            </time>
          </Text>
        </InlineStack>
        <div className={styles.noteText}>
          <WrittenText text={text} />
        </div>
      </BlockStack>
    </div>
  );
}
