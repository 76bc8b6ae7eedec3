import { Text } from "@shopify/polaris";
import styles from "../thread/thread.module.css";

/** Who is writing just now; its place is kept, so that nothing jumps when they start and stop. */
export function PassingWords({ shopper, staff }: { shopper: string | null; staff: string[] }) {
  const words = [
    ...(shopper ? [`${shopper} is typing…`] : []),
    ...(staff.length > 0 ? [`${staff.join(", ")} ${staff.length === 1 ? "is" : "are"} writing a reply…`] : []),
  ];
  return (
    <div className={styles.passing} role="status">
      <Text as="p" variant="bodySm" tone="subdued" truncate>
        {words.join(" · ")}
      </Text>
    </div>
  );
}
