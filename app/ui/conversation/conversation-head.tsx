import { useNavigate } from "@remix-run/react";
import { Avatar, Badge, Button, InlineStack, Text } from "@shopify/polaris";
import { ArrowLeftIcon, PhoneIcon } from "@shopify/polaris-icons";
import { channelName } from "~/channels/kinds";
import { initials } from "~/customers/name";
import type { OpenConversation } from "~/inbox/open-conversation";
import { useAdmin, useNow } from "../admin-context";
import { useCalling } from "../calls/calling";
import styles from "../inbox/inbox.module.css";
import { dayAndTime, span } from "../time";
import { AssignMenu } from "./assign-menu";
import { MoreMenu } from "./more-menu";
import { SnoozeMenu } from "./snooze-menu";
import { SplitLine } from "./split-line";

export type ConversationAct =
  | { act: "assign"; staffId: string | null }
  | { act: "close" }
  | { act: "reopen" }
  | { act: "snooze"; until: string };

interface ConversationHeadProps {
  conversation: OpenConversation;
  customerName: string;
  staff: { id: string; name: string }[];
  /** Others of the team who look at it now. */
  lookers: string[];
  busy: boolean;
  backTo: string;
  /** Why the last thing that was asked for was not done. */
  problem: string | null;
  onAct(act: ConversationAct): void;
  onPanel(): void;
}

/** Who this is with, in which state, and what can be done with the whole of it. */
export function ConversationHead(props: ConversationHeadProps) {
  const { conversation, customerName, staff, lookers, busy, backTo, problem, onAct, onPanel } = props;
  const navigate = useNavigate();
  const call = useCalling();
  return (
    <header className={styles.head}>
      <div className={styles.who}>
        <div className={styles.back}>
          <Button
            icon={ArrowLeftIcon}
            variant="tertiary"
            accessibilityLabel="Back to the conversations"
            onClick={() => navigate(backTo)}
          />
        </div>
        <Avatar initials={initials(customerName)} name={customerName} />
        <div className={styles.whoWords}>
          <Text as="h1" variant="headingMd" truncate>
            <bdi>{customerName}</bdi>
          </Text>
          <StateWords conversation={conversation} lookers={lookers} />
          {conversation.splitFrom ? (
            <SplitLine conversationId={conversation.id} splitFrom={conversation.splitFrom} />
          ) : null}
          {problem ? (
            <Text as="p" variant="bodySm" tone="critical">
              {problem}
            </Text>
          ) : null}
        </div>
      </div>
      <InlineStack gap="200" blockAlign="center">
        {call ? <Button icon={PhoneIcon} accessibilityLabel={`Call ${customerName}`} onClick={call} /> : null}
        <AssignMenu
          assigneeId={conversation.assigneeId}
          assigneeName={conversation.assigneeName}
          staff={staff}
          disabled={busy}
          onAssign={(staffId) => onAct({ act: "assign", staffId })}
        />
        {conversation.status === "open" ? (
          <>
            <SnoozeMenu disabled={busy} onSnooze={(until) => onAct({ act: "snooze", until: until.toISOString() })} />
            <Button disabled={busy} onClick={() => onAct({ act: "close" })}>
              Close
            </Button>
          </>
        ) : (
          <Button disabled={busy} onClick={() => onAct({ act: "reopen" })}>
            Reopen
          </Button>
        )}
        <MoreMenu customerId={conversation.customerId} />
        <div className={styles.detailsButton}>
          <Button accessibilityLabel="Customer details" onClick={onPanel}>
            Details
          </Button>
        </div>
      </InlineStack>
    </header>
  );
}

function StateWords({ conversation, lookers }: { conversation: OpenConversation; lookers: string[] }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  const { status, waitingSince, snoozedUntil, channel } = conversation;
  const waiting = status === "open" && waitingSince ? now - Date.parse(waitingSince) : null;
  return (
    <InlineStack gap="100" blockAlign="center">
      <Text as="span" variant="bodySm" tone="subdued">
        {channelName(channel)}
        {waiting === null ? "" : ` · waiting for ${span(Math.max(0, waiting))}`}
        {status === "snoozed" && snoozedUntil
          ? ` · snoozed until ${dayAndTime(snoozedUntil, locale, shop.timeZone)}`
          : ""}
      </Text>
      {status === "closed" ? <Badge>Closed</Badge> : null}
      {lookers.length > 0 ? (
        <Badge tone="attention">{`${lookers.join(", ")} ${lookers.length === 1 ? "is" : "are"} looking at this too`}</Badge>
      ) : null}
    </InlineStack>
  );
}
