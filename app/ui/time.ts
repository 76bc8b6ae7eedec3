const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long ago, short enough for a list: "now", "2 min", "3 h", "5 d", then the date ("12 Oct", with the year when it is
 * another one).
 * @param at ISO 8601 @param now milliseconds since 1970
 */
export function age(at: string, now: number, locale = "en", timeZone?: string): string {
  const passed = now - Date.parse(at);
  if (passed < minute) return "now";
  if (passed < hour) return `${Math.floor(passed / minute)} min`;
  if (passed < day) return `${Math.floor(passed / hour)} h`;
  if (passed < 7 * day) return `${Math.floor(passed / day)} d`;
  return shortDate(at, now, locale, timeZone);
}

/** A span in words: "less than a minute", "4 minutes", "1 hour 5 minutes", "3 days". @param milliseconds not negative */
export function span(milliseconds: number): string {
  if (milliseconds < minute) return "less than a minute";
  if (milliseconds < hour) return counted(Math.floor(milliseconds / minute), "minute");
  if (milliseconds < day) {
    const minutes = Math.floor((milliseconds % hour) / minute);
    const hours = counted(Math.floor(milliseconds / hour), "hour");
    return minutes > 0 ? `${hours} ${counted(minutes, "minute")}` : hours;
  }
  return counted(Math.floor(milliseconds / day), "day");
}

/** "14:05" or "2:05 PM", as the locale has it. */
export function clockTime(at: string, locale = "en", timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone }).format(new Date(at));
}

/** The day that an instant falls on in the time zone, as YYYY-MM-DD; equal texts are the same day. */
export function dayOf(at: string | number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone }).format(
    new Date(at),
  );
}

/** "Today", "Yesterday", or the date in words. */
export function dayInWords(at: string, now: number, locale = "en", timeZone?: string): string {
  const its = dayOf(at, timeZone);
  if (its === dayOf(now, timeZone)) return "Today";
  if (its === dayOf(now - day, timeZone)) return "Yesterday";
  const sameYear = its.slice(0, 4) === dayOf(now, timeZone).slice(0, 4);
  return new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
    timeZone,
  }).format(new Date(at));
}

/** "12 Oct", or "12 Oct 2025" when it is not this year. */
export function shortDate(at: string, now: number, locale = "en", timeZone?: string): string {
  const sameYear = dayOf(at, timeZone).slice(0, 4) === dayOf(now, timeZone).slice(0, 4);
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
    timeZone,
  }).format(new Date(at));
}

/** "Oct 2025". */
export function monthAndYear(at: string, locale = "en", timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone }).format(new Date(at));
}

/** Day and time in full, for titles and times that lie ahead: "Mon, 23 Nov, 09:00". */
export function dayAndTime(at: string, locale = "en", timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
    timeZone,
  }).format(new Date(at));
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
