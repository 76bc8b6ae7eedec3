import { Badge, BlockStack, Card, Link, Text } from "@shopify/polaris";
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
          All orders
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          Those that Shopify shows to this app: as a rule of the last 60 days.
        </Text>
        {orders.length === 0 ? (
          <Text as="p" tone="subdued">
            No orders yet.
          </Text>
        ) : (
          <ul className={styles.plain} aria-label="All orders">
            {orders.map((one) => (
              <li key={one.id} className={`${styles.item} ${styles.order}`}>
                <span>
                  <Link url={`shopify://admin/orders/${one.id.split("/").at(-1)}`} target="_top" removeUnderline>
                    {one.name}
                  </Link>{" "}
                  <Text as="span" variant="bodySm" tone="subdued">
                    · {shortDate(one.at, now, locale, shop.timeZone)}
                  </Text>
                </span>
                <span className={styles.amount}>
                  <Text as="span" numeric>
                    {money(one.total, one.currency, locale)}
                  </Text>
                </span>
                <div className={styles.states}>
                  {one.cancelled ? <Badge tone="critical">Cancelled</Badge> : null}
                  {one.payment ? (
                    <Badge tone={one.payment === "paid" ? undefined : "attention"}>{inWords(one.payment)}</Badge>
                  ) : null}
                  <Badge tone={one.fulfillment === "fulfilled" ? undefined : "attention"}>
                    {inWords(one.fulfillment)}
                  </Badge>
                </div>
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
