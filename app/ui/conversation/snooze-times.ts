import { fromWall, toWall } from "../zoned";

/** One way to snooze: its name and when it is over. */
export interface SnoozeTime {
  name: string;
  until: Date;
}

const day = 86_400_000;

/** Later today (in three hours, while that is still today), tomorrow at nine, and next Monday at nine, by the shop's clock. */
export function snoozeTimes(now: Date, timeZone: string): SnoozeTime[] {
  const today = toWall(now, timeZone).slice(0, 10);
  const nine = (days: number): Date => {
    // Noon of the day, so that a change of clocks does not reach into another one.
    const date = new Date(Date.parse(`${today}T12:00:00Z`) + days * day).toISOString().slice(0, 10);
    return fromWall(`${date}T09:00`, timeZone) ?? now;
  };
  const weekday = new Date(`${today}T12:00:00Z`).getUTCDay();
  const later = new Date(now.getTime() + 3 * 3_600_000);
  return [
    ...(toWall(later, timeZone).startsWith(today) ? [{ name: "Later today", until: later }] : []),
    { name: "Tomorrow", until: nine(1) },
    { name: "Next week", until: nine((8 - weekday) % 7 || 7) },
  ];
}
