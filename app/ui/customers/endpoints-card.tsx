import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import type { Endpoint } from "~/customers/page/endpoints";
import { useAdmin, useNow } from "../admin-context";
import styles from "./customers.module.css";
import { endpointWords, placeWords } from "./endpoint-words";

/** Where an answer reaches them, in words. */
export function Endpoints({ endpoints }: { endpoints: Endpoint[] }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingMd">
          Where they can be reached
        </Text>
        {endpoints.length === 0 ? (
          <Text as="p" tone="subdued">
            Nowhere yet: they have not written from your store.
          </Text>
        ) : (
          <ul className={styles.plain} aria-label="Where they can be reached">
            {endpoints.map((one) => {
              const words = endpointWords(one, now, locale, shop.timeZone);
              return (
                <li key={one.id} className={styles.item}>
                  <Link url={`/inbox/${one.conversationId}?view=${one.status}`} removeUnderline>
                    {words.charAt(0).toUpperCase() + words.slice(1)}
                  </Link>
                  <Text as="p" variant="bodySm" tone="subdued">
                    {placeWords(one, locale)}
                  </Text>
                </li>
              );
            })}
          </ul>
        )}
      </BlockStack>
    </Card>
  );
}
