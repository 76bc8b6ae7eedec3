import { Banner, BlockStack, Button, Card, InlineError, Text, TextField } from "@shopify/polaris";
import { DeleteIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import type { LineNotice } from "~/draft-orders/form/decide-stock";
import type { DraftLine } from "~/draft-orders/form/shape";
import { useAdmin } from "../admin-context";
import { Picture } from "../cart/picture";
import { money } from "../money";
import { DiscountEditor } from "./discount-editor";
import styles from "./draft-order.module.css";
import { ProductSearch } from "./product-search";
import type { Draft } from "./use-draft";

interface LinesProps {
  draft: Draft;
  locked: boolean;
}

/** What is sold: lines with quantity and discount, and the search that adds more. */
export function Lines({ draft, locked }: LinesProps) {
  const { form, edit, problem } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Products
        </Text>
        {locked ? null : (
          <ProductSearch error={problem("lines")} onAdd={(line) => edit({ lines: added(form.lines, line) })} />
        )}
        {form.lines.length > 0 ? (
          <ul className={styles.lines} aria-label="Products of the draft order">
            {form.lines.map((line, index) => (
              <li key={line.key}>
                <Line
                  line={line}
                  index={index}
                  draft={draft}
                  locked={locked}
                  total={draft.totals?.lines.length === form.lines.length ? (draft.totals.lines[index] ?? null) : null}
                />
              </li>
            ))}
          </ul>
        ) : (
          <Text as="p" tone="subdued">
            Nothing is in this draft order yet. Search for a product to add it.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

/** A product that is there already gets one more instead of a second line. */
function added(lines: DraftLine[], line: DraftLine): DraftLine[] {
  const twin = lines.find(
    (one) => one.variantId === line.variantId && one.discount === null && Object.keys(one.properties).length === 0,
  );
  if (!twin) return [...lines, line];
  return lines.map((one) => (one === twin ? { ...one, quantity: Math.max(0, one.quantity) + 1 } : one));
}

interface LineProps {
  line: DraftLine;
  index: number;
  draft: Draft;
  locked: boolean;
  /** Minor units after the line's discount, as calculated. */
  total: number | null;
}

function Line({ line, index, draft, locked, total }: LineProps) {
  const { locale, shop } = useAdmin();
  const { form, edit, editLine, problem } = draft;
  const at = (field: string) => problem(`lines.${index}.${field}`);
  const gone = at("variant");
  const properties = Object.entries(line.properties).filter(([name]) => !name.startsWith("_"));
  return (
    <div className={styles.line}>
      <Picture source={line.image} />
      <div className={styles.words}>
        <BlockStack gap="100">
          <Text as="p" fontWeight="medium" breakWord>
            <bdi>{line.title}</bdi>
          </Text>
          <Text as="p" variant="bodySm" tone="subdued" breakWord>
            {line.variantTitle ? <bdi>{`${line.variantTitle} · `}</bdi> : null}
            {line.sku ? `${line.sku} · ` : ""}
            {money(line.price, shop.currency, locale)}
          </Text>
          {properties.map(([name, value]) => (
            <Text key={name} as="p" variant="bodySm" tone="subdued" breakWord>
              <bdi>{`${name}: ${value}`}</bdi>
            </Text>
          ))}
          {locked ? null : (
            <div>
              <DiscountEditor
                discount={line.discount}
                currency={shop.currency}
                locale={locale}
                of={line.title}
                each
                error={at("discount")}
                onChange={(discount) => editLine(line.key, { discount })}
              />
            </div>
          )}
          {at("discount") ? <InlineError fieldID={`discount-${line.key}`} message={at("discount") ?? ""} /> : null}
          {gone ? <InlineError fieldID={`variant-${line.key}`} message={gone} /> : null}
          <Notice notice={draft.notices[line.key]} />
        </BlockStack>
      </div>
      <QuantityField
        line={line}
        locked={locked}
        error={at("quantity")}
        onChange={(quantity) => editLine(line.key, { quantity })}
      />
      <div className={styles.amount}>
        <Text as="span" numeric>
          {money(total ?? line.price * Math.max(0, line.quantity), shop.currency, locale)}
        </Text>
      </div>
      {locked ? (
        <span />
      ) : (
        <Button
          icon={DeleteIcon}
          variant="tertiary"
          accessibilityLabel={`Remove ${line.title}`}
          onClick={() => edit({ lines: form.lines.filter((one) => one.key !== line.key) })}
        />
      )}
    </div>
  );
}

function Notice({ notice }: { notice: LineNotice | undefined }) {
  if (notice?.kind === "oversold") {
    return (
      <Banner tone="warning">
        {notice.available === 0
          ? "None is in stock. Your customer cannot pay until there is."
          : `Only ${notice.available} in stock, ${notice.asked} in this draft order. Your customer cannot pay until there is enough.`}
      </Banner>
    );
  }
  if (notice?.kind === "not-for-sale") {
    return <Banner tone="warning">This product is not active in your store.</Banner>;
  }
  return null;
}

interface QuantityFieldProps {
  line: DraftLine;
  locked: boolean;
  error?: string;
  onChange(quantity: number): void;
}

function QuantityField({ line, locked, error, onChange }: QuantityFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  // What was typed stays as it is while it means the same, so that the caret does not jump.
  const text = typed !== null && read(typed) === line.quantity ? typed : String(line.quantity);
  return (
    <TextField
      label={`Quantity of ${line.title}`}
      labelHidden
      type="number"
      min={1}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      disabled={locked}
      error={error}
      onChange={(next) => {
        setTyped(next);
        onChange(read(next));
      }}
    />
  );
}

function read(text: string): number {
  const quantity = Number(text);
  return text.trim() === "" || !Number.isFinite(quantity) ? 0 : quantity;
}
