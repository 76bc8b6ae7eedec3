import { Banner, BlockStack, Box, Button, ButtonGroup, Text } from "@shopify/polaris";
import type { MessageView } from "~/realtime/frames";
import { WrittenText } from "../thread/written-text";
import styles from "./composer.module.css";

interface HeldReplyProps {
  /** What was written and waits. */
  text: string;
  /** What the shopper or a colleague wrote that had not been seen; empty while it is still being read. */
  newer: MessageView[];
  customerName: string;
  onSend(): void;
  onEdit(): void;
}

/** A reply that was not sent, because somebody had written something that its writer had not seen. */
export function HeldReply({ text, newer, customerName, onSend, onEdit }: HeldReplyProps) {
  const who = newer.at(-1)?.staffName ?? customerName;
  return (
    <div role="alert" className={styles.held}>
      <Banner tone="warning" title={`${who} wrote while you were writing. Your reply is not sent yet.`}>
        <BlockStack gap="200">
          {newer.slice(-3).map((message) => (
            <Box key={message.id} background="bg-surface" borderRadius="200" padding="200">
              {message.text === "" ? (
                <Text as="p">Sent an attachment</Text>
              ) : (
                <div style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                  <WrittenText text={message.text} />
                </div>
              )}
            </Box>
          ))}
          {text === "" ? null : (
            <Text as="p" variant="bodySm" breakWord>
              Your reply: <bdi>{text}</bdi>
            </Text>
          )}
          <ButtonGroup>
            <Button onClick={onEdit}>Edit</Button>
            <Button onClick={onSend}>Send anyway</Button>
          </ButtonGroup>
        </BlockStack>
      </Banner>
    </div>
  );
}
