import { BlockStack, Box, Button, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

interface QuietStateProps {
  heading: string;
  children?: ReactNode;
  /** At most one way on. */
  action?: { content: string; url?: string; onAction?: () => void };
}

/** A place that has nothing to show: why, and one thing to do about it. */
export function QuietState({ heading, children, action }: QuietStateProps) {
  return (
    <Box padding="800">
      <BlockStack gap="300" inlineAlign="center">
        <Text as="h2" variant="headingMd" alignment="center">
          {heading}
        </Text>
        {children ? (
          <Box maxWidth="28rem">
            <Text as="p" tone="subdued" alignment="center">
              {children}
            </Text>
          </Box>
        ) : null}
        {action ? (
          <Button url={action.url} onClick={action.onAction}>
            {action.content}
          </Button>
        ) : null}
      </BlockStack>
    </Box>
  );
}
