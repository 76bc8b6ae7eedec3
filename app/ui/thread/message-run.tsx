import { Avatar, Text } from "@shopify/polaris";
import { initials } from "~/customers/name";
import type { MessageView } from "~/realtime/frames";
import { useAdmin } from "../admin-context";
import { clockTime, dayAndTime } from "../time";
import { Attachments } from "./attachment";
import styles from "./thread.module.css";
import { type DeliveryState, deliveryOf } from "./thread-state";
import { WrittenText } from "./written-text";

export const channelNames: Record<string, string> = { chat: "Chat" };

const deliveryWords: Record<DeliveryState, string> = { sent: "Sent", delivered: "Delivered", seen: "Seen" };

interface MessageRunProps {
  author: MessageView["author"];
  messages: MessageView[];
  customerName: string;
  /** Up to where the shopper received and saw. */
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
    <div className={styles.run} data-from={author}>
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
          <Text as="span" variant="bodySm" tone="subdued">
            {channelNames[first.channel] ?? first.channel}
          </Text>
        </div>
        {messages.map((message) => (
          <Bubble key={message.id} message={message} />
        ))}
        <div className={styles.meta}>
          <Text as="span" variant="bodySm" tone="subdued">
            <time dateTime={last.at} title={dayAndTime(last.at, locale, shop.timeZone)}>
              {clockTime(last.at, locale, shop.timeZone)}
            </time>
            {author === "staff" ? ` · ${deliveryWords[deliveryOf(last.position, receipts)]}` : ""}
          </Text>
        </div>
      </div>
    </div>
  );
}

function Bubble({ message }: { message: MessageView }) {
  return (
    <>
      {message.text === "" ? null : (
        <div className={styles.bubble}>
          <WrittenText text={message.text} />
        </div>
      )}
      <Attachments attachments={message.attachments} />
    </>
  );
}
