import { BlockStack, Box, Button, Checkbox, InlineStack, Popover, Select, TextField } from "@shopify/polaris";
import { FilterIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { type LiveFilter, type LiveSort, noFilter } from "~/live-view/live-cart";
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

/** Search, filters and order of the list. */
export function Controls({ sort, filter, onSort, onFilter }: ControlsProps) {
  return (
    <div className={styles.controls}>
      <div className={styles.search}>
        <TextField
          label="Search"
          labelHidden
          placeholder="Search by name, product or page"
          type="search"
          value={filter.search}
          onChange={(search) => onFilter({ ...filter, search })}
          autoComplete="off"
          clearButton
          onClearButtonClick={() => onFilter({ ...filter, search: "" })}
        />
      </div>
      <Filters filter={filter} onFilter={onFilter} />
      <Select
        label="Sort by"
        labelInline
        options={sortOptions}
        value={sort}
        onChange={(chosen) => onSort(chosen as LiveSort)}
      />
    </div>
  );
}

const chatOptions = [
  { label: "With or without chat", value: "any" },
  { label: "With chat", value: "with" },
  { label: "Without chat", value: "without" },
];

function Filters({ filter, onFilter }: Pick<ControlsProps, "filter" | "onFilter">) {
  const { shop } = useAdmin();
  const [open, setOpen] = useState(false);
  const [value, setValue] = useState("");
  const wrong = value.trim() !== "" && amount(value, shop.currency) === null;
  const on = [filter.chat !== "any", filter.valueFrom !== null, filter.identifiedOnly].filter(Boolean).length;
  const activator = (
    <Button icon={FilterIcon} onClick={() => setOpen(!open)} ariaExpanded={open} pressed={on > 0}>
      {on > 0 ? `Filters (${on})` : "Filters"}
    </Button>
  );
  return (
    <Popover active={open} activator={activator} onClose={() => setOpen(false)} sectioned>
      <Box minWidth="14rem">
        <BlockStack gap="300">
          <Select
            label="Chat"
            options={chatOptions}
            value={filter.chat}
            onChange={(chat) => onFilter({ ...filter, chat: chat as LiveFilter["chat"] })}
          />
          <TextField
            label={`Value from (${shop.currency})`}
            value={filter.valueFrom === null && !wrong ? "" : value}
            inputMode="decimal"
            autoComplete="off"
            error={wrong ? "Enter an amount" : undefined}
            onChange={(typed) => {
              setValue(typed);
              onFilter({ ...filter, valueFrom: amount(typed, shop.currency) });
            }}
          />
          <Checkbox
            label="Signed in only"
            checked={filter.identifiedOnly}
            onChange={(identifiedOnly) => onFilter({ ...filter, identifiedOnly })}
          />
          <InlineStack align="space-between">
            <Button
              disabled={on === 0}
              onClick={() => {
                setValue("");
                onFilter({ ...noFilter, search: filter.search });
              }}
            >
              Clear
            </Button>
            <Button onClick={() => setOpen(false)}>Done</Button>
          </InlineStack>
        </BlockStack>
      </Box>
    </Popover>
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
