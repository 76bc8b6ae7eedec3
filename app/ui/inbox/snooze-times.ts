/** One way to snooze: its name and when it is over. */
export interface SnoozeTime {
  name: string;
  until: Date;
}

/**
 * Later today (in three hours, while that is still today), tomorrow at nine, and next Monday at nine, by the clock of the
 * person who snoozes.
 */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const later = new Date(now.getTime() + 3 * 3_600_000);
  const times: SnoozeTime[] = [];
  if (later.getDate() === now.getDate()) times.push({ name: "Later today", until: later });
  times.push({ name: "Tomorrow", until: nineIn(now, 1) });
  times.push({ name: "Next week", until: nineIn(now, (8 - now.getDay()) % 7 || 7) });
  return times;
}

function nineIn(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
}

/** A local time as `<input type="datetime-local">` writes it. */
export function toLocalInput(date: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
