import { colorOf } from "./style";

/**
 * Every element that may stand in the sanitised HTML of a mail. All of them are ordinary HTML: none holds raw text, none
 * leads into SVG or MathML, none is a form. A browser therefore reads back exactly what was written.
 */
export const allowedElements = new Set(
  (
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em " +
    "figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp " +
    "section small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr"
  ).split(" "),
);

export const voidElements = new Set(["br", "col", "hr", "img", "wbr"]);

const keyword = (words: string) => {
  const allowed = new Set(words.split(" "));
  return (value: string): string | null => {
    const lower = value.trim().toLowerCase();
    return allowed.has(lower) ? lower : null;
  };
};
const number = (most: number) => (value: string) => {
  const found = /^\s*\+?(\d{1,5})/.exec(value)?.[1];
  return found === undefined ? null : String(Math.min(Number(found), most));
};
const length = (value: string): string | null => /^\s*(\d{1,4}(?:\.\d{1,3})?%?)(?:px)?\s*$/i.exec(value)?.[1] ?? null;
const words = (value: string): string => value.slice(0, 1_000);
const color = (value: string): string | null => colorOf(value);
const align = keyword("left right center justify middle top bottom baseline char");

/** Gives the value as it may stand, or null. `href`, `src` and `style` have rules of their own (`attributes.ts`). */
type Rule = (value: string) => string | null;

const everywhere: Readonly<Record<string, Rule>> = {
  dir: keyword("ltr rtl auto"),
  lang: (value) => /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4}$/.exec(value.trim())?.[0] ?? null,
  title: words,
  align,
  valign: align,
};

const box: Readonly<Record<string, Rule>> = { width: length, height: length, bgcolor: color };
const cell: Readonly<Record<string, Rule>> = {
  ...box,
  colspan: number(1_000),
  rowspan: number(1_000),
  nowrap: () => "",
  scope: keyword("row col rowgroup colgroup"),
};

const ofElement: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  col: { span: number(1_000), width: length },
  colgroup: { span: number(1_000), width: length },
  font: {
    color,
    face: (value) => /^[\w\s,'"-]{1,200}$/.exec(value)?.[0] ?? null,
    size: (value) => /^[+-]?\d$/.exec(value.trim())?.[0] ?? null,
  },
  hr: { width: length, size: number(100), color, noshade: () => "" },
  img: { alt: words, width: length, height: length, border: number(100), hspace: number(100), vspace: number(100) },
  li: { value: number(99_999), type: keyword("1 a i disc circle square") },
  ol: { start: number(99_999), type: keyword("1 a i"), reversed: () => "" },
  ul: { type: keyword("disc circle square") },
  table: { ...box, border: number(100), cellpadding: number(100), cellspacing: number(100) },
  tbody: box,
  td: cell,
  th: cell,
  thead: box,
  tr: box,
  div: { bgcolor: color },
};

/** The rule of an attribute that needs none but its value's shape; null for what may not stand. */
export function ruleOf(element: string, attribute: string): Rule | null {
  return (
    (Object.hasOwn(everywhere, attribute) && everywhere[attribute]) ||
    (Object.hasOwn(ofElement, element) &&
      Object.hasOwn(ofElement[element] ?? {}, attribute) &&
      ofElement[element]?.[attribute]) ||
    null
  );
}
