import { addressOf } from "./headers/addresses";
import type { EventTime, MailEvent } from "./mail";
import { instantIn, offsetsOf, type ZoneOffsets } from "./time-zones";

interface Line {
  name: string;
  parameters: Map<string, string>;
  value: string;
}

const mostLines = 4_000;

/** The first event of an iCalendar object (RFC 5545) with the method of the invitation; null when there is none. */
export function readCalendar(text: string): MailEvent | null {
  const lines = unfold(text);
  const zones = offsetsOf(lines);
  let method: string | null = null;
  let inEvent = false;
  let alarm = 0;
  const found = new Map<string, Line>();
  for (const line of lines) {
    if (line.name === "BEGIN") {
      if (line.value.toUpperCase() === "VEVENT") {
        if (found.size > 0) break;
        inEvent = true;
      } else if (inEvent) alarm += 1;
    } else if (line.name === "END") {
      if (line.value.toUpperCase() === "VEVENT") inEvent = false;
      else if (inEvent) alarm = Math.max(0, alarm - 1);
    } else if (line.name === "METHOD" && !inEvent) method ??= line.value.trim().toUpperCase().slice(0, 40);
    else if (inEvent && alarm === 0 && !found.has(line.name)) found.set(line.name, line);
  }
  if (found.size === 0) return null;
  const start = timeOf(found.get("DTSTART"), zones);
  const organizer = found.get("ORGANIZER");
  const address = organizer ? addressOf(organizer.value) : null;
  return {
    method: method || null,
    summary: wordsOf(found.get("SUMMARY")) ?? "",
    start,
    end: timeOf(found.get("DTEND"), zones) ?? afterDuration(start, found.get("DURATION")?.value),
    location: wordsOf(found.get("LOCATION")),
    organizer: address ? { address, name: organizer?.parameters.get("CN")?.slice(0, 200) || null } : null,
  };
}

/** RFC 5545, 3.1: a line goes on where the next begins with white space. */
function unfold(text: string): Line[] {
  const joined: string[][] = [];
  for (const line of text.split(/\r\n|\n|\r/, mostLines)) {
    if (/^[ \t]/.test(line)) joined.at(-1)?.push(line.slice(1));
    else joined.push([line]);
  }
  return joined.map((pieces) => parse(pieces.join(""))).filter((line) => line !== null);
}

function parse(text: string): Line | null {
  const colon = endOfParameters(text);
  if (colon < 0) return null;
  const [name = "", ...rest] = split(text.slice(0, colon));
  const parameters = new Map<string, string>();
  for (const one of rest) {
    const equals = one.indexOf("=");
    if (equals > 0) parameters.set(one.slice(0, equals).toUpperCase(), one.slice(equals + 1).replace(/^"|"$/g, ""));
  }
  return { name: name.toUpperCase(), parameters, value: text.slice(colon + 1) };
}

/** The colon that ends name and parameters: not one within quotes. */
function endOfParameters(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length && at < 2_000; at += 1) {
    const one = text.charAt(at);
    if (one === '"') isQuoted = !isQuoted;
    else if (one === ":" && !isQuoted) return at;
  }
  return text.slice(0, 2_000).indexOf(":");
}

function split(text: string): string[] {
  const out: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const one = text.charAt(at);
    if (one === '"') isQuoted = !isQuoted;
    else if (one === ";" && !isQuoted) {
      out.push(text.slice(from, at));
      from = at + 1;
    }
  }
  out.push(text.slice(from));
  return out;
}

function wordsOf(line: Line | undefined): string | null {
  if (!line) return null;
  const words = line.value
    .slice(0, 2_000)
    .replace(/\\([nN,;\\])/g, (_whole, one: string) => (one === "n" || one === "N" ? " " : one))
    .replace(/\s+/g, " ")
    .trim();
  return words === "" ? null : words.slice(0, 500).toWellFormed();
}

const timeShape = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/;

function timeOf(line: Line | undefined, zones: ZoneOffsets): EventTime | null {
  const parts = line && timeShape.exec(line.value.trim());
  if (!parts) return null;
  const [, year, month, day, hour, minute, second, utc] = parts;
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  );
  if (Number.isNaN(wall)) return null;
  if (hour === undefined) return { at: new Date(wall), allDay: true, zone: null };
  const zone = utc ? null : (line.parameters.get("TZID")?.slice(0, 100) ?? null);
  return { at: new Date(zone === null ? wall : instantIn(wall, zone, zones)), allDay: false, zone };
}

/** RFC 5545, 3.3.6. */
function afterDuration(start: EventTime | null, duration: string | undefined): EventTime | null {
  const parts = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/.exec(
    duration?.trim() ?? "",
  );
  if (!start || !parts) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const length = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
  return { ...start, at: new Date(start.at.getTime() + length * 1_000) };
}
