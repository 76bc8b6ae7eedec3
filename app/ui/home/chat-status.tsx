import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { WidgetStatus } from "~/home/today";
import { useAdmin } from "../admin-context";

/** Where the merchant switches the chat on: the theme editor, with the app embed already chosen. */
export function useThemeEditor(): string {
  const { shop, clientId } = useAdmin();
  return `https://${shop.domain}/admin/themes/current/editor?context=apps&activateAppId=${clientId}/chat`;
}

/** Whether shoppers see the chat. */
export function ChatStatus({ status }: { status: WidgetStatus }) {
  const editor = useThemeEditor();
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Chat on your storefront
          </Text>
          {status === "unknown" ? null : (
            <Badge tone={status === "on" ? "success" : "attention"}>{status === "on" ? "On" : "Off"}</Badge>
          )}
        </InlineStack>
        <Text as="p" tone="subdued">
          {status === "on"
            ? "Shoppers see it on every page of your live theme. Change its colour, place and greeting in the theme editor."
            : "Shoppers cannot write to you yet. Switch the chat on in the theme editor and save."}
        </Text>
        <InlineStack>
          <Button url={editor} target="_top" variant={status === "off" ? "primary" : "secondary"}>
            {status === "on" ? "Customize" : "Switch chat on"}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
