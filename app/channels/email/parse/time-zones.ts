/** What a VTIMEZONE says of its zone: offsets in minutes east of UTC. */
export type ZoneOffsets = ReadonlyMap<string, { standard: number | null; daylight: number | null }>;

interface Line {
  name: string;
  value: string;
}

/** The offsets of every zone that an iCalendar object describes, by its TZID. */
export function offsetsOf(lines: readonly Line[]): ZoneOffsets {
  const zones = new Map<string, { standard: number | null; daylight: number | null }>();
  let id: string | null = null;
  let part: "standard" | "daylight" | null = null;
  for (const { name, value } of lines) {
    const bare = value.trim();
    if (name === "BEGIN" && bare === "VTIMEZONE") id = null;
    else if (name === "BEGIN") part = bare === "STANDARD" ? "standard" : bare === "DAYLIGHT" ? "daylight" : null;
    else if (name === "END") part = null;
    else if (name === "TZID") id = bare.slice(0, 100);
    else if (name === "TZOFFSETTO" && id !== null && part) {
      const zone = zones.get(id) ?? { standard: null, daylight: null };
      const digits = /^([+-])(\d\d)(\d\d)/.exec(bare);
      if (digits) zone[part] = (digits[1] === "-" ? -1 : 1) * (Number(digits[2]) * 60 + Number(digits[3]));
      if (zones.size < 50) zones.set(id, zone);
    }
  }
  return zones;
}

/** Windows' names for zones that Outlook writes, with the zone that Unicode's CLDR pairs with them (windowsZones.xml). */
const windowsZones: Readonly<Record<string, string>> = {
  "AUS Eastern Standard Time": "Australia/Sydney",
  "Arabian Standard Time": "Asia/Dubai",
  "Argentina Standard Time": "America/Buenos_Aires",
  "Atlantic Standard Time": "America/Halifax",
  "Cen. Australia Standard Time": "Australia/Adelaide",
  "Central America Standard Time": "America/Guatemala",
  "Central Europe Standard Time": "Europe/Budapest",
  "Central European Standard Time": "Europe/Warsaw",
  "Central Standard Time": "America/Chicago",
  "Central Standard Time (Mexico)": "America/Mexico_City",
  "China Standard Time": "Asia/Shanghai",
  "E. Australia Standard Time": "Australia/Brisbane",
  "E. South America Standard Time": "America/Sao_Paulo",
  "Eastern Standard Time": "America/New_York",
  "Egypt Standard Time": "Africa/Cairo",
  "FLE Standard Time": "Europe/Kiev",
  "GMT Standard Time": "Europe/London",
  "GTB Standard Time": "Europe/Bucharest",
  "Greenwich Standard Time": "Atlantic/Reykjavik",
  "Hawaiian Standard Time": "Pacific/Honolulu",
  "India Standard Time": "Asia/Calcutta",
  "Israel Standard Time": "Asia/Jerusalem",
  "Korea Standard Time": "Asia/Seoul",
  "Mountain Standard Time": "America/Denver",
  "New Zealand Standard Time": "Pacific/Auckland",
  "Newfoundland Standard Time": "America/St_Johns",
  "Pacific SA Standard Time": "America/Santiago",
  "Pacific Standard Time": "America/Los_Angeles",
  "Romance Standard Time": "Europe/Paris",
  "Russian Standard Time": "Europe/Moscow",
  "SA Pacific Standard Time": "America/Bogota",
  "SE Asia Standard Time": "Asia/Bangkok",
  "Singapore Standard Time": "Asia/Singapore",
  "South Africa Standard Time": "Africa/Johannesburg",
  "Taipei Standard Time": "Asia/Taipei",
  "Tokyo Standard Time": "Asia/Tokyo",
  "Turkey Standard Time": "Europe/Istanbul",
  "US Mountain Standard Time": "America/Phoenix",
  "W. Australia Standard Time": "Australia/Perth",
  "W. Europe Standard Time": "Europe/Berlin",
};

/**
 * The moment at which clocks in a zone show `wall` (milliseconds, as though they were UTC). A zone that is known by its name
 * goes before what the invitation says of it, which knows only one year; one that nobody knows is read as UTC.
 */
export function instantIn(wall: number, zone: string, described: ZoneOffsets): number {
  const name = windowsZones[zone] ?? zone.replace(/^\/(?:[^/]+\/){1,3}(?=[A-Z][A-Za-z]+\/)/, "");
  const first = offsetAt(wall, name);
  if (first !== null) {
    const second = offsetAt(wall - first * 60_000, name) ?? first;
    return wall - second * 60_000;
  }
  const offsets = described.get(zone);
  return wall - (offsets?.standard ?? offsets?.daylight ?? 0) * 60_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC at a moment; null for a zone that the runtime does not know. */
function offsetAt(moment: number, zone: string): number | null {
  try {
    let format = formats.get(zone);
    if (!format) {
      format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
      if (formats.size < 100) formats.set(zone, format);
    }
    const name = format.formatToParts(moment).find((part) => part.type === "timeZoneName")?.value ?? "";
    const digits = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name);
    if (!digits) return null;
    return (digits[1] === "-" ? -1 : 1) * (Number(digits[2] ?? 0) * 60 + Number(digits[3] ?? 0));
  } catch {
    // A RangeError: no such zone, or no such time.
    return null;
  }
}
