import type { Liquid, TagToken, Template, TopLevelToken } from "liquidjs";

/** Takes everything up to the end tag as plain text. */
export function takeRaw(remaining: TopLevelToken[], end: string): string {
  const parts: string[] = [];
  for (let token = remaining.shift(); token; token = remaining.shift()) {
    if (nameOf(token) === end) return parts.join("");
    parts.push(token.getText());
  }
  throw new Error(`${end} is missing`);
}

/** Parses everything up to the end tag. */
export function takeTemplates(liquid: Liquid, remaining: TopLevelToken[], end: string): Template[] {
  const templates: Template[] = [];
  for (let token = remaining.shift(); token; token = remaining.shift()) {
    if (nameOf(token) === end) return templates;
    templates.push(liquid.parser.parseToken(token, remaining));
  }
  throw new Error(`${end} is missing`);
}

function nameOf(token: TopLevelToken): string | undefined {
  return (token as Partial<TagToken>).name;
}
