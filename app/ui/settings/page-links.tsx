import { Box, Card, Icon, InlineStack, Link, Text } from "@shopify/polaris";
import { settingsPages } from "./settings-pages";

/** The pages behind Settings, each as a line that leads to it. */
export function PageLinks() {
  return (
    <Card padding="0">
      {settingsPages.map(({ path, title, words, icon }, place) => (
        <Box
          key={path}
          padding="400"
          {...(place > 0 ? { borderBlockStartWidth: "025" as const, borderColor: "border" as const } : {})}
        >
          <InlineStack gap="300" wrap={false} blockAlign="center">
            <Box>
              <Icon source={icon} tone="subdued" />
            </Box>
            <div>
              <Text as="h2" variant="headingSm">
                <Link url={path} removeUnderline>
                  {title}
                </Link>
              </Text>
              <Text as="p" tone="subdued">
                {words}
              </Text>
            </div>
          </InlineStack>
        </Box>
      ))}
    </Card>
  );
}
