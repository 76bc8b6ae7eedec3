import { Checkbox, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { LiveFilter, LiveSort } from "~/live-view/live-cart";
import { useAdmin } from "../admin-context";
import { minorUnits } from "../money";
import styles from "./live-view.module.css";

interface ControlsProps {
  sort: LiveSort;
  filter: LiveFilter;
  onSort(sort: LiveSort): void;
  onFilter(filter: LiveFilter): void;
}

const sortOptions = [
  { label: "Last change", value: "changed" },
  { label: "Value", value: "value" },
  { label: "Time on site", value: "time" },
];

const chatOptions = [
  { label: "With or without chat", value: "any" },
  { label: "With chat", value: "with" },
  { label: "Without chat", value: "without" },
];

/** Search, filters and order of the list. */
export function Controls({ sort, filter, onSort, onFilter }: ControlsProps) {
  const { shop } = useAdmin();
  const [value, setValue] = useState("");
  const wrong = value.trim() !== "" && amount(value, shop.currency) === null;
  return (
    <div className={styles.controls}>
      <div className={styles.search}>
        <TextField
          label="Search"
          placeholder="Name, product or page"
          type="search"
          value={filter.search}
          onChange={(search) => onFilter({ ...filter, search })}
          autoComplete="off"
          clearButton
          onClearButtonClick={() => onFilter({ ...filter, search: "" })}
        />
      </div>
      <Select
        label="Chat"
        options={chatOptions}
        value={filter.chat}
        onChange={(chat) => onFilter({ ...filter, chat: chat as LiveFilter["chat"] })}
      />
      <TextField
        label={`Value from (${shop.currency})`}
        value={value}
        inputMode="decimal"
        autoComplete="off"
        error={wrong ? "Enter an amount" : undefined}
        onChange={(typed) => {
          setValue(typed);
          onFilter({ ...filter, valueFrom: amount(typed, shop.currency) });
        }}
      />
      <Select label="Sort by" options={sortOptions} value={sort} onChange={(chosen) => onSort(chosen as LiveSort)} />
      <Checkbox
        label="Signed in only"
        checked={filter.identifiedOnly}
        onChange={(identifiedOnly) => onFilter({ ...filter, identifiedOnly })}
      />
    </div>
  );
}

function amount(typed: string, currency: string): number | null {
  const text = typed.trim().replace(",", ".");
  try {
    return text === "" ? null : minorUnits(text, currency);
  } catch {
    return null;
  }
}
