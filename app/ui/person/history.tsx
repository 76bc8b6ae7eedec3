import { Badge, Link, Text } from "@shopify/polaris";
import type { PersonBeside } from "~/customers/beside";
import { useAdmin, useNow } from "../admin-context";
import { age } from "../time";
import styles from "./person.module.css";
import { Nothing, Section } from "./section";

/** What this person talked about before. */
export function EarlierConversations({ earlier }: { earlier: PersonBeside["earlier"] }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  return (
    <Section title="Earlier conversations">
      {earlier.length === 0 ? (
        <Nothing>This is the first one.</Nothing>
      ) : (
        <ul className={styles.plain}>
          {earlier.map((one) => (
            <li key={one.id}>
              <Link url={`/inbox/${one.id}?view=${one.status === "closed" ? "closed" : "open"}`} removeUnderline>
                <bdi>{one.lastMessageText || "No messages"}</bdi>
              </Link>
              <Text as="p" variant="bodySm" tone="subdued">
                {age(one.lastMessageAt, now, locale, shop.timeZone)} {one.status === "closed" ? "· closed" : ""}
                {one.status === "open" ? <Badge tone="info">Open</Badge> : null}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
