import { Text } from "@shopify/polaris";
import { useMemo } from "react";
import type { EntryGroup } from "~/timeline/catalogue";
import { type Line, sizeOf } from "~/timeline/fold";
import { useAdmin, useNow } from "../admin-context";
import { dayInWords, dayOf } from "../time";
import { EntryRow } from "./entry-row";
import { RunRow } from "./run-row";
import styles from "./timeline.module.css";

/** Fewer quiet entries than this in a row are shown as they are. */
const worthFolding = 3;

interface Day {
  day: string;
  at: string;
  lines: Line[];
}

interface LineListProps {
  customerId: string;
  conversationId: string | undefined;
  groups: EntryGroup[];
  lines: Line[];
}

/** The story day by day, newest first. */
export function LineList({ customerId, conversationId, groups, lines }: LineListProps) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  const days = useMemo(() => daysOf(lines, shop.timeZone), [lines, shop.timeZone]);
  return (
    <div className={styles.days}>
      {days.map(({ day, at, lines: its }) => (
        <section key={day} aria-label={dayInWords(at, now, locale, shop.timeZone)}>
          <div className={styles.day}>
            <Text as="h3" variant="bodySm" tone="subdued" fontWeight="medium">
              {dayInWords(at, now, locale, shop.timeZone)}
            </Text>
          </div>
          <ol className={styles.lines}>
            {its.map((line) =>
              line.type === "entry" ? (
                <EntryRow key={line.entry.id} entry={line.entry} conversationId={conversationId} />
              ) : sizeOf(line) < worthFolding ? (
                line.entries?.map((entry) => <EntryRow key={entry.id} entry={entry} />)
              ) : (
                <RunRow key={line.oldest.id} customerId={customerId} groups={groups} run={line} />
              ),
            )}
          </ol>
        </section>
      ))}
    </div>
  );
}

function daysOf(lines: readonly Line[], timeZone: string): Day[] {
  const days: Day[] = [];
  for (const line of lines) {
    const { at } = line.type === "entry" ? line.entry : line.newest;
    const day = dayOf(at, timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.lines.push(line);
    else days.push({ day, at, lines: [line] });
  }
  return days;
}
