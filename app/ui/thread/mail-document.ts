/** Addresses of this page for the pictures inside a mail, by their cid. */
export type Pictures = ReadonlyMap<string, string>;

/**
 * The page that a mail's HTML is shown as, in a frame that runs nothing. It may load nothing either, but the pictures
 * that came with it, and with `remote` those of other servers, which tell their senders that the mail was opened.
 * https://www.w3.org/TR/CSP3/
 */
export function mailDocument(html: string, pictures: Pictures, remote: boolean): string {
  const images = remote ? "data: blob: https: http:" : "data: blob:";
  const policy = `default-src 'none'; img-src ${images}; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'`;
  const shown = remote ? html.replace(/\sdata-blocked-(src|srcset|background)=/gi, " $1=") : html;
  return [
    `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<meta name="referrer" content="no-referrer"><base target="_blank">`,
    "<style>html{color-scheme:light;background:#fff}body{margin:0;padding:12px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;color:#1a1a1a}",
    "img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}</style></head><body>",
    withPictures(shown, pictures),
    "</body></html>",
  ].join("");
}

/** Whether pictures of other servers wait in it. */
export function hasRemote(html: string): boolean {
  return /\sdata-blocked-(src|srcset|background)=/i.test(html);
}

/** RFC 2392: a cid may be percent-encoded in the address. */
function withPictures(html: string, pictures: Pictures): string {
  return html.replace(/(["'])cid:([^"']+)\1/gi, (whole, quote: string, id: string) => {
    const address = pictures.get(id) ?? pictures.get(decoded(id));
    return address ? `${quote}${address}${quote}` : whole;
  });
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
