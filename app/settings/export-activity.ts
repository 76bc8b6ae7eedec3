import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { type ActivityRow, type ActivitySearch, listActivity } from "./activity-log";
import { actionWords, actorWords, subjectWords } from "./activity-words";

const atOnce = 500;
const columns = ["Entry", "Time (UTC)", "Who", "What", "Subject", "Subject id", "Action"];

/**
 * The entries that a search finds as lines of CSV (RFC 4180), newest first, each portion as it is read: the memory it
 * takes does not grow with the log. That it was exported is itself an entry, written before the first line.
 */
export async function exportActivity(
  ctx: Context<StaffActor>,
  search: ActivitySearch,
): Promise<AsyncGenerator<string, void>> {
  const { search: _, ...filters } = search;
  // A search may hold a person's name, and entries hold none.
  const detail = { ...filters, searched: search.search.trim() !== "" };
  const first = await listActivity(ctx, { ...search, cursor: null }, 1);
  await change(ctx, (tx) =>
    audit(tx, ctx, { action: "activity.exported", subjectKind: "shop", subjectId: null, detail }),
  );
  const from = first.rows[0] ? (BigInt(first.rows[0].seq) + 1n).toString() : "0";
  return lines(ctx, search, from);
}

async function* lines(ctx: Context<StaffActor>, search: ActivitySearch, from: string): AsyncGenerator<string, void> {
  yield `${columns.join(",")}\r\n`;
  let cursor: string | null = from;
  while (cursor !== null) {
    const page = await listActivity(ctx, { ...search, cursor }, atOnce);
    yield page.rows.map(line).join("");
    cursor = page.nextCursor;
  }
}

function line(row: ActivityRow): string {
  const cells = [
    row.seq,
    row.at,
    actorWords(row),
    actionWords(row),
    subjectWords(row) ?? "",
    row.subjectId ?? "",
    row.action,
  ];
  return `${cells.map(cell).join(",")}\r\n`;
}

/** Quoted where needed; a name that begins like a formula is kept from being one in a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
