import { Link, Text } from "@shopify/polaris";
import type { ActivityRow } from "~/settings/activity-log";
import { actionWords, actorWords, subjectUrl, subjectWords } from "~/settings/activity-words";
import { useAdmin, useNow } from "../admin-context";
import { clockTime, dayInWords, dayOf } from "../time";
import styles from "./activity.module.css";

/** Entries of the activity log, newest first, under their days. */
export function ActivityList({ rows }: { rows: ActivityRow[] }) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  const days: { day: string; rows: ActivityRow[] }[] = [];
  for (const row of rows) {
    const day = dayOf(row.at, shop.timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.rows.push(row);
    else days.push({ day, rows: [row] });
  }
  return days.map(({ day, rows }) => (
    <section key={day} aria-labelledby={`day-${day}`}>
      <div className={styles.day}>
        <Text as="h2" variant="headingSm" id={`day-${day}`}>
          {dayInWords(rows[0]?.at ?? day, now, locale, shop.timeZone)}
        </Text>
      </div>
      <ul className={styles.plain}>
        {rows.map((row) => (
          <Entry key={row.seq} row={row} />
        ))}
      </ul>
    </section>
  ));
}

function Entry({ row }: { row: ActivityRow }) {
  const { locale, shop } = useAdmin();
  const [subject, url] = [subjectWords(row), subjectUrl(row)];
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <Text as="p">
          <Text as="span" fontWeight="semibold">
            <bdi>{actorWords(row)}</bdi>
          </Text>{" "}
          {actionWords(row)}
        </Text>
        {subject ? (
          <Text as="p" tone={url ? undefined : "subdued"}>
            {url ? (
              <Link url={url}>
                <bdi>{subject}</bdi>
              </Link>
            ) : (
              <bdi>{subject}</bdi>
            )}
          </Text>
        ) : null}
      </div>
      <Text as="span" variant="bodySm" tone="subdued" numeric>
        <time dateTime={row.at} title={row.at}>
          {clockTime(row.at, locale, shop.timeZone)}
        </time>
      </Text>
    </li>
  );
}
