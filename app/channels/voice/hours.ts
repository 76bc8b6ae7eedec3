/** One stretch of a week: days count from Monday = 0, times are minutes since midnight. */
export interface Stretch {
  day: number;
  from: number;
  to: number;
}

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const minutesOfDay = 24 * 60;

/**
 * Opening hours as a merchant writes them: "Mon-Fri 9:00-17:30, Sat 10-14". An empty text is an empty list, which means
 * that it is always open. Null for what cannot be read. A time that ends before it begins goes over midnight.
 */
export function readHours(text: string): Stretch[] | null {
  const stretches: Stretch[] = [];
  for (const part of text.split(/[,;\n]/)) {
    const words = part.trim();
    if (words === "") continue;
    const found =
      /^(\p{L}{3,9})(?:\s*[-–]\s*(\p{L}{3,9}))?\s+(\d{1,2})(?::(\d\d))?\s*[-–]\s*(\d{1,2})(?::(\d\d))?$/u.exec(words);
    if (!found) return null;
    const [, first = "", last = first, ...times] = found;
    const [one, other] = [dayOf(first), dayOf(last)];
    const from = minute(times[0], times[1]);
    const to = minute(times[2], times[3]);
    if (one < 0 || other < 0 || from === null || to === null || from === to) return null;
    for (let step = 0; ; step += 1) {
      const day = (one + step) % 7;
      if (from < to) stretches.push({ day, from, to });
      else stretches.push({ day, from, to: minutesOfDay }, { day: (day + 1) % 7, from: 0, to });
      if (day === other) break;
    }
  }
  return stretches;
}

/** Whether it is open at that time in that time zone (IANA). Hours that cannot be read close nobody out. */
export function isOpen(text: string, at: Date, timeZone: string): boolean {
  const stretches = readHours(text);
  if (!stretches || stretches.length === 0) return true;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const day = dayOf(part("weekday"));
  const now = Number(part("hour")) * 60 + Number(part("minute"));
  return stretches.some((one) => one.day === day && one.from <= now && now < one.to);
}

function dayOf(word: string): number {
  return days.indexOf(word.slice(0, 3).toLowerCase());
}

function minute(hour: string | undefined, minutes: string | undefined): number | null {
  const all = Number(hour) * 60 + Number(minutes ?? 0);
  return Number(minutes ?? 0) < 60 && all <= minutesOfDay ? all : null;
}
