import type { Context } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { staffNames } from "~/team/staff-names";
import { type EntryGroup, type EntryKind, entryKinds, groupOf } from "./catalogue";
import type { EntryView } from "./entry-view";
import { newestFirst, type Place } from "./place";
import { type Shape, statementOf } from "./statement";

/** What to read of a person's story, and from where on. */
export interface Reading {
  /** Any row of the person. */
  customerId: string;
  towards: "older" | "newer";
  /** Not included; null for the end of the story that lies there. */
  from: Place | null;
  /** Only these kinds; null for all. */
  groups: readonly EntryGroup[] | null;
  /** Only what has all of these words in it; empty for everything. */
  words: readonly string[];
  limit: number;
}

/** Some entries in the order of the story, and where to read on in the direction asked for. */
export interface Entries {
  /** Newest first, whatever the direction. */
  entries: EntryView[];
  /** Null when there is nothing more. With it and no entries, nothing that fits was found up to here. */
  more: Place | null;
}

interface Row {
  /** Milliseconds since 1970. */
  at: number;
  id: string;
  kind: EntryKind | "cut";
  ref: string | null;
  data: EntryView["data"];
  fits: boolean;
  /** From other rows, for the kinds that have some; null also when those rows are gone. */
  joined: {
    text?: string;
    attachments?: number;
    staffId?: string | null;
    other?: string | null;
    recording?: string | null;
  } | null;
}

const written: ReadonlySet<string> = new Set([
  "message.received",
  "message.sent",
  "call.ended",
  "contact.logged",
  "note.added",
  "customer.noted",
]);

const statements = new Map<string, string>();

/**
 * A page of entries by their place, so that what is told meanwhile moves nothing. An entry that two rows of the person
 * both have is given once. Throws NotFound for a customer of no or another shop.
 */
export async function readEntries(ctx: Pick<Context, "shop" | "db">, reading: Reading): Promise<Entries> {
  const { customerId, towards, from, groups, words, limit } = reading;
  if (!isId(customerId)) throw new NotFound("This customer");
  const shape: Shape = { towards, filtered: groups !== null || words.length > 0, searched: words.length > 0 };
  const name = `timeline-${towards}${shape.filtered ? "-filtered" : ""}${shape.searched ? "-searched" : ""}`;
  const text = statements.get(name) ?? statementOf(shape);
  statements.set(name, text);
  const kinds = groups ? entryKinds.filter((kind) => groups.includes(groupOf[kind])) : entryKinds;
  const { rows } = await ctx.db.sql.query<Row>({
    name,
    text,
    values: [
      ctx.shop.id,
      customerId,
      from ? new Date(from.at).toISOString() : towards === "older" ? "infinity" : "-infinity",
      from ? from.id : "00000000-0000-0000-0000-000000000000",
      limit + 1,
      ...(shape.filtered ? [kinds] : []),
      ...(shape.searched ? [words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`)] : []),
    ],
  });
  if (rows.length === 0 && !(await isThere(ctx, customerId))) throw new NotFound("This customer");
  const fitting = rows.filter((row) => row.fits);
  const page = fitting.slice(0, limit);
  const cut = rows.find((row) => !row.fits);
  const last = fitting.length > limit ? page.at(-1) : cut;
  const once = page.filter((row, index) => !isSame(row, page[index - 1]));
  const names = await staffNames(ctx, once.flatMap(staffOf));
  const entries = once.map((row) => viewOf(row, names));
  return {
    entries: towards === "older" ? entries : entries.reverse(),
    more: last ? placeOf(last) : null,
  };
}

/** Where an entry stands. */
export function placeOfView(entry: Pick<EntryView, "at" | "id">): Place {
  return { at: Date.parse(entry.at), id: entry.id };
}

function placeOf({ at, id }: Row): Place {
  return { at, id };
}

function isSame(one: Row, other: Row | undefined): boolean {
  return other !== undefined && newestFirst(one, other) === 0;
}

/** Who of the team is named in the entry: who did it, and who got it. */
function staffOf({ data, joined }: Row): string[] {
  const { staffId, toStaffId } = data as { staffId?: string | null; toStaffId?: string | null };
  return [staffId ?? joined?.staffId, toStaffId].filter((id): id is string => Boolean(id));
}

async function isThere(ctx: Pick<Context, "shop" | "db">, customerId: string): Promise<boolean> {
  const found = await ctx.db.sql.query(`SELECT 1 FROM "customer" WHERE "shopId" = $1 AND "id" = $2`, [
    ctx.shop.id,
    customerId,
  ]);
  return found.rows.length > 0;
}

function viewOf(row: Row, names: Map<string, string>): EntryView {
  const { kind, at, id, ref, data, joined } = row;
  const view = { id, at: new Date(at).toISOString(), kind, ref, data } as EntryView;
  if (written.has(kind)) {
    view.written = joined ? { text: joined.text ?? "", attachments: joined.attachments ?? 0 } : null;
  }
  const { staffId, toStaffId } = data as { staffId?: string | null; toStaffId?: string | null };
  const [name, toName] = [names.get(staffId ?? joined?.staffId ?? ""), names.get(toStaffId ?? "")];
  if (name) view.staffName = name;
  if (toName) view.toStaffName = toName;
  if (joined?.other) view.otherName = joined.other;
  if (joined?.recording) view.recording = joined.recording;
  return view;
}
