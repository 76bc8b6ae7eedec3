import { Badge, BlockStack, InlineStack, Link, Text } from "@shopify/polaris";
import type { CustomerPanel } from "~/customers/shopify-beside";
import { useAdmin, useNow } from "../admin-context";
import { money } from "../money";
import { shortDate } from "../time";
import styles from "./person.module.css";
import { Nothing } from "./section";

type Order = NonNullable<Extract<CustomerPanel["orders"], { permitted: true }>["value"]>[number];

/** The last orders, each with how far it is paid and sent, and where the parcel is. */
export function Orders({ orders }: { orders: Order[] }) {
  if (orders.length === 0) return <Nothing>No orders yet.</Nothing>;
  return (
    <ul className={styles.plain}>
      {orders.map((order) => (
        <li key={order.id}>
          <OrderLine order={order} />
        </li>
      ))}
    </ul>
  );
}

function OrderLine({ order }: { order: Order }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  const first = order.lines[0];
  const others = order.lines.length - 1;
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <InlineStack gap="150" blockAlign="center">
          <Link url={`shopify://admin/orders/${order.id.split("/").at(-1)}`} target="_top" removeUnderline>
            {order.name}
          </Link>
          <Text as="span" variant="bodySm" tone="subdued">
            {shortDate(order.at, now, locale, shop.timeZone)}
          </Text>
        </InlineStack>
        <Text as="span" numeric>
          {money(order.total, order.currency, locale)}
        </Text>
      </InlineStack>
      <InlineStack gap="100">
        {order.cancelled ? <Badge tone="critical">Cancelled</Badge> : null}
        {order.payment ? (
          <Badge tone={order.payment === "Paid" ? undefined : "attention"}>{order.payment}</Badge>
        ) : null}
        <Badge tone={order.fulfillment === "Fulfilled" ? undefined : "attention"}>{order.fulfillment}</Badge>
      </InlineStack>
      {first ? (
        <Text as="p" variant="bodySm" tone="subdued" breakWord>
          {first.quantity} × <bdi>{first.variantTitle ? `${first.title}, ${first.variantTitle}` : first.title}</bdi>
          {others > 0 ? ` and ${others} more` : ""}
        </Text>
      ) : null}
      {order.shipments.map((shipment) => (
        <Shipment key={shipment.id} shipment={shipment} />
      ))}
    </BlockStack>
  );
}

function Shipment({ shipment }: { shipment: Order["shipments"][number] }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  const day = (at: string) => shortDate(at, now, locale, shop.timeZone);
  const words = shipment.deliveredAt
    ? `Delivered ${day(shipment.deliveredAt)}`
    : shipment.expectedAt
      ? `${shipment.status ?? "On its way"}, expected ${day(shipment.expectedAt)}`
      : shipment.status;
  return (
    <Text as="p" variant="bodySm" breakWord>
      {words ? `${words} ` : ""}
      {shipment.tracking.map((one) => {
        const name = [one.company, one.number].filter(Boolean).join(" ") || "Tracking";
        return one.url ? (
          <Link key={name} url={one.url} target="_blank">
            {name}
          </Link>
        ) : (
          <span key={name}>{name}</span>
        );
      })}
    </Text>
  );
}
