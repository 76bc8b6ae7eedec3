import { BlockStack, Button, Icon, InlineStack, Text } from "@shopify/polaris";
import { PhoneIcon } from "@shopify/polaris-icons";
import type { MessageContent } from "~/channels/content";
import type { MessageView } from "~/realtime/frames";
import styles from "../thread/thread.module.css";
import { callTitle } from "./call-words";
import { useCalling } from "./calling";
import { Recording } from "./recording";

interface CallMessageProps {
  message: MessageView;
  call: NonNullable<MessageContent["call"]>;
}

/** A telephone call in its conversation: what became of it, what was said, and what it asks for. */
export function CallMessage({ message, call }: CallMessageProps) {
  const callBack = useCalling();
  const [sound] = message.attachments;
  const isTask = call.direction === "in" && call.outcome !== "answered";
  // Of any other outcome the text only says for lists what stands here anyway.
  const transcript = call.outcome === "voicemail" && message.text !== "Voicemail" ? message.text : null;
  return (
    <div className={styles.card} id={`message-${message.id}`}>
      <BlockStack gap="200" inlineAlign="start">
        <InlineStack gap="100" blockAlign="center" wrap={false}>
          <span>
            <Icon source={PhoneIcon} tone={isTask ? "caution" : "subdued"} />
          </span>
          <Text as="p" fontWeight="semibold">
            {callTitle(call)}
          </Text>
        </InlineStack>
        {sound?.state === "there" ? (
          <Recording
            attachmentId={sound.id}
            label={call.outcome === "voicemail" ? "voicemail" : "recording of the call"}
          />
        ) : sound ? (
          <Text as="p" variant="bodySm" tone="subdued">
            {sound.state === "waiting"
              ? "The recording is on its way"
              : (sound.reason ?? "The recording is not available")}
          </Text>
        ) : null}
        {transcript ? (
          <Text as="p" breakWord>
            <Text as="span" visuallyHidden>
              {"What was said, written down by a machine: "}
            </Text>
            <bdi>{transcript}</bdi>
          </Text>
        ) : null}
        {isTask && callBack ? (
          <Button icon={PhoneIcon} onClick={callBack}>
            Call back
          </Button>
        ) : null}
      </BlockStack>
    </div>
  );
}
