import { Card, Text } from "@shopify/polaris";
import type { LiveSummary } from "~/live-view/list-carts";
import { useAdmin } from "../admin-context";
import { money } from "../money";
import styles from "./live-view.module.css";

/** How many shop now, how many carts are live, and what they are worth. */
export function Summary({ summary }: { summary: LiveSummary }) {
  const { locale, shop } = useAdmin();
  const values = summary.values.length > 0 ? summary.values : [{ currency: shop.currency, total: 0 }];
  return (
    <Card>
      <dl className={styles.summary}>
        <Fact name="Shoppers now" value={summary.shoppers.toLocaleString(locale)} />
        <Fact name="Carts now" value={summary.carts.toLocaleString(locale)} />
        <Fact
          name="Value now"
          value={values.map(({ currency, total }) => money(total, currency, locale)).join(" + ")}
        />
      </dl>
    </Card>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <Text as="dt" variant="bodySm" tone="subdued">
        {name}
      </Text>
      <Text as="dd" variant="headingLg" numeric>
        {value}
      </Text>
    </div>
  );
}
