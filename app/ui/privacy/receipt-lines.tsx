import { BlockStack, Box, InlineStack, List, Text } from "@shopify/polaris";
import type { Receipt } from "~/privacy/receipt";
import { useAdmin } from "../admin-context";

/** What a receipt says: what was erased, what stayed and why. Tables of which there was nothing are passed over. */
export function ReceiptLines({ receipt }: { receipt: Receipt }) {
  const { locale } = useAdmin();
  const erased = receipt.erased.filter(({ rows }) => rows > 0);
  const kept = receipt.kept.filter(({ rows }) => rows > 0);
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h3" variant="headingSm">
            Erased
          </Text>
          {erased.length === 0 ? <Text as="p">Nothing was kept of this person.</Text> : null}
          {erased.map(({ table, what, rows }) => (
            <InlineStack key={table} align="space-between" gap="400" wrap={false}>
              <Text as="span">{what}</Text>
              <Text as="span" numeric>
                {rows.toLocaleString(locale)}
              </Text>
            </InlineStack>
          ))}
        </BlockStack>
        {kept.length > 0 ? (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">
              Kept
            </Text>
            {kept.map(({ table, what, rows, ground }) => (
              <BlockStack key={table}>
                <InlineStack align="space-between" gap="400" wrap={false}>
                  <Text as="span">{what}</Text>
                  <Text as="span" numeric>
                    {rows.toLocaleString(locale)}
                  </Text>
                </InlineStack>
                <Text as="p" tone="subdued">
                  {ground}
                </Text>
              </BlockStack>
            ))}
          </BlockStack>
        ) : null}
        <List>
          {receipt.remarks.map((remark) => (
            <List.Item key={remark}>{remark}</List.Item>
          ))}
        </List>
      </BlockStack>
    </Box>
  );
}
