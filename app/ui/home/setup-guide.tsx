import { BlockStack, Box, Button, Card, Icon, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { CheckCircleIcon, MinusCircleIcon, XIcon } from "@shopify/polaris-icons";
import type { SetupSteps } from "~/home/setup-steps";
import { useThemeEditor } from "./chat-status";
import styles from "./home.module.css";

interface SetupGuideProps {
  steps: SetupSteps;
  /** As App Bridge says it now, which may be newer than what is kept. */
  chatOn: boolean;
  onDismiss(): void;
}

/** The first steps of a new store; each ticks itself. */
export function SetupGuide({ steps, chatOn, onDismiss }: SetupGuideProps) {
  const editor = useThemeEditor();
  const list = [
    { name: "Switch the chat on in your theme", done: chatOn, url: editor, target: "_top" as const, go: "Open editor" },
    { name: "Link your privacy policy", done: steps.privacyLink, url: "/settings", go: "Add link" },
    { name: "Answer your first conversation", done: steps.answered, url: "/inbox", go: "Open Inbox" },
    { name: "Send your first draft order", done: steps.draftOrderSent, url: "/live-view", go: "See carts" },
  ];
  const done = list.filter((one) => one.done).length;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" wrap={false}>
          <Text as="h2" variant="headingMd">
            Set up Throughline
          </Text>
          <Button icon={XIcon} variant="tertiary" accessibilityLabel="Put the set-up steps away" onClick={onDismiss} />
        </InlineStack>
        <InlineStack gap="300" blockAlign="center" wrap={false}>
          <Box minWidth="max-content">
            <Text as="span" variant="bodySm" tone="subdued">
              {done} of {list.length} done
            </Text>
          </Box>
          <ProgressBar
            progress={(done / list.length) * 100}
            size="small"
            tone="primary"
            animated={false}
            ariaLabelledBy="setup-progress"
          />
        </InlineStack>
        <ul className={styles.plain}>
          {list.map((one) => (
            <li key={one.name} className={styles.step}>
              <span>
                <Icon
                  source={one.done ? CheckCircleIcon : MinusCircleIcon}
                  tone={one.done ? "success" : "subdued"}
                  accessibilityLabel={one.done ? "Done" : "To do"}
                />
              </span>
              <Text as="span" tone={one.done ? "subdued" : undefined}>
                {one.name}
              </Text>
              {one.done ? null : (
                <Button variant="plain" url={one.url} target={one.target} accessibilityLabel={`${one.go}: ${one.name}`}>
                  {one.go}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
