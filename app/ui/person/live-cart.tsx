import { useNavigate } from "@remix-run/react";
import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import type { CartBeside } from "~/customers/beside";
import { useAdmin, useNow } from "../admin-context";
import { CartCodes, CartLines } from "../cart/cart-lines";
import { money } from "../money";
import { age } from "../time";
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
        <CartLines lines={cart.lines} currency={cart.currency} />
        <InlineStack align="space-between">
          <Text as="span" fontWeight="semibold">
            Total
          </Text>
          <Text as="span" fontWeight="semibold" numeric>
            {money(cart.total, cart.currency, locale)}
          </Text>
        </InlineStack>
        <CartCodes codes={cart.discountCodes} />
        <Button fullWidth onClick={() => navigate(`/draft-orders/new?cart=${cart.id}&conversation=${conversationId}`)}>
          Create draft order
        </Button>
      </BlockStack>
    </Section>
  );
}
