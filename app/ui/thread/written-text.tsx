import { Fragment } from "react";

const address = /\bhttps?:\/\/[^\s<>"']+/g;

/** What a person wrote, in its own direction, with web addresses as links. Never read as markup. */
export function WrittenText({ text }: { text: string }) {
  return (
    <span dir="auto" style={{ display: "block" }}>
      {partsOf(text).map((part) => (
        <Fragment key={part.from}>
          {part.link ? (
            <a href={part.text} target="_blank" rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          ) : (
            part.text
          )}
        </Fragment>
      ))}
    </span>
  );
}

/** The text cut where web addresses begin and end; a full stop or bracket after an address is not part of it. */
export function partsOf(text: string): { from: number; text: string; link: boolean }[] {
  const parts: { from: number; text: string; link: boolean }[] = [];
  let done = 0;
  for (const match of text.matchAll(address)) {
    const link = match[0].replace(/[.,;:!?)\]}]+$/, "");
    if (!URL.canParse(link)) continue;
    if (match.index > done) parts.push({ from: done, text: text.slice(done, match.index), link: false });
    parts.push({ from: match.index, text: link, link: true });
    done = match.index + link.length;
  }
  if (done < text.length) parts.push({ from: done, text: text.slice(done), link: false });
  return parts;
}
