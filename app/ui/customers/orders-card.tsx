import { Badge, BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import type { OrderRow } from "~/customers/page/orders";
import { useAdmin, useNow } from "../admin-context";
import { money } from "../money";
import { shortDate } from "../time";
import styles from "./customers.module.css";

/** Their orders in Shopify, newest first. */
export function Orders({ orders }: { orders: OrderRow[] }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingMd">
          Orders
        </Text>
        {orders.length === 0 ? (
          <Text as="p" tone="subdued">
            No orders yet.
          </Text>
        ) : (
          <ul className={styles.plain} aria-label="Orders">
            {orders.map((one) => (
              <li key={one.id} className={styles.item}>
                <InlineStack align="space-between" gap="200" wrap={false}>
                  <div className={styles.words}>
                    <InlineStack gap="200" align="start" blockAlign="center">
                      <Link url={`shopify://admin/orders/${one.id.split("/").at(-1)}`} target="_top" removeUnderline>
                        {one.name}
                      </Link>
                      <Text as="span" variant="bodySm" tone="subdued">
                        {shortDate(one.at, now, locale, shop.timeZone)}
                      </Text>
                    </InlineStack>
                    <InlineStack gap="100" align="start">
                      {one.cancelled ? <Badge tone="critical">Cancelled</Badge> : null}
                      {one.payment ? (
                        <Badge tone={one.payment === "paid" ? undefined : "attention"}>{inWords(one.payment)}</Badge>
                      ) : null}
                      <Badge tone={one.fulfillment === "fulfilled" ? undefined : "attention"}>
                        {inWords(one.fulfillment)}
                      </Badge>
                    </InlineStack>
                  </div>
                  <span className={styles.amount}>
                    <Text as="span" numeric>
                      {money(one.total, one.currency, locale)}
                    </Text>
                  </span>
                </InlineStack>
              </li>
            ))}
          </ul>
        )}
      </BlockStack>
    </Card>
  );
}

/** "partially_refunded" → "Partially refunded". */
function inWords(status: string): string {
  const words = status.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
