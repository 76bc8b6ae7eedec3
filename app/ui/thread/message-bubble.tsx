import { Text } from "@shopify/polaris";
import type { MessageView } from "~/realtime/frames";
import { useAdmin } from "../admin-context";
import { CallMessage } from "../calls/call-message";
import { Attachments } from "./attachment";
import { DeliveryNotice, isLoud } from "./delivery";
import { MailBody } from "./mail-body";
import { MailHead } from "./mail-head";
import { ContentAfter, ContentBefore } from "./message-content";
import styles from "./thread.module.css";
import { WrittenText } from "./written-text";

interface MessageBubbleProps {
  message: MessageView;
  customerName: string;
}

/** One message with everything that it holds, and what became of it where that is not as it should be. */
export function MessageBubble({ message, customerName }: MessageBubbleProps) {
  const { content, text, delivery, reactions } = message;
  const mail = content?.email;
  if (content?.followUp) return <FollowedUp message={message} />;
  if (content?.call) return <CallMessage message={message} call={content.call} />;
  if (message.deletedAt) return <Deleted message={message} customerName={customerName} />;
  return (
    <>
      {message.replyTo ? <Quoted replyTo={message.replyTo} customerName={customerName} /> : null}
      {content ? <ContentBefore content={content} channel={message.channel} /> : null}
      {text === "" && !mail ? null : (
        <div
          className={styles.bubble}
          id={`message-${message.id}`}
          {...(delivery?.state === "failed" ? { "data-state": "failed" } : {})}
          {...(mail ? { "data-mail": "yes" } : {})}
        >
          {mail ? <MailHead mail={mail} incoming={message.author === "shopper"} /> : null}
          {mail?.unreadable ? (
            <Text as="p" tone="caution">
              This mail could not be read.
            </Text>
          ) : null}
          {text === "" ? null : <WrittenText text={text} />}
          {mail && (mail.hasFolded || mail.hasHtml || mail.unreadable) ? (
            <MailBody messageId={message.id} mail={mail} />
          ) : null}
        </div>
      )}
      {content ? <ContentAfter content={content} /> : null}
      <Attachments attachments={message.attachments} />
      {reactions.length > 0 ? (
        <div className={styles.reactions}>
          {reactions.map(({ emoji, by }) => (
            <span key={`${by} ${emoji}`} className={styles.reaction}>
              <span aria-hidden="true">{emoji}</span>
              <Text as="span" visuallyHidden>
                {`${by === "shopper" ? customerName : "Your team"} reacted with ${emoji}`}
              </Text>
            </span>
          ))}
        </div>
      ) : null}
      {message.editedAt ? (
        <Text as="p" variant="bodySm" tone="subdued">
          Edited
        </Text>
      ) : null}
      {delivery && isLoud(delivery) ? <DeliveryNotice message={message} delivery={delivery} /> : null}
    </>
  );
}

/** Replies of the chat that went by mail as well: they stand above, so this says only that, and how far it came. */
function FollowedUp({ message }: { message: MessageView }) {
  const { content, delivery, deletedAt } = message;
  const address = content?.email?.to[0]?.address ?? "";
  return (
    <div id={`message-${message.id}`}>
      <Text as="p" variant="bodySm" tone="subdued">
        {deletedAt ? (
          "Not sent by email: they came back to the chat"
        ) : (
          <>
            {"Also sent by email to "}
            <bdi>{address}</bdi>
          </>
        )}
      </Text>
      {delivery && isLoud(delivery) ? <DeliveryNotice message={message} delivery={delivery} /> : null}
    </div>
  );
}

function Deleted({ message, customerName }: MessageBubbleProps) {
  const who = message.author === "shopper" ? customerName : (message.staffName ?? "Your team");
  return (
    <div className={styles.bubble} data-state="deleted">
      <Text as="p" tone="subdued">
        <bdi>{who}</bdi>
        {message.author === "shopper" ? " deleted this message" : " took this back before it was sent"}
      </Text>
    </div>
  );
}

/** The message that it answers, as one line that leads there. */
function Quoted({ replyTo, customerName }: { replyTo: NonNullable<MessageView["replyTo"]>; customerName: string }) {
  const { shop } = useAdmin();
  const who = replyTo.author === "shopper" ? customerName : replyTo.author === "staff" ? "Your team" : shop.name;
  const there = () => document.getElementById(`message-${replyTo.id}`)?.scrollIntoView({ block: "center" });
  return (
    <button type="button" className={styles.quoted} onClick={there}>
      <Text as="span" visuallyHidden>
        Answers
      </Text>
      <Text as="span" variant="bodySm" fontWeight="medium" truncate>
        <bdi>{who}</bdi>
      </Text>
      <Text as="span" variant="bodySm" tone="subdued" truncate>
        <bdi>{replyTo.text || "A message without words"}</bdi>
      </Text>
    </button>
  );
}
