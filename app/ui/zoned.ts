/** A date and time as a clock on the wall of `timeZone` shows it, in the form of `<input type="datetime-local">`. */
export function toWall(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/**
 * The instant at which a clock on the wall of `timeZone` shows `wall` ("2026-11-22T09:00"). A time that a change of
 * clocks leaves out is taken as late as the change; of one that comes twice it is the first. Null when it is no time.
 */
export function fromWall(wall: string, timeZone: string): Date | null {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) ? Date.parse(`${wall}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (instant: number) => Date.parse(`${toWall(new Date(instant), timeZone)}:00Z`) - instant;
  // The offset may differ on the two sides of a change of clocks: look from a day before and a day after.
  const candidates = [asUtc - 86_400_000, asUtc + 86_400_000].map((near) => asUtc - offsetAt(near - (near % 60_000)));
  const exact = candidates.filter((instant) => toWall(new Date(instant), timeZone) === wall);
  return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates));
}
