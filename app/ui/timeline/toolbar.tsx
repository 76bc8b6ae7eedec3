import { Button, ChoiceList, Icon, Popover, TextField } from "@shopify/polaris";
import { FilterIcon, SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useRef, useState } from "react";
import type { EntryGroup } from "~/timeline/catalogue";
import { useAdmin, useNow } from "../admin-context";
import { dayOf } from "../time";
import styles from "./timeline.module.css";
import type { Wanted } from "./timeline-state";

const groupNames: Record<EntryGroup, string> = {
  messages: "Messages and ratings",
  notes: "Notes",
  browsing: "Pages and searches",
  carts: "Carts and checkouts",
  orders: "Orders and payments",
  deliveries: "Shipments and deliveries",
  returns: "Returns and refunds",
  identity: "Identity and merges",
  consent: "Consent",
  work: "Assignments and status",
};

/** Milliseconds after the last key until the search is made. */
const pause = 350;

/** What to see of the story: a search, some kinds, and up to which day. */
export function Toolbar({ wanted, onWant }: { wanted: Wanted; onWant(wanted: Wanted): void }) {
  const { shop } = useAdmin();
  const now = useNow();
  const [typed, setTyped] = useTyped(wanted, onWant);
  return (
    <div className={styles.toolbar}>
      <div className={styles.search}>
        <TextField
          label="Search the timeline"
          labelHidden
          placeholder="Search"
          autoComplete="off"
          maxLength={200}
          prefix={<Icon source={SearchIcon} tone="subdued" />}
          value={typed}
          onChange={setTyped}
          clearButton
          onClearButtonClick={() => setTyped("")}
        />
      </div>
      <KindFilter groups={wanted.groups} onChange={(groups) => onWant({ ...wanted, groups })} />
      <TextField
        type="date"
        label="Go to a day"
        labelHidden
        prefix="Until"
        autoComplete="off"
        max={dayOf(now, shop.timeZone)}
        value={wanted.day}
        onChange={(day) => onWant({ ...wanted, day: /^\d{4}-\d\d-\d\d$/.test(day) ? day : "" })}
        clearButton={wanted.day !== ""}
        onClearButtonClick={() => onWant({ ...wanted, day: "" })}
      />
    </div>
  );
}

function KindFilter({ groups, onChange }: { groups: EntryGroup[]; onChange(groups: EntryGroup[]): void }) {
  const [open, setOpen] = useState(false);
  const [only] = groups;
  const words = only === undefined ? "Everything" : groups.length === 1 ? groupNames[only] : `${groups.length} kinds`;
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      activator={
        <Button
          icon={FilterIcon}
          disclosure={open ? "up" : "down"}
          onClick={() => setOpen(!open)}
          accessibilityLabel={`Show: ${words}`}
        >
          {words}
        </Button>
      }
    >
      <Popover.Section>
        <ChoiceList
          title="Show only"
          allowMultiple
          choices={Object.entries(groupNames).map(([value, label]) => ({ value, label }))}
          selected={groups}
          onChange={(selected) => onChange(selected as EntryGroup[])}
        />
      </Popover.Section>
      {groups.length > 0 ? (
        <Popover.Section>
          <Button variant="plain" onClick={() => onChange([])}>
            Show everything
          </Button>
        </Popover.Section>
      ) : null}
    </Popover>
  );
}

/** The text in the field at once, and as a search when the typing pauses. */
function useTyped(wanted: Wanted, onWant: (wanted: Wanted) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(wanted.search);
  const latest = useRef({ wanted, onWant });
  latest.current = { wanted, onWant };
  useEffect(() => setTyped(wanted.search), [wanted.search]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const search = typed.trim();
      const { wanted: now, onWant: want } = latest.current;
      if (search !== now.search) want({ ...now, search });
    }, pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}
