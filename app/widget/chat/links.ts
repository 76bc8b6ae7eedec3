/** A piece of a message: words, or an address to open; `at` is where it begins. */
export type Piece = { text: string } | { text: string; href: string; pay: boolean; at: number };

const address = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** Marks that end a sentence rather than an address. */
const trailing = /[.,;:!?…'"»”’\]}]+$/;

/**
 * Splits a message into words and links. Only http and https become links; a bracket or a full stop after an address is
 * not part of it. Links to invoices of a draft order are marked, they get a button.
 */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const shown = trimmed(match[0]);
    const href = hrefOf(shown);
    if (!href) continue;
    if (match.index > at) found.push({ text: text.slice(at, match.index) });
    found.push({ text: shown, href, pay: isInvoice(href), at: match.index });
    at = match.index + shown.length;
  }
  if (at < text.length) found.push({ text: text.slice(at) });
  return found;
}

function trimmed(address: string): string {
  let shown = address.replace(trailing, "");
  while (shown.endsWith(")") && shown.split(")").length > shown.split("(").length) {
    shown = shown.slice(0, -1).replace(trailing, "");
  }
  return shown;
}

function hrefOf(text: string): string | null {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** `https://shop/<number>/invoices/<token>`, as `DraftOrder.invoiceUrl` has it. */
function isInvoice(href: string): boolean {
  return /^\/(\d+\/)?invoices\/[\w-]{8,}\/?$/.test(new URL(href).pathname);
}
