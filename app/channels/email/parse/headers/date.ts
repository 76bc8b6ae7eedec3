const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** RFC 5322, 4.3: names of zones in hours from UTC; every other letter means that nobody knows. */
const zones: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  CET: 1,
  CEST: 2,
  MET: 1,
  BST: 1,
  MSK: 3,
  JST: 9,
  IST: 5.5,
};

const usual =
  /(\d{1,2})[ \-/,]{1,3}([A-Za-z]{3})[a-z]{0,7}[ \-/,.]{1,3}(\d{2,4})[ T,]{1,3}(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:\.\d{1,9})?(?: ?([+-]\d{1,2}:?\d{2})| ?\(?([A-Za-z]{1,5})\b)?/;
/** As `ctime` writes it: Sun Nov 22 02:29:06 2026. */
const unix = /([A-Za-z]{3}) {1,2}(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2}) (?:[A-Z]{1,5} )?(\d{4})(?: ([+-]\d{4}))?/;
const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** A Date header in the forms that mailers write it in; null when it says no time between 1970 and 2100. */
export function readDate(text: string | null): Date | null {
  if (!text) return null;
  const bare = text.slice(0, 200).replace(/\s+/g, " ").trim();
  const found = fromUsual(bare) ?? fromUnix(bare) ?? (iso.test(bare) ? Date.parse(bare) : Number.NaN);
  return found >= 0 && found < 4_102_444_800_000 ? new Date(found) : null;
}

function fromUsual(text: string): number | null {
  const parts = usual.exec(text);
  if (!parts) return null;
  const [, day, month, year, hour, minute, second, offset, zone] = parts;
  return moment(
    year,
    month,
    day,
    hour,
    minute,
    second,
    offset ? minutesOf(offset) : (zones[zone?.toUpperCase() ?? ""] ?? 0) * 60,
  );
}

function fromUnix(text: string): number | null {
  const parts = unix.exec(text);
  if (!parts) return null;
  const [, month, day, hour, minute, second, year, offset] = parts;
  return moment(year, month, day, hour, minute, second, offset ? minutesOf(offset) : 0);
}

function moment(
  year = "",
  month = "",
  day = "",
  hour = "",
  minute = "",
  second = "0",
  offsetMinutes = 0,
): number | null {
  const number = months.indexOf(month.toLowerCase());
  if (number < 0) return null;
  let full = Number(year);
  // RFC 5322, 4.3: years of two and three digits.
  if (year.length === 2) full += full < 50 ? 2000 : 1900;
  else if (year.length === 3) full += 1900;
  return Date.UTC(full, number, Number(day), Number(hour), Number(minute), Number(second)) - offsetMinutes * 60_000;
}

function minutesOf(offset: string): number {
  const digits = offset.slice(1).replace(":", "").padStart(4, "0");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return offset.startsWith("-") ? -minutes : minutes;
}
