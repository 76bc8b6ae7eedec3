import { Button, Icon, Link, Text } from "@shopify/polaris";
import { Fragment, useState } from "react";
import type { EntryView } from "~/timeline/entry-view";
import { useAdmin } from "../admin-context";
import { Recording } from "../calls/recording";
import { clockTime } from "../time";
import { entryIcons } from "./entry-icon";
import { type EntryWords, entryWords, type Piece } from "./entry-words";
import styles from "./timeline.module.css";

/** Characters of a message that are shown at once. */
const longQuote = 400;

/** One thing that happened: what, when, what was written, and the way to it. */
export function EntryRow({ entry, conversationId }: { entry: EntryView; conversationId?: string | undefined }) {
  const { me, locale, shop } = useAdmin();
  const words = entryWords(entry, { me: me.id, locale, timeZone: shop.timeZone, shop, conversationId });
  return (
    <li className={styles.entry}>
      <span className={styles.icon} aria-hidden="true">
        <Icon source={entryIcons[entry.kind]} tone="subdued" />
      </span>
      <div className={styles.words}>
        <div className={styles.head}>
          <Text as="p" breakWord>
            <Sentence pieces={words.sentence} link={words.link} />
          </Text>
          <Text as="span" variant="bodySm" tone="subdued">
            <time dateTime={entry.at}>{clockTime(entry.at, locale, shop.timeZone)}</time>
          </Text>
        </div>
        {words.detail && words.detail.length > 0 ? (
          <Text as="p" variant="bodySm" tone="subdued" breakWord>
            <Sentence pieces={words.detail} />
          </Text>
        ) : null}
        <Quote entry={entry} />
        {entry.recording ? <Recording attachmentId={entry.recording} label="Recording of the call" /> : null}
        {words.link?.words ? (
          <Link url={words.link.url} {...(words.link.target ? { target: words.link.target } : {})} removeUnderline>
            <span className={styles.link}>{words.link.words}</span>
          </Link>
        ) : null}
      </div>
    </li>
  );
}

function Sentence({ pieces, link }: { pieces: Piece[]; link?: EntryWords["link"] }) {
  const about = link && !link.words ? pieces.findLastIndex((piece) => typeof piece !== "string") : -1;
  return pieces.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other name and do not move.
    <Fragment key={index}>
      {typeof piece === "string" ? (
        piece
      ) : link && index === about ? (
        <Link url={link.url} {...(link.target ? { target: link.target } : {})} removeUnderline>
          <bdi>{piece.name}</bdi>
        </Link>
      ) : (
        <bdi>{piece.name}</bdi>
      )}
    </Fragment>
  ));
}

/** What was written, as it was written; or that it is no longer there. */
function Quote({ entry }: { entry: EntryView }) {
  const [isWhole, setWhole] = useState(false);
  if (entry.written === undefined) return null;
  if (entry.written === null) {
    return (
      <Text as="p" variant="bodySm" tone="subdued">
        What was written here is erased.
      </Text>
    );
  }
  const { text, attachments } = entry.written;
  const isShort = isWhole || text.length <= longQuote;
  const isNote = entry.kind === "note.added" || entry.kind === "customer.noted";
  return (
    <>
      {text ? (
        <div className={styles.quote} data-kind={isNote ? "note" : "message"} dir="auto">
          {isShort ? text : `${text.slice(0, longQuote).trimEnd()}…`}
        </div>
      ) : null}
      {isShort ? null : (
        <Button variant="plain" onClick={() => setWhole(true)}>
          Show all of it
        </Button>
      )}
      {attachments > 0 ? (
        <Text as="p" variant="bodySm" tone="subdued">
          {attachments === 1 ? "1 attachment" : `${attachments} attachments`}
        </Text>
      ) : null}
    </>
  );
}
