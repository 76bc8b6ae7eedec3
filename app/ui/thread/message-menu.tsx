import { ActionList, Box, Button, Popover, Text } from "@shopify/polaris";
import { MenuHorizontalIcon } from "@shopify/polaris-icons";
import { useContext, useRef, useState } from "react";
import type { MessageView } from "~/realtime/frames";
import { AskFailed } from "../ask";
import styles from "./thread.module.css";
import { ThreadActsContext } from "./thread-acts";

/** What can be done with a message of the customer's: begin another conversation with it. */
export function MessageMenu({ message, customerName }: { message: MessageView; customerName: string }) {
  const acts = useContext(ThreadActsContext);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // One key as long as the menu stands, so that a second press is the same split.
  const keys = useRef<Record<string, string>>({});
  if (!acts) return null;
  const start = async (only: boolean) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const key = `${only}`;
    keys.current[key] ??= crypto.randomUUID();
    try {
      await acts.startFrom(message, only, keys.current[key]);
      setOpen(false);
    } catch (error) {
      setProblem(error instanceof AskFailed ? error.message : "Something went wrong. Try again.");
    } finally {
      setBusy(false);
    }
  };
  const close = () => {
    setOpen(false);
    setProblem(null);
  };
  return (
    <div className={styles.menu} data-open={open ? "yes" : "no"}>
      <Popover
        active={open}
        onClose={close}
        autofocusTarget="first-node"
        preferredAlignment="left"
        activator={
          <Button
            icon={MenuHorizontalIcon}
            variant="tertiary"
            size="micro"
            accessibilityLabel={`More actions for this message from ${customerName}`}
            onClick={() => (open ? close() : setOpen(true))}
          />
        }
      >
        <ActionList
          actionRole="menuitem"
          items={[
            {
              content: "Start a new conversation from here",
              helpText: "With what they wrote after it, and your answers",
              disabled: busy,
              onAction: () => void start(false),
            },
            {
              content: "Start a new conversation with only this message",
              disabled: busy,
              onAction: () => void start(true),
            },
          ]}
        />
        {problem ? (
          <Box padding="300" paddingBlockStart="0">
            <div role="alert">
              <Text as="p" tone="critical">
                {problem}
              </Text>
            </div>
          </Box>
        ) : null}
      </Popover>
    </div>
  );
}
