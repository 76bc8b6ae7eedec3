import { Badge, BlockStack, Button, InlineStack, Link, Text } from "@shopify/polaris";
import { memo, useState } from "react";
import type { LiveCart } from "~/live-view/live-cart";
import { useAdmin, useNow } from "../admin-context";
import { CartCodes, CartLines } from "../cart/cart-lines";
import { money } from "../money";
import { age, span } from "../time";
import { countryName } from "./country";
import styles from "./live-view.module.css";

/** Lines that are shown before "Show all". */
const fewLines = 3;

interface CartRowProps {
  cart: LiveCart;
  /** The chat with this shopper is being opened. */
  starting: boolean;
  onStartChat(cart: LiveCart): void;
}

/** One shopper with a cart: who they are, where they are, what is in the cart, and what staff can do now. */
export const CartRow = memo(function CartRow({ cart, starting, onStartChat }: CartRowProps) {
  const { locale } = useAdmin();
  const now = useNow();
  const name = cart.shopper?.name || cart.shopper?.email || "Visitor";
  const changed = age(cart.changedAt, now, locale);
  const draft = `/draft-orders/new?cart=${cart.id}${cart.conversation ? `&conversation=${cart.conversation.id}` : ""}`;
  return (
    <article className={styles.cart} aria-label={`Cart of ${name}`}>
      <Shopper cart={cart} name={name} />
      <Lines cart={cart} />
      <div className={styles.side}>
        <div className={styles.total}>
          <Text as="p" variant="headingMd" numeric>
            {money(cart.total, cart.currency, locale)}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {changed === "now" ? "Changed just now" : `Changed ${changed} ago`}
          </Text>
        </div>
        <InlineStack gap="200" align="end">
          {cart.conversation ? (
            <Button url={`/inbox/${cart.conversation.id}`} accessibilityLabel={`Open chat with ${name}`}>
              Open chat
            </Button>
          ) : cart.shopper ? (
            <Button
              loading={starting}
              onClick={() => onStartChat(cart)}
              accessibilityLabel={`Start a chat with ${name}`}
            >
              Start a chat
            </Button>
          ) : null}
          {cart.draftOrder ? (
            <Button
              url={`/draft-orders/${cart.draftOrder.id}`}
              accessibilityLabel={`Open draft order ${cart.draftOrder.name}`}
            >
              Open draft {cart.draftOrder.name}
            </Button>
          ) : (
            <Button url={draft} accessibilityLabel={`Create draft order from the cart of ${name}`}>
              Create draft order
            </Button>
          )}
        </InlineStack>
      </div>
    </article>
  );
});

function Shopper({ cart, name }: { cart: LiveCart; name: string }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  const { shopper } = cart;
  return (
    <div className={styles.who}>
      <BlockStack gap="150">
        <Text as="h2" variant="headingSm">
          <bdi>{name}</bdi>
        </Text>
        <InlineStack gap="100">
          {shopper?.identified ? <Badge tone="success">Signed in</Badge> : null}
          {shopper && !shopper.identified && (shopper.name || shopper.email) ? <Badge>Not proven</Badge> : null}
          {shopper ? (
            <Badge tone={shopper.visits > 1 ? "info" : undefined}>{shopper.visits > 1 ? "Returning" : "New"}</Badge>
          ) : null}
          {cart.checkoutAt ? <Badge tone="attention">In checkout</Badge> : null}
        </InlineStack>
        {shopper ? (
          <>
            <Text as="p" variant="bodySm">
              {shopper.here
                ? `On the site for ${span(Math.max(0, now - Date.parse(shopper.since)))}`
                : leftWords(shopper.lastSeenAt, now, locale)}
              {shopper.countryCode ? ` · ${countryName(shopper.countryCode, locale)}` : ""}
            </Text>
            {shopper.page ? (
              <Text as="p" variant="bodySm" tone="subdued" breakWord>
                {shopper.here ? "Looking at " : "Last looked at "}
                <Link url={`https://${shop.domain}${shopper.page.path}`} target="_blank" removeUnderline>
                  <bdi>{shopper.page.title || shopper.page.path}</bdi>
                </Link>
              </Text>
            ) : null}
          </>
        ) : (
          <Text as="p" variant="bodySm" tone="subdued">
            The browser tells nothing about itself; Shopify reported this cart.
          </Text>
        )}
      </BlockStack>
    </div>
  );
}

function leftWords(lastSeenAt: string, now: number, locale: string): string {
  const ago = age(lastSeenAt, now, locale);
  return ago === "now" ? "Left just now" : `Last seen ${ago} ago`;
}

function Lines({ cart }: { cart: LiveCart }) {
  const [all, setAll] = useState(false);
  const shown = all ? cart.lines : cart.lines.slice(0, fewLines);
  const more = cart.lines.length - fewLines;
  return (
    <BlockStack gap="200">
      <CartLines lines={shown} currency={cart.currency} />
      {more > 0 ? (
        <InlineStack>
          <Button variant="plain" onClick={() => setAll(!all)} ariaExpanded={all}>
            {all ? "Show fewer" : `Show ${more} more ${more === 1 ? "line" : "lines"}`}
          </Button>
        </InlineStack>
      ) : null}
      <CartCodes codes={cart.discountCodes} />
    </BlockStack>
  );
}
