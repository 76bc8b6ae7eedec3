import { BlockStack, Button, Icon, Text } from "@shopify/polaris";
import { ViewIcon } from "@shopify/polaris-icons";
import { useCallback, useEffect, useId, useState } from "react";
import type { EntryGroup } from "~/timeline/catalogue";
import type { EntryView } from "~/timeline/entry-view";
import type { Run } from "~/timeline/fold";
import { useAdmin } from "../admin-context";
import { AskFailed, ask } from "../ask";
import { clockTime } from "../time";
import { EntryRow } from "./entry-row";
import styles from "./timeline.module.css";

/** Quiet entries as one line that opens. */
export function RunRow({ customerId, groups, run }: { customerId: string; groups: EntryGroup[]; run: Run }) {
  const { locale, shop } = useAdmin();
  const [open, setOpen] = useState(false);
  const inside = useId();
  const [from, to] = [run.oldest, run.newest].map(({ at }) => clockTime(at, locale, shop.timeZone));
  return (
    <li className={styles.entry}>
      <span className={styles.icon} aria-hidden="true">
        <Icon source={ViewIcon} tone="subdued" />
      </span>
      <div className={styles.words}>
        <div className={styles.head}>
          <Button
            variant="plain"
            textAlign="left"
            disclosure={open ? "up" : "down"}
            ariaExpanded={open}
            ariaControls={inside}
            onClick={() => setOpen(!open)}
          >
            {`${open ? "Hide" : "Show"} ${runWords(run)}`}
          </Button>
          <Text as="span" variant="bodySm" tone="subdued">
            {from === to ? to : `${from} – ${to}`}
          </Text>
        </div>
        <div id={inside}>{open ? <Opened customerId={customerId} groups={groups} run={run} /> : null}</div>
      </div>
    </li>
  );
}

/** "12 page views, 2 cart changes". */
export function runWords({ views, cartChanges }: Pick<Run, "views" | "cartChanges">): string {
  const of = (count: number, noun: string) => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? "" : "s"}`]);
  return [...of(views, "page view"), ...of(cartChanges, "cart change")].join(", ");
}

interface Read {
  entries: EntryView[];
  cursor: string | null;
}

/** What the line holds; read by parts when there is more than came with it. */
function Opened({ customerId, groups, run }: { customerId: string; groups: EntryGroup[]; run: Run }) {
  const [read, setRead] = useState<Read>({ entries: [], cursor: null });
  const [state, setState] = useState<"idle" | "reading" | string>("idle");
  const { newest, oldest } = run;
  const span = new URLSearchParams({
    newest: placeOf(newest),
    oldest: placeOf(oldest),
    ...(groups.length > 0 ? { groups: groups.join(",") } : {}),
  });
  const path = `/customers/${customerId}/timeline?${span}`;
  const carried = run.entries !== null;
  const more = useCallback(
    async (after: string | null) => {
      setState("reading");
      try {
        const part = await ask<Read>(after ? `${path}&after=${after}` : path);
        setRead((before) => ({
          entries: after ? [...before.entries, ...part.entries] : part.entries,
          cursor: part.cursor,
        }));
        setState("idle");
      } catch (error) {
        setState(error instanceof AskFailed ? error.message : "This could not be read.");
      }
    },
    [path],
  );
  useEffect(() => {
    if (!carried) void more(null);
  }, [carried, more]);
  const entries = run.entries ?? read.entries;
  return (
    <BlockStack gap="200" inlineAlign="start">
      {entries.length > 0 ? (
        <ol className={styles.inner}>
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </ol>
      ) : null}
      {state !== "idle" && state !== "reading" ? (
        <Text as="p" tone="critical">
          {state}
        </Text>
      ) : null}
      {carried || (state === "idle" && !read.cursor) ? null : (
        <Button loading={state === "reading"} onClick={() => void more(read.cursor)}>
          {state === "idle" || state === "reading" ? "Show more of these" : "Try again"}
        </Button>
      )}
    </BlockStack>
  );
}

function placeOf({ at, id }: EntryView): string {
  return `${Date.parse(at)}.${id}`;
}
