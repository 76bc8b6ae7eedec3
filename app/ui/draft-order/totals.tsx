import {
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  InlineError,
  InlineStack,
  Popover,
  Spinner,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import { useAdmin } from "../admin-context";
import { money } from "../money";
import { AmountField } from "./amount-field";
import { DiscountEditor } from "./discount-editor";
import styles from "./draft-order.module.css";
import type { Draft } from "./use-draft";

/** What the draft order comes to, as Shopify computes it, with the discount and the shipping that staff set. */
export function Totals({ draft, locked }: { draft: Draft; locked: boolean }) {
  const { locale, shop } = useAdmin();
  const { form, totals, problem, edit } = draft;
  const currency = totals?.currency ?? shop.currency;
  const show = (minor: number | undefined) => (minor === undefined ? "–" : money(minor, currency, locale));
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Payment
          </Text>
          <div className={styles.busy} aria-live="polite">
            {draft.calculating ? <Spinner size="small" accessibilityLabel="Calculating the total" /> : null}
          </div>
        </InlineStack>
        {draft.failure ? (
          <Banner tone="critical" action={{ content: "Try again", onAction: draft.calculateAgain }}>
            {draft.failure}
          </Banner>
        ) : null}
        <dl className={`${styles.totals} ${draft.stale ? styles.stale : ""}`}>
          <dt>Subtotal</dt>
          <dd>{show(totals?.subtotal)}</dd>
          <dt>
            {locked ? (
              "Discount"
            ) : (
              <DiscountEditor
                discount={form.discount}
                currency={shop.currency}
                locale={locale}
                of="the order"
                error={problem("discount")}
                onChange={(discount) => edit({ discount })}
                title={form.discountTitle}
                onTitle={(discountTitle) => edit({ discountTitle })}
              />
            )}
            {problem("discount") ? <InlineError fieldID="discount" message={problem("discount") ?? ""} /> : null}
          </dt>
          <dd>{totals && totals.discount > 0 ? `−${show(totals.discount)}` : show(totals ? 0 : undefined)}</dd>
          <dt>{locked ? (form.shipping?.title ?? "Shipping") : <ShippingEditor draft={draft} />}</dt>
          <dd>{show(totals?.shipping)}</dd>
          <dt>Taxes</dt>
          <dd>{show(totals?.tax)}</dd>
          <dt>
            <Text as="span" fontWeight="semibold">
              Total
            </Text>
          </dt>
          <dd>
            <Text as="span" fontWeight="semibold" numeric>
              {show(totals?.total)}
            </Text>
          </dd>
        </dl>
      </BlockStack>
    </Card>
  );
}

function ShippingEditor({ draft }: { draft: Draft }) {
  const { shop } = useAdmin();
  const { form, problem, edit } = draft;
  const [open, setOpen] = useState(false);
  const shipping = form.shipping ?? { title: "Standard", price: 0 };
  const wrong = problem("shipping.title") ?? problem("shipping.price");
  const activator = (
    <Button variant="plain" tone={wrong ? "critical" : undefined} ariaExpanded={open} onClick={() => setOpen(!open)}>
      {form.shipping ? `Shipping: ${form.shipping.title || "no name"}` : "Add shipping"}
    </Button>
  );
  return (
    <>
      <Popover active={open} activator={activator} onClose={() => setOpen(false)} sectioned>
        <Box minWidth="14rem">
          <BlockStack gap="300">
            <TextField
              label="Name"
              value={shipping.title}
              onChange={(title) => edit({ shipping: { ...shipping, title } })}
              autoComplete="off"
              error={problem("shipping.title")}
            />
            <AmountField
              label="Price"
              value={shipping.price}
              currency={shop.currency}
              error={problem("shipping.price")}
              onChange={(price) => edit({ shipping: { ...shipping, price } })}
            />
            <InlineStack align="space-between">
              <Button
                tone="critical"
                disabled={!form.shipping}
                onClick={() => {
                  edit({ shipping: null });
                  setOpen(false);
                }}
              >
                Remove
              </Button>
              <Button
                onClick={() => {
                  if (!form.shipping) edit({ shipping });
                  setOpen(false);
                }}
              >
                Done
              </Button>
            </InlineStack>
          </BlockStack>
        </Box>
      </Popover>
      {wrong ? <InlineError fieldID="shipping" message={wrong} /> : null}
    </>
  );
}
