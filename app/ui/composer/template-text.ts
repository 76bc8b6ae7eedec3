import type { Template } from "~/channels/channel";

const mark = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** How many different values stand in a text of a template. */
function marksOf(text: string | null): string[] {
  return [...new Set([...(text ?? "").matchAll(mark)].map((match) => match[1] ?? ""))];
}

/** What a template asks for, in the order in which the values are given: those of the header first. */
export function askedOf(template: Template): { key: string; label: string }[] {
  const parts = [
    ...marksOf(template.header).map((name) => ({ part: "header", name })),
    ...marksOf(template.body).map((name) => ({ part: "body", name })),
  ];
  const asked = parts.map(({ part, name }) => {
    const where = part === "header" ? "in the heading" : "in the text";
    return { key: `${part} ${name}`, label: /^\d+$/.test(name) ? `Value ${name} ${where}` : `${name} ${where}` };
  });
  // A link's end may be one too, which stands in a button's address.
  for (let at = asked.length; at < template.values; at += 1)
    asked.push({ key: `button ${at}`, label: "Value of a button" });
  return asked;
}

export interface Filled {
  header: string | null;
  body: string;
  footer: string | null;
}

/** The template with its values in their places; what is not given yet stays as `{{1}}`. */
export function filled(template: Template, values: readonly string[]): Filled {
  const inHeader = marksOf(template.header);
  const inBody = marksOf(template.body);
  const put = (text: string, names: string[], from: number) =>
    text.replace(mark, (whole, name: string) => values[from + names.indexOf(name)] || whole);
  return {
    header: template.header === null ? null : put(template.header, inHeader, 0),
    body: put(template.body, inBody, inHeader.length),
    footer: template.footer,
  };
}

/** As it stands in the conversation. */
export function wordsOf({ header, body, footer }: Filled): string {
  return [header, body, footer].filter(Boolean).join("\n\n");
}
