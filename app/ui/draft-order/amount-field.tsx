import { TextField } from "@shopify/polaris";
import { useState } from "react";
import { toDecimal } from "~/platform/money";
import { minorUnits } from "../money";

interface AmountFieldProps {
  label: string;
  labelHidden?: boolean;
  /** Minor units. */
  value: number;
  currency: string;
  error?: string;
  /** Gets NaN-free minor units; -1 for what is no amount, so that the form says so. */
  onChange(minor: number): void;
}

/** An amount of money as people type it, with a point or a comma. */
export function AmountField({ label, labelHidden, value, currency, error, onChange }: AmountFieldProps) {
  const [text, setText] = useState(() => (value > 0 ? toDecimal(value, currency) : ""));
  return (
    <TextField
      label={label}
      labelHidden={labelHidden}
      value={text}
      prefix={currency}
      inputMode="decimal"
      autoComplete="off"
      error={error}
      onChange={(typed) => {
        setText(typed);
        onChange(read(typed, currency));
      }}
    />
  );
}

function read(typed: string, currency: string): number {
  const text = typed.trim().replace(",", ".");
  if (text === "") return 0;
  try {
    return minorUnits(text, currency);
  } catch {
    return -1;
  }
}
