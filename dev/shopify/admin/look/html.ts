/** Markup that is safe to send: made only by the `html` tag, which escapes every value put into it. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

export type Piece = Html | string | number | null | undefined | false | readonly Piece[];

/** A template whose values are escaped; other `html` goes in as it is, lists are joined, null and false vanish. */
export function html(strings: TemplateStringsArray, ...values: Piece[]): Html {
  return new Html(strings.reduce((done, string, index) => done + show(values[index - 1]) + string));
}

function show(value: Piece): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(show).join("");
  return escapeHtml(String(value));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Data for a script on the page, inside `<script type="application/json">`; `<` cannot end the element. */
export function json(id: string, data: unknown): Html {
  return new Html(
    `<script type="application/json" id="${escapeHtml(id)}">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`,
  );
}
