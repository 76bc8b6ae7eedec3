import { BlockStack, Box, Button, InlineStack, Popover, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { Discount } from "~/draft-orders/form/shape";
import { money } from "../money";
import { AmountField } from "./amount-field";

interface DiscountEditorProps {
  discount: Discount | null;
  currency: string;
  locale: string;
  /** What it is off, for people who do not see the place: "the order" or the product's name. */
  of: string;
  /** An amount is off each unit of a line. */
  each?: boolean;
  error?: string;
  onChange(discount: Discount | null): void;
  title?: string;
  onTitle?(title: string): void;
}

/** A discount as a button that says what it is, with its fields behind. */
export function DiscountEditor(props: DiscountEditorProps) {
  const { discount, currency, locale, of, each, error, onChange, title, onTitle } = props;
  const [open, setOpen] = useState(false);
  const words = discount ? discountWords(discount, currency, locale, each) : "Add discount";
  const activator = (
    <Button
      variant="plain"
      tone={error ? "critical" : undefined}
      onClick={() => setOpen(!open)}
      accessibilityLabel={discount ? `${words} off ${of}, change` : `Add discount to ${of}`}
      ariaExpanded={open}
    >
      {discount ? `Discount: ${words}` : words}
    </Button>
  );
  const kind = discount?.kind ?? "percent";
  return (
    <Popover active={open} activator={activator} onClose={() => setOpen(false)} preferredAlignment="left" sectioned>
      <Box minWidth="14rem">
        <BlockStack gap="300">
          <Select
            label="Type"
            options={[
              { label: "Percentage", value: "percent" },
              { label: each ? "Amount off each" : "Amount", value: "amount" },
            ]}
            value={kind}
            onChange={(chosen) => onChange({ kind: chosen as Discount["kind"], value: 0 })}
          />
          {kind === "percent" ? (
            <PercentField
              key="percent"
              value={discount?.value ?? 0}
              error={error}
              onChange={(value) => onChange({ kind, value })}
            />
          ) : (
            <AmountField
              key="amount"
              label="Amount"
              value={discount?.value ?? 0}
              currency={currency}
              error={error}
              onChange={(value) => onChange({ kind, value })}
            />
          )}
          {onTitle ? (
            <TextField
              label="Reason"
              helpText="Your customer sees this"
              value={title ?? ""}
              onChange={onTitle}
              autoComplete="off"
              maxLength={255}
            />
          ) : null}
          <InlineStack align="space-between">
            <Button
              disabled={!discount}
              tone="critical"
              onClick={() => {
                onChange(null);
                setOpen(false);
              }}
            >
              Remove
            </Button>
            <Button onClick={() => setOpen(false)}>Done</Button>
          </InlineStack>
        </BlockStack>
      </Box>
    </Popover>
  );
}

interface PercentFieldProps {
  value: number;
  error?: string;
  onChange(value: number): void;
}

function PercentField({ value, error, onChange }: PercentFieldProps) {
  const [text, setText] = useState(value > 0 ? String(value) : "");
  return (
    <TextField
      label="Percentage"
      suffix="%"
      inputMode="decimal"
      autoComplete="off"
      value={text}
      error={error}
      onChange={(typed) => {
        setText(typed);
        const read = Number(typed.trim().replace(",", "."));
        onChange(Number.isFinite(read) ? Math.round(read * 100) / 100 : -1);
      }}
    />
  );
}

/** "10 %" or "€5.00", with "each" when it is off every unit. */
export function discountWords(discount: Discount, currency: string, locale: string, each = false): string {
  if (discount.kind === "percent") return `${discount.value.toLocaleString(locale)} %`;
  return `${money(Math.max(0, discount.value), currency, locale)}${each ? " each" : ""}`;
}
