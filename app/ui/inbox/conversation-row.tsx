import { Link } from "@remix-run/react";
import { Badge, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { channelName } from "~/channels/kinds";
import { personName } from "~/customers/name";
import type { InboxRow } from "~/inbox/inbox-row";
import { useAdmin, useNow } from "../admin-context";
import { ChannelIcon } from "../channels/channel-icon";
import { money } from "../money";
import { age, dayAndTime } from "../time";
import styles from "./inbox.module.css";

interface ConversationRowProps {
  row: InboxRow;
  to: string;
  current: boolean;
  /** Instead of the last words. */
  line?: ReactNode;
}

/** One conversation as a line of the list: who, when, the last words, and what matters for choosing the next one. */
export function ConversationRow({ row, to, current, line }: ConversationRowProps) {
  const { me, locale, shop } = useAdmin();
  const now = useNow();
  const name = personName({ ...row, name: row.customerName, email: row.customerEmail, phone: row.customerPhone });
  const weight = row.unread ? "semibold" : "regular";
  const who =
    row.assigneeId === null ? "Unassigned" : row.assigneeId === me.id ? "You" : (row.assigneeName ?? "Someone");
  const lastFrom = row.lastMessageFrom === "staff" ? "Team: " : "";
  return (
    <li>
      <Link
        to={to}
        className={styles.row}
        data-unread={row.unread}
        data-conversation={row.id}
        aria-current={current ? "page" : undefined}
        preventScrollReset
      >
        <span className={styles.dot}>
          {row.unread ? (
            <Text as="span" visuallyHidden>
              Unread:{" "}
            </Text>
          ) : null}
        </span>
        <span style={{ minWidth: 0, display: "block" }}>
          <span className={styles.line}>
            <Text as="span" variant="bodyMd" fontWeight={row.unread ? "bold" : "semibold"} truncate>
              <bdi>{name}</bdi>
            </Text>
            <Text as="span" variant="bodySm" tone="subdued">
              <time dateTime={row.lastMessageAt} title={dayAndTime(row.lastMessageAt, locale, shop.timeZone)}>
                {age(row.lastMessageAt, now, locale, shop.timeZone)}
              </time>
            </Text>
          </span>
          <Text as="span" variant="bodySm" tone={row.unread ? undefined : "subdued"} fontWeight={weight} truncate>
            {line ?? (
              <>
                {lastFrom}
                <bdi>{row.lastMessageText || "No messages yet"}</bdi>
              </>
            )}
          </Text>
          <span className={styles.badges}>
            <span className={styles.channel}>
              <ChannelIcon kind={row.channel} />
              <Text as="span" variant="bodySm" tone="subdued">
                {channelName(row.channel)} · {who}
              </Text>
            </span>
            {row.undelivered ? <Badge tone="critical">Not sent</Badge> : null}
            {row.waitingSince && row.status === "open" ? (
              <Badge tone="attention">{waitingWords(age(row.waitingSince, now, locale, shop.timeZone))}</Badge>
            ) : null}
            {row.cart ? (
              <Badge tone="success">{`Cart ${money(row.cart.total, row.cart.currency, locale)}`}</Badge>
            ) : null}
            {row.snoozedUntil ? <Badge>{`Until ${dayAndTime(row.snoozedUntil, locale, shop.timeZone)}`}</Badge> : null}
          </span>
        </span>
      </Link>
    </li>
  );
}

function waitingWords(since: string): string {
  return since === "now" ? "Waiting" : `Waiting ${since}`;
}
