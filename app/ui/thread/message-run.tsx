import { Avatar, Text } from "@shopify/polaris";
import { Fragment } from "react";
import { channelName } from "~/channels/kinds";
import { initials } from "~/customers/name";
import type { MessageView } from "~/realtime/frames";
import { useAdmin } from "../admin-context";
import { ChannelIcon } from "../channels/channel-icon";
import { clockTime, dayAndTime } from "../time";
import { deliveryWords, isLoud } from "./delivery";
import { MessageBubble } from "./message-bubble";
import { MessageMenu } from "./message-menu";
import styles from "./thread.module.css";
import { deliveryOf, type ReceiptState } from "./thread-state";

const receiptWords: Record<ReceiptState, string> = { sent: "Sent", delivered: "Delivered", seen: "Seen" };

interface MessageRunProps {
  author: MessageView["author"];
  messages: MessageView[];
  customerName: string;
  /** Up to where the shopper's browser received and the shopper saw, of the chat. */
  receipts: { delivered: number; seen: number };
}

/** Messages of one sender, one after another: who, over which channel, when, and how far ours have come. */
export function MessageRun({ author, messages, customerName, receipts }: MessageRunProps) {
  const { locale, shop } = useAdmin();
  const first = messages[0];
  const last = messages.at(-1);
  if (!first || !last) return null;
  const name = author === "shopper" ? customerName : author === "staff" ? (first.staffName ?? "Your team") : shop.name;
  return (
    <div className={styles.run} data-from={author} data-channel={first.channel}>
      {author === "app" ? null : (
        <span className={styles.face}>
          <Avatar size="sm" initials={initials(name)} name={name} />
        </span>
      )}
      <div className={styles.bubbles}>
        <div className={styles.meta}>
          <Text as="span" variant="bodySm" fontWeight="semibold">
            <bdi>{author === "app" ? `${name} (automatic)` : name}</bdi>
          </Text>
          <span className={styles.channel}>
            <ChannelIcon kind={first.channel} />
            <Text as="span" variant="bodySm" tone="subdued">
              {channelName(first.channel)}
            </Text>
          </span>
        </div>
        {messages.map((message) => (
          <Fragment key={message.id}>
            {author === "shopper" && !message.deletedAt ? (
              <div className={styles.withMenu}>
                <div className={styles.one}>
                  <MessageBubble message={message} customerName={customerName} />
                </div>
                <MessageMenu message={message} customerName={customerName} />
              </div>
            ) : (
              <MessageBubble message={message} customerName={customerName} />
            )}
            {message !== last && isFurther(message, last) && message.delivery ? (
              <Text as="span" variant="bodySm" tone="subdued">
                {deliveryWords(message.delivery)}
              </Text>
            ) : null}
          </Fragment>
        ))}
        <div className={styles.meta}>
          <Text as="span" variant="bodySm" tone="subdued">
            <time dateTime={last.at} title={dayAndTime(last.at, locale, shop.timeZone)}>
              {clockTime(last.at, locale, shop.timeZone)}
            </time>
            {farWords(last, receipts)}
          </Text>
        </div>
      </div>
    </div>
  );
}

/** Whether one has come another way than the last of its run, whose word stands for all. */
function isFurther(message: MessageView, last: MessageView): boolean {
  const { delivery } = message;
  if (!delivery || isLoud(delivery)) return false;
  return !last.delivery || isLoud(last.delivery) || deliveryWords(delivery) !== deliveryWords(last.delivery);
}

/** How far the last of a run has come; nothing where a notice under it says so at length. */
function farWords(last: MessageView, receipts: MessageRunProps["receipts"]): string {
  if (last.author === "shopper" || last.deletedAt) return "";
  if (last.delivery) return isLoud(last.delivery) ? "" : ` · ${deliveryWords(last.delivery)}`;
  const isChat = last.author === "staff" && last.channel === "chat";
  return isChat ? ` · ${receiptWords[deliveryOf(last.position, receipts)]}` : "";
}
