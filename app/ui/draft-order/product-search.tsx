import { BlockStack, Combobox, Icon, InlineStack, Listbox, Text } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useRef, useState } from "react";
import type { DraftLine } from "~/draft-orders/form/shape";
import type { ProductFound } from "~/shopify/products";
import type { VariantNow } from "~/shopify/variants";
import { useAdmin } from "../admin-context";
import { AskFailed, ask } from "../ask";
import { Picture } from "../cart/picture";
import { money } from "../money";

interface ProductSearchProps {
  error?: string;
  onAdd(line: DraftLine): void;
}

/** A search over the shop's products that adds a variant to the draft order. */
export function ProductSearch({ error, onAdd }: ProductSearchProps) {
  const { locale, shop } = useAdmin();
  const [typed, setTyped] = useState("");
  const { products, loading, failure } = useProducts(typed);
  const variants = products.flatMap((product) => product.variants);

  const add = (id: string) => {
    const variant = variants.find((one) => one.id === id);
    if (!variant) return;
    onAdd(lineOf(variant));
    setTyped("");
  };
  return (
    <Combobox
      activator={
        <Combobox.TextField
          label="Add a product"
          placeholder="Search by name or SKU"
          prefix={<Icon source={SearchIcon} />}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          error={failure ?? error}
        />
      }
    >
      {typed.trim() === "" ? null : (
        <Listbox onSelect={add}>
          {loading ? <Listbox.Loading accessibilityLabel="Searching" /> : null}
          {variants.map((variant) => (
            <Listbox.Option key={variant.id} value={variant.id} accessibilityLabel={nameOf(variant)}>
              <Listbox.TextOption>
                <InlineStack gap="300" blockAlign="center" wrap={false}>
                  <Picture source={variant.image} />
                  <BlockStack>
                    <Text as="span" breakWord>
                      {nameOf(variant)}
                    </Text>
                    <Text as="span" variant="bodySm" tone="subdued">
                      {money(variant.price, shop.currency, locale)} · {stockWords(variant)}
                      {variant.sku ? ` · ${variant.sku}` : ""}
                    </Text>
                  </BlockStack>
                </InlineStack>
              </Listbox.TextOption>
            </Listbox.Option>
          ))}
          {!loading && variants.length === 0 && !failure ? (
            <Listbox.Action value="">No product matches</Listbox.Action>
          ) : null}
        </Listbox>
      )}
    </Combobox>
  );
}

/** Products that match, asked for when typing rests; an answer to an earlier question is not shown. */
function useProducts(typed: string) {
  const [state, setState] = useState<{ products: ProductFound[]; loading: boolean; failure?: string }>({
    products: [],
    loading: false,
  });
  const latest = useRef(0);
  useEffect(() => {
    latest.current += 1;
    const mine = latest.current;
    if (typed.trim() === "") return setState({ products: [], loading: false });
    setState((before) => ({ ...before, loading: true }));
    const timer = setTimeout(async () => {
      try {
        const path = `/draft-orders/products?q=${encodeURIComponent(typed)}`;
        const { products } = await ask<{ products: ProductFound[] }>(path);
        if (latest.current === mine) setState({ products, loading: false });
      } catch (error) {
        if (latest.current !== mine) return;
        const failure = error instanceof AskFailed ? error.message : "The search failed. Try again.";
        setState({ products: [], loading: false, failure });
      }
    }, 250);
    return () => clearTimeout(timer);
  }, [typed]);
  return state;
}

function nameOf(variant: VariantNow): string {
  return variant.variantTitle ? `${variant.productTitle}, ${variant.variantTitle}` : variant.productTitle;
}

function stockWords(variant: VariantNow): string {
  if (variant.available === null) return "Always available";
  return variant.available > 0 ? `${variant.available} in stock` : "Out of stock";
}

function lineOf(variant: VariantNow): DraftLine {
  return {
    key: `added-${variant.id}-${Date.now().toString(36)}`,
    variantId: variant.id,
    title: variant.productTitle,
    variantTitle: variant.variantTitle,
    sku: variant.sku,
    image: variant.image,
    quantity: 1,
    price: variant.price,
    discount: null,
    properties: {},
  };
}
