import { useNavigate } from "@remix-run/react";
import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import type { CartBeside } from "~/customers/beside";
import { useAdmin, useNow } from "../admin-context";
import { money } from "../money";
import { age } from "../time";
import styles from "./person.module.css";
import { Picture } from "./picture";
import { Nothing, Section } from "./section";

/** What is in the shopper's cart now, and the way from there to a draft order. */
export function LiveCart({ cart, conversationId }: { cart: CartBeside | null; conversationId: string }) {
  const { locale } = useAdmin();
  const now = useNow();
  const navigate = useNavigate();
  if (!cart) {
    return (
      <Section title="Live cart">
        <Nothing>The cart is empty.</Nothing>
      </Section>
    );
  }
  const changed = age(cart.changedAt, now, locale);
  return (
    <Section
      title="Live cart"
      aside={
        <Text as="span" variant="bodySm" tone="subdued">
          Changed {changed === "now" ? "just now" : changed}
        </Text>
      }
    >
      <BlockStack gap="300">
        <ul className={styles.plain}>
          {cart.lines.map((line) => (
            <li key={line.key} className={styles.line}>
              <Picture source={line.image} />
              <div className={styles.words}>
                <Text as="p" variant="bodySm" fontWeight="medium">
                  <bdi>{line.title}</bdi>
                </Text>
                <Text as="p" variant="bodySm" tone="subdued">
                  {line.variantTitle ? <bdi>{`${line.variantTitle} · `}</bdi> : null}
                  {line.quantity} × {money(line.price, cart.currency, locale)}
                </Text>
              </div>
              <Text as="span" variant="bodySm" numeric>
                {money(line.lineTotal, cart.currency, locale)}
              </Text>
            </li>
          ))}
        </ul>
        <InlineStack align="space-between">
          <Text as="span" fontWeight="semibold">
            Total
          </Text>
          <Text as="span" fontWeight="semibold" numeric>
            {money(cart.total, cart.currency, locale)}
          </Text>
        </InlineStack>
        {cart.discountCodes.length > 0 ? (
          <Text as="p" variant="bodySm" tone="subdued" breakWord>
            Discount: {cart.discountCodes.join(", ")}
          </Text>
        ) : null}
        <Button fullWidth onClick={() => navigate(`/draft-orders/new?cart=${cart.id}&conversation=${conversationId}`)}>
          Create draft order
        </Button>
      </BlockStack>
    </Section>
  );
}
