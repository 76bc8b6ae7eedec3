import { useEffect, useRef, useState } from "preact/hooks";
import { Confirm } from "./cards/confirm";
import { Contact } from "./cards/contact";
import { Rate } from "./cards/rate";
import { ShowCart } from "./cards/show-cart";
import { Composer } from "./composer";
import { CloseIcon, QuietIcon, SoundIcon } from "./icons";
import { Log } from "./log";
import { hasNotWritten } from "./model";
import { soundIsOn, turnSound } from "./sound";
import type { Store } from "./store";
import { fill } from "./texts";
import { useStore } from "./use-store";

/** Narrow or low screens get the chat as a sheet over the page. */
export const sheet = "(max-width: 479px), (max-height: 479px)";

/** The open chat. On a sheet it is modal; beside the page it is not, so the shop can be used meanwhile. */
export function Panel({ store, close }: { store: Store; close(): void }) {
  useStore(store);
  const { texts, settings, model, line, loader } = store;
  const [sound, setSound] = useState(soundIsOn());
  const [picture, setPicture] = useState<{ address: string; name: string } | null>(null);
  const panel = useRef<HTMLElement>(null);
  const isSheet = useMedia(sheet);
  const shop = settings.displayName || loader.host.dataset["shop"] || "";
  const ready = line !== "loading" && line !== "failed";

  useEffect(() => {
    if (store.takesFocus && isSheet) panel.current?.focus({ preventScroll: true });
  }, [store.takesFocus, isSheet]);
  useVisibleHeight(panel, isSheet);

  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (picture) setPicture(null);
      else close();
    } else if (event.key === "Tab" && isSheet) keepInside(event, panel.current as HTMLElement);
  };

  const away = !model.someoneThere;
  const hours = settings.hoursText || loader.host.dataset["hours"];
  return (
    <section
      ref={panel}
      id="throughline-panel"
      class="panel"
      role="dialog"
      aria-label={fill(texts.title, { shop })}
      aria-modal={isSheet}
      tabIndex={-1}
      hidden={!store.isOpen}
      onKeyDown={keys}
    >
      <div class="head">
        <div>
          <h2>{shop}</h2>
          <p class={away ? "status" : "status here"}>{away ? texts.away : texts.here}</p>
        </div>
        <button
          type="button"
          class="icon"
          aria-label={sound ? texts.sound_off : texts.sound_on}
          title={sound ? texts.sound_off : texts.sound_on}
          onClick={() => {
            turnSound(!sound);
            setSound(!sound);
          }}
        >
          {sound ? <SoundIcon /> : <QuietIcon />}
        </button>
        <button type="button" class="icon" aria-label={texts.close} title={texts.close} onClick={close}>
          <CloseIcon />
        </button>
      </div>
      {ready && (line === "off" || !navigator.onLine) && (
        <p class="banner" role="status">
          {navigator.onLine ? texts.connecting : texts.offline}
        </p>
      )}
      {ready ? (
        <>
          <Log store={store} show={(address, name) => setPicture({ address, name })} />
          {away && hasNotWritten(model) && (
            <p class="card">
              {settings.awayMessage || texts.away_text}
              {hours && <small>{hours}</small>}
            </p>
          )}
          <Contact store={store} />
          <Confirm store={store} />
          <ShowCart store={store} />
          <Rate store={store} />
          {model.conversation?.status === "closed" && <p class="card">{texts.closed}</p>}
          <Composer store={store} autofocus={store.takesFocus && !isSheet} />
        </>
      ) : (
        <div class="state" role="status">
          {line === "loading" ? (
            <span class="hidden">{texts.loading}</span>
          ) : (
            <>
              <p>{texts.load_failed}</p>
              <button type="button" class="plain" onClick={() => void store.begin()}>
                {texts.retry}
              </button>
            </>
          )}
        </div>
      )}
      {picture && (
        <div class="lightbox" role="dialog" aria-modal="true" aria-label={picture.name}>
          <img src={picture.address} alt={picture.name} />
          <FocusedButton label={texts.close_picture} press={() => setPicture(null)} />
        </div>
      )}
    </section>
  );
}

/** Takes the focus while it is there and gives it back to what had it. */
function FocusedButton({ label, press }: { label: string; press(): void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const own = button.current as HTMLButtonElement;
    const before = (own.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    own.focus();
    return () => before?.focus();
  }, []);
  return (
    <button
      ref={button}
      type="button"
      class="icon"
      aria-label={label}
      onClick={press}
      onKeyDown={(event) => event.key === "Tab" && event.preventDefault()}
    >
      <CloseIcon />
    </button>
  );
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const change = (): void => setMatches(list.matches);
    list.addEventListener("change", change);
    return () => list.removeEventListener("change", change);
  }, [query]);
  return matches;
}

/** A keyboard on the screen covers the page without making it smaller: the sheet then ends where the keyboard begins. */
function useVisibleHeight(panel: { current: HTMLElement | null }, isSheet: boolean): void {
  useEffect(() => {
    const view = window.visualViewport;
    if (!view || !isSheet) return;
    const resize = (): void => {
      panel.current?.style.setProperty("--height", `${view.height}px`);
      panel.current?.style.setProperty("--top", `${view.offsetTop}px`);
    };
    resize();
    view.addEventListener("resize", resize);
    view.addEventListener("scroll", resize);
    return () => {
      view.removeEventListener("resize", resize);
      view.removeEventListener("scroll", resize);
    };
  }, [panel, isSheet]);
}

/** Tab goes round inside the sheet, since the page behind it cannot be seen. */
function keepInside(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>("button,a[href],input:not([hidden]),textarea,[tabindex='0']")];
  const [first, last] = [stops[0], stops.at(-1)];
  const current = (panel.getRootNode() as ShadowRoot).activeElement;
  if (event.shiftKey ? current === first || current === panel : current === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
