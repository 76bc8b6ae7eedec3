import { Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { AttachmentView } from "../protocol";
import { DownIcon } from "./icons";
import { Attachment, Words } from "./message";
import { newestFromShop, type Unsent } from "./model";
import type { Store } from "./store";
import { fill } from "./texts";
import { dayOf, timeOf } from "./times";

interface Row {
  key: string;
  own: boolean;
  who: string;
  at: number;
  text: string;
  attachments: AttachmentView[];
  unsent: Unsent | null;
  position: number;
}

/** Two messages of one sender within this time stand together, in milliseconds. */
const together = 5 * 60_000;

/** The chat's messages in order. Stays at the newest one unless the shopper has scrolled up. */
export function Log({ store, show }: { store: Store; show(address: string, name: string): void }) {
  const { model, texts, loader, settings } = store;
  const language = loader.host.lang || "en";
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const [below, setBelow] = useState(false);
  const rows = rowsOf(store);
  const newest = newestFromShop(model);
  const lastOwn = rows.findLast((row) => row.own && !row.unsent)?.key;
  const first = rows[0]?.key;

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new row may move the end.
  useLayoutEffect(() => {
    if (atEnd.current) toEnd(box.current);
    else setBelow(true);
  }, [rows.length, newest, model.typing === null, store.isOpen]);
  // Earlier messages were put above: what the shopper reads stays where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the first row changes.
  useLayoutEffect(() => {
    if (box.current && !atEnd.current) box.current.scrollTop += box.current.scrollHeight - height.current;
    height.current = box.current?.scrollHeight ?? 0;
  }, [first]);
  useEffect(() => {
    if (!box.current || !("ResizeObserver" in window)) return;
    const watch = new ResizeObserver(() => atEnd.current && toEnd(box.current));
    watch.observe(box.current);
    for (const child of box.current.children) watch.observe(child);
    return () => watch.disconnect();
  }, []);

  const scrolled = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = box.current as HTMLDivElement;
    atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
    height.current = scrollHeight;
    if (atEnd.current) setBelow(false);
  };

  return (
    <div class="middle">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard. */}
      <div ref={box} class="log" onScroll={scrolled} tabIndex={0} role="log" aria-label={texts.log} aria-live="polite">
        <div class="rows">
          {model.conversation?.older && (
            <button type="button" class="quiet" onClick={() => void store.older().catch(() => {})}>
              {texts.older}
            </button>
          )}
          <p class="greeting">{loader.host.dataset["greeting"] || texts.greeting}</p>
          {rows.map((row, index) => {
            const before = rows[index - 1];
            const after = rows[index + 1];
            const newDay = !before || dayOf(before.at, language) !== dayOf(row.at, language);
            const opens = newDay || before.who !== row.who || row.at - before.at > together;
            const closes = !after || after.who !== row.who || after.at - row.at > together;
            return (
              <Fragment key={row.key}>
                {newDay && <p class="day">{dayOf(row.at, language)}</p>}
                <article class={`row${row.own ? " own" : ""}${opens ? " opens" : ""}`}>
                  <span class="hidden">{row.who}, </span>
                  {row.attachments.map((file) => (
                    <Attachment key={file.id} file={file} store={store} show={show} />
                  ))}
                  {row.text && (
                    <p class="bubble" dir="auto">
                      <Words text={row.text} pay={texts.pay} />
                    </p>
                  )}
                  <Foot row={row} store={store} shown={closes} isLast={row.key === lastOwn} language={language} />
                </article>
              </Fragment>
            );
          })}
          {model.typing && (
            <p class="typing">
              <span class="hidden">{fill(texts.typing, { name: model.typing.name || settings.displayName })}</span>
              <b />
              <b />
              <b />
            </p>
          )}
        </div>
      </div>
      {below && (
        <button
          type="button"
          class="below"
          onClick={() => {
            atEnd.current = true;
            toEnd(box.current);
          }}
        >
          <DownIcon />
          {texts.new_messages}
        </button>
      )}
    </div>
  );
}

function toEnd(box: HTMLElement | null): void {
  if (box) box.scrollTop = box.scrollHeight;
}

/** Under a message: who and when, and for the shopper's own what became of it. */
function Foot({
  row,
  store,
  shown,
  isLast,
  language,
}: {
  row: Row;
  store: Store;
  shown: boolean;
  isLast: boolean;
  language: string;
}) {
  const { texts, model } = store;
  const { unsent } = row;
  if (unsent?.failure) {
    return (
      <p class="foot failed" role="alert">
        {unsent.failure}{" "}
        <button type="button" onClick={() => store.retry(row.key)}>
          {texts.retry}
        </button>
        <button type="button" onClick={() => store.discard(row.key)}>
          {texts.discard}
        </button>
      </p>
    );
  }
  const time = (
    <bdi>
      <time dateTime={new Date(row.at).toISOString()}>{timeOf(row.at, language)}</time>
    </bdi>
  );
  const seen = (model.conversation?.staffSeen ?? 0) >= row.position;
  const state = unsent ? texts.sending : isLast ? (seen ? texts.seen : texts.delivered) : "";
  return (
    <p class={shown || state ? "foot" : "foot hidden"}>
      {!row.own && (
        <span aria-hidden="true">
          <bdi>{row.who}</bdi> ·{" "}
        </span>
      )}
      {time}
      {state && ` · ${state}`}
    </p>
  );
}

function rowsOf(store: Store): Row[] {
  const { model, texts, settings } = store;
  const shop = settings.displayName || store.loader.host.dataset["shop"] || "";
  return [
    ...model.messages.map((message) => ({
      key: message.clientKey || message.id,
      own: message.author === "shopper",
      who: message.author === "shopper" ? texts.you : (message.staffName ?? shop),
      at: Date.parse(message.at),
      text: message.text,
      attachments: message.attachments,
      unsent: null,
      position: message.position,
    })),
    ...model.unsent.map((unsent) => ({
      key: unsent.clientKey,
      own: true,
      who: texts.you,
      at: unsent.at,
      text: unsent.text,
      attachments: unsent.attachments,
      unsent,
      position: Number.MAX_SAFE_INTEGER,
    })),
  ];
}
