import { Text } from "@shopify/polaris";

/** What Shopify withholds from the app, such as "name": said, because nothing there would look like nothing known. */
export function NotPermitted({ what }: { what: readonly string[] }) {
  if (what.length === 0) return null;
  return (
    <Text as="p" variant="bodySm" tone="subdued">
      {`Not permitted by Shopify: ${what.join(", ")}`}
    </Text>
  );
}
