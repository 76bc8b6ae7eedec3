import { Badge, BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { channelName } from "~/channels/kinds";
import type { Profile } from "~/customers/profile";
import { useAdmin, useNow } from "../admin-context";
import { money } from "../money";
import { countryName, IdentityLine } from "../person/identity";
import { age, shortDate } from "../time";
import styles from "./customers.module.css";

function ListCard({ title, empty, children }: { title: string; empty: string; children: ReactNode[] }) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {children.length === 0 ? (
          <Text as="p" tone="subdued">
            {empty}
          </Text>
        ) : (
          <ul className={styles.plain}>{children}</ul>
        )}
      </BlockStack>
    </Card>
  );
}

/** What they talked about with the store. */
export function Conversations({ conversations }: Pick<Profile, "conversations">) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  return (
    <ListCard title="Conversations" empty="No conversations yet.">
      {conversations.map((one) => (
        <li key={one.id} className={styles.item}>
          <BlockStack gap="100">
            <Link url={`/inbox/${one.id}?view=${one.status}`} removeUnderline>
              <bdi>{one.lastMessageText || "No messages"}</bdi>
            </Link>
            <InlineStack gap="200" align="start" blockAlign="center">
              <Text as="span" variant="bodySm" tone="subdued">
                {channelName(one.channel)} · {age(one.lastMessageAt, now, locale, shop.timeZone)}
                {one.assigneeName ? ` · ${one.assigneeName}` : ""}
              </Text>
              <Badge tone={one.status === "open" ? "info" : undefined}>
                {one.status === "open" ? "Open" : one.status === "snoozed" ? "Snoozed" : "Closed"}
              </Badge>
            </InlineStack>
          </BlockStack>
        </li>
      ))}
    </ListCard>
  );
}

const cartStates: Record<string, { words: string; tone?: "info" | "success" }> = {
  active: { words: "Active", tone: "info" },
  ordered: { words: "Ordered", tone: "success" },
  emptied: { words: "Emptied" },
};

/** Their carts, newest first. */
export function Carts({ carts }: Pick<Profile, "carts">) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  return (
    <ListCard title="Carts" empty="No carts yet.">
      {carts.map((one) => (
        <li key={one.id} className={styles.item}>
          <InlineStack align="space-between" gap="200" wrap={false}>
            <div className={styles.words}>
              <Text as="p" breakWord>
                <bdi>{one.titles.join(", ") || "Nothing in it"}</bdi>
                {one.itemCount > 0 ? ` (${one.itemCount} ${one.itemCount === 1 ? "item" : "items"})` : ""}
              </Text>
              <InlineStack gap="200" align="start" blockAlign="center">
                <Text as="span" variant="bodySm" tone="subdued">
                  {age(one.changedAt, now, locale, shop.timeZone)}
                </Text>
                <Badge tone={cartStates[one.status]?.tone}>{cartStates[one.status]?.words ?? one.status}</Badge>
              </InlineStack>
            </div>
            <span className={styles.amount}>
              <Text as="span" numeric>
                {money(one.total, one.currency, locale)}
              </Text>
            </span>
          </InlineStack>
        </li>
      ))}
    </ListCard>
  );
}

/** How we know who this is: every address and account with its grade and its proof. */
export function Identities({ identities }: Pick<Profile, "identities">) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  return (
    <ListCard title="How we know them" empty="Nothing is known of this person but their browser.">
      {identities.map((one) => (
        <li key={one.id} className={styles.item}>
          <IdentityLine identity={one} />
          <Text as="p" variant="bodySm" tone="subdued" breakWord>
            <bdi>{one.proof}</bdi>, first {shortDate(one.firstSeenAt, now, locale, shop.timeZone)}
          </Text>
        </li>
      ))}
    </ListCard>
  );
}

/** The browsers they came with. */
export function Browsers({ visits }: Pick<Profile, "visits">) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  return (
    <ListCard title="Browsers" empty="None yet.">
      {visits.map((one) => (
        <li key={one.id} className={styles.item}>
          <Text as="p">
            {one.visits === 1 ? "1 visit" : `${one.visits} visits`}
            {one.countryCode ? ` from ${countryName(one.countryCode, locale)}` : ""}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            First {shortDate(one.firstSeenAt, now, locale, shop.timeZone)}, last{" "}
            {shortDate(one.lastSeenAt, now, locale, shop.timeZone)}
          </Text>
        </li>
      ))}
    </ListCard>
  );
}
