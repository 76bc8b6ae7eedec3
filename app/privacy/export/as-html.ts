import type { Context } from "~/context";
import type { Scope } from "../scope";
import { personTables } from "../tables/person-tables";
import type { About } from "./as-json";
import { type ExportedRow, rowsOf } from "./rows-of";
import { cellsOf, escapeHtml, time } from "./words";

/** In which order a person wants to read it; what is not named comes after, as the tables stand. */
const first = ["customer", "identity", "consent", "conversation", "message", "attachment", "shopify_order"];

/** Everything for people: one page without anything from outside, a section a table, conversations as they went. */
export async function* asHtml(
  ctx: Context,
  scope: Scope,
  about: About,
  fileOf: (attachmentId: string) => string | null,
): AsyncGenerator<string> {
  const rules = personTables.filter((rule) => !rule.notExported);
  const place = (table: string) => (first.includes(table) ? first.indexOf(table) : first.length);
  const sorted = [...rules].sort((one, other) => place(one.table) - place(other.table));
  yield head(about);
  for (const rule of sorted) {
    let count = 0;
    for await (const row of rowsOf(ctx, rule, scope)) {
      if (count === 0) yield `<section><h2>${escapeHtml(rule.what)}</h2>\n`;
      count += 1;
      yield rule.table === "message" ? message(row) : block(row, rule.table === "attachment" ? fileOf : null);
    }
    if (count > 0) yield "</section>\n";
  }
  const left = personTables.flatMap(({ what, notExported }) =>
    notExported ? [`<li>${escapeHtml(what)}: ${escapeHtml(notExported)}</li>`] : [],
  );
  yield `<section><h2>What is not in here</h2><ul>${left.join("")}</ul></section>\n</main></html>\n`;
}

function head({ shop, shopifyCustomerId, madeAt }: About): string {
  const number = shopifyCustomerId.replace(/^.*\//, "");
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>What ${escapeHtml(shop)} keeps of you</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:0}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem}
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.15rem;margin:2rem 0 .5rem}
dl{border:1px solid #ddd;border-radius:.5rem;padding:.5rem .75rem;margin:.5rem 0;display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:.125rem .75rem}
dt{color:#5c5c5c}dd{margin:0;overflow-wrap:anywhere}
.said{border-left:3px solid #b5b5b5;padding:.25rem .75rem;margin:.5rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
.said.you{border-color:#005bd3}.said small{display:block;color:#5c5c5c;white-space:normal}
dd ul{margin:0;padding-left:1.1rem}
@media (max-width:30rem){dl{grid-template-columns:1fr}dt{margin-top:.25rem}}
</style>
<main><h1>What ${escapeHtml(shop)} keeps of you</h1>
<p>Customer number ${escapeHtml(number)}. Made on ${time(madeAt.toISOString())} by Throughline, the app with which this shop
answers its customers. Times are in UTC. The same is in <code>data.json</code> for programs; files that were sent are in
the folder <code>files</code>. What Shopify itself keeps of you, such as payments, is told by the shop separately.</p>
`;
}

function message(row: ExportedRow): string {
  const you = row.author === "shopper";
  const who = you ? "You" : row.author === "staff" ? "The shop" : "The shop, by itself";
  return `<div class="said${you ? " you" : ""}"><small>${who}, ${time(row.at)}</small>${escapeHtml(String(row.text ?? ""))}</div>\n`;
}

function block(row: ExportedRow, fileOf: ((id: string) => string | null) | null): string {
  const cells = cellsOf(row);
  const file = fileOf?.(String(row.id));
  if (file)
    cells.push({ name: "In the archive", html: `<a href="${escapeHtml(encodeURI(file))}">${escapeHtml(file)}</a>` });
  if (cells.length === 0) return "";
  return `<dl>${cells.map(({ name, html }) => `<dt>${escapeHtml(name)}</dt><dd>${html}</dd>`).join("")}</dl>\n`;
}
