import { useRouteLoaderData } from "@remix-run/react";
import styles from "~/ui/inbox/inbox.module.css";
import { QuietState } from "~/ui/quiet-state";
import type { loader as inbox } from "./admin.inbox";

/** The Inbox before a conversation is chosen. */
export default function NoConversation() {
  const data = useRouteLoaderData<typeof inbox>("routes/admin.inbox");
  const none = data !== undefined && Object.values(data.counts).every((count) => count === 0);
  return (
    <div className={styles.main}>
      <div className={styles.middle}>
        {none ? (
          <QuietState heading="No conversations yet" action={{ content: "See who is shopping now", url: "/live-view" }}>
            When a customer writes in your store’s chat or on a connected channel, the conversation appears here at
            once.
          </QuietState>
        ) : (
          <QuietState heading="Choose a conversation">Press J for the first one, ? for all keys.</QuietState>
        )}
      </div>
    </div>
  );
}
