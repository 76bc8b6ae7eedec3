/** An element of a TwiML document. */
export interface Verb {
  name: string;
  attributes: Record<string, string>;
  children: Verb[];
  text: string;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith("#")) {
      return String.fromCodePoint(Number.parseInt(name.slice(name[1] === "x" ? 2 : 1), name[1] === "x" ? 16 : 10));
    }
    return entities[name] ?? whole;
  });
}

/** The verbs of a document, or null for what is none: Twilio then says that an application error has occurred. */
export function readTwiml(document: string): Verb[] | null {
  const root: Verb = { name: "", attributes: {}, children: [], text: "" };
  const open: Verb[] = [root];
  const pattern = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([A-Za-z]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/g;
  let end = 0;
  for (const found of document.matchAll(pattern)) {
    if (found.index !== end) return null;
    end += found[0].length;
    const [, closing, name, attributes = "", empty, text] = found;
    const current = open.at(-1) as Verb;
    if (text !== undefined) current.text += plain(text);
    if (!name) continue;
    if (closing) {
      if (open.pop()?.name !== name || open.length === 0) return null;
      continue;
    }
    const verb: Verb = { name, attributes: {}, children: [], text: "" };
    for (const [, key = "", value = ""] of attributes.matchAll(/([\w:]+)="([^"]*)"/g))
      verb.attributes[key] = plain(value);
    current.children.push(verb);
    if (!empty) open.push(verb);
  }
  const [response] = root.children;
  return end === document.length && open.length === 1 && response?.name === "Response" ? response.children : null;
}
