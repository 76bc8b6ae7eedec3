import { Box, SkeletonBodyText, SkeletonDisplayText } from "@shopify/polaris";
import styles from "../inbox/inbox.module.css";

/** Second and third pane while a conversation is on its way. */
export function ConversationSkeleton() {
  return (
    <div className={styles.main} aria-busy="true">
      <div className={styles.conversation}>
        <div className={styles.head}>
          <SkeletonDisplayText size="small" />
        </div>
        <Box padding="400">
          <SkeletonBodyText lines={6} />
        </Box>
      </div>
      <div className={styles.panel}>
        <Box padding="400">
          <SkeletonBodyText lines={8} />
        </Box>
      </div>
    </div>
  );
}
