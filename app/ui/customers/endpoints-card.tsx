import { Badge, BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import type { Endpoint } from "~/customers/page/endpoints";
import { useAdmin, useNow } from "../admin-context";
import { ChannelIcon } from "../channels/channel-icon";
import { sentence } from "../person/identity";
import styles from "./customers.module.css";
import { endpointWords, placeWords, ruleWords } from "./endpoint-words";

/** Where an answer reaches them on every channel, with what may be sent there now. */
export function Endpoints({ endpoints }: { endpoints: Endpoint[] }) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingMd">
          Where they can be reached
        </Text>
        {endpoints.length === 0 ? (
          <Text as="p" tone="subdued">
            Nowhere yet: they have not written to you.
          </Text>
        ) : (
          <ul className={styles.plain} aria-label="Where they can be reached">
            {endpoints.map((one) => (
              <Place key={one.id} endpoint={one} />
            ))}
          </ul>
        )}
      </BlockStack>
    </Card>
  );
}

function Place({ endpoint }: { endpoint: Endpoint }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  const words = sentence(endpointWords(endpoint, now, locale, shop.timeZone));
  const rule = ruleWords(endpoint.rule, now);
  const { conversationId, status, channel } = endpoint;
  const to = channel === "chat" ? "" : `&to=${endpoint.id}`;
  return (
    <li className={styles.item}>
      <InlineStack gap="200" wrap={false} blockAlign="start">
        <span className={styles.place}>
          <ChannelIcon kind={channel} />
        </span>
        <div className={styles.placeWords}>
          {conversationId ? (
            <Link url={`/inbox/${conversationId}?view=${status ?? "open"}${to}`} removeUnderline>
              {words}
            </Link>
          ) : (
            <Text as="p">{words}</Text>
          )}
          <Text as="p" variant="bodySm" tone="subdued" breakWord>
            <bdi>{placeWords(endpoint, locale)}</bdi>
          </Text>
          {endpoint.rule.open ? (
            rule ? (
              <Text as="p" variant="bodySm" tone="subdued">
                {sentence(rule)}
              </Text>
            ) : null
          ) : (
            <BlockStack gap="100" inlineAlign="start">
              <Badge tone="attention" size="small">
                {endpoint.rule.instead === "template" ? "Templates only" : "Closed"}
              </Badge>
              <Text as="p" variant="bodySm" tone="subdued" breakWord>
                {endpoint.rule.words}
              </Text>
            </BlockStack>
          )}
        </div>
      </InlineStack>
    </li>
  );
}
