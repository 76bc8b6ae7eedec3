import { Link } from "@remix-run/react";
import { Avatar, Badge, Box, InlineStack, Text } from "@shopify/polaris";
import type { CustomerRow, UnmetRow } from "~/customers/list";
import { initials, personName } from "~/customers/name";
import { useAdmin, useNow } from "../admin-context";
import { age } from "../time";
import styles from "./customers.module.css";

/** Our people, one a line. */
export function CustomerList({ rows }: { rows: CustomerRow[] }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  return (
    <ul className={styles.plain} aria-label="Customers">
      {rows.map((row) => {
        const name = personName(row);
        const talks = row.conversations === 1 ? "1 conversation" : `${row.conversations} conversations`;
        return (
          <li key={row.id}>
            <Link to={`/customers/${row.id}`} className={styles.row}>
              <Avatar initials={initials(name)} name={name} />
              <span className={styles.words}>
                <Text as="span" variant="bodyMd" fontWeight="semibold" truncate>
                  <bdi>{name}</bdi>
                </Text>
                <Text as="span" variant="bodySm" tone="subdued" truncate>
                  {row.email && row.email !== name ? <bdi>{`${row.email} · `}</bdi> : null}
                  {talks} · {age(row.updatedAt, now, locale, shop.timeZone)}
                </Text>
              </span>
              <InlineStack>
                {row.shopifyCustomerId ? <Badge tone="success">Shopify customer</Badge> : <Badge>Not signed in</Badge>}
              </InlineStack>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** Shopify's customers who never were in touch; opening one makes them one of ours. */
export function UnmetList({ rows }: { rows: UnmetRow[] }) {
  return (
    <section aria-labelledby="unmet">
      <Box padding="300" paddingBlockEnd="0">
        <Text as="h2" variant="headingSm" id="unmet">
          In Shopify, not in touch yet
        </Text>
      </Box>
      <ul className={styles.plain} aria-labelledby="unmet">
        {rows.map((row) => {
          const name = personName(row);
          return (
            <li key={row.shopifyCustomerId}>
              <Link to={`/customers/shopify/${row.shopifyCustomerId.split("/").at(-1)}`} className={styles.row}>
                <Avatar initials={initials(name)} name={name} />
                <span className={styles.words}>
                  <Text as="span" variant="bodyMd" fontWeight="semibold" truncate>
                    <bdi>{name}</bdi>
                  </Text>
                  <Text as="span" variant="bodySm" tone="subdued" truncate>
                    {row.email && row.email !== name ? <bdi>{`${row.email} · `}</bdi> : null}
                    {row.orders === 1 ? "1 order" : `${row.orders} orders`}
                  </Text>
                </span>
                <Badge>Shopify customer</Badge>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
