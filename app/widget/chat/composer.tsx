import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { get, set } from "../loader/storage";
import type { AttachmentView } from "../protocol";
import { uploadFile } from "./files";
import { ClipIcon, CloseIcon, SendIcon } from "./icons";
import { hasNotWritten } from "./model";
import type { Store } from "./store";
import { fill } from "./texts";

/** Characters of one message; the server's `longestText`. */
const longest = 5_000;
const accepted = "image/jpeg,image/png,image/gif,image/webp,application/pdf";

interface Added {
  key: number;
  name: string;
  preview: string;
  stored: AttachmentView | null;
  failure: string;
}

let nextKey = 1;

/** Where the shopper writes. What is written stays over pages of this tab until it is sent. */
export function Composer({ store, autofocus }: { store: Store; autofocus: boolean }) {
  const { texts, loader, model } = store;
  const [text, setText] = useState(() => get("sessionStorage", "draft") ?? "");
  const [added, setAdded] = useState<Added[]>([]);
  const [about, setAbout] = useState({ name: "", email: "" });
  const first = hasNotWritten(model);
  const [asks] = useState(first && !model.visitor.signedIn);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: grows with what is written.
  useLayoutEffect(() => {
    const box = area.current as HTMLTextAreaElement;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 132)}px`;
  }, [text]);
  useLayoutEffect(() => {
    if (autofocus) area.current?.focus({ preventScroll: true });
  }, [autofocus]);

  const write = (next: string): void => {
    setText(next);
    set("sessionStorage", "draft", next || null);
  };
  const add = (files: Iterable<File>): void => {
    for (const file of [...files].slice(0, 10 - added.length)) {
      const key = nextKey++;
      const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : "";
      setAdded((list) => [...list, { key, name: file.name, preview, stored: null, failure: "" }]);
      const done = (change: Partial<Added>): void =>
        setAdded((list) => list.map((each) => (each.key === key ? { ...each, ...change } : each)));
      uploadFile(loader, file, texts).then(
        (stored) => done({ stored }),
        (error: Error) => done({ failure: error.message }),
      );
    }
  };
  const remove = (gone: Added): void => {
    if (gone.preview) URL.revokeObjectURL(gone.preview);
    setAdded((list) => list.filter((each) => each !== gone));
    area.current?.focus();
  };

  const tooMany = text.trim().length - longest;
  const stored = added.flatMap((each) => each.stored ?? []);
  const waits = added.some((each) => !each.stored && !each.failure);
  const ready = (text.trim() !== "" || stored.length > 0) && !waits && tooMany <= 0;

  const send = (event?: Event): void => {
    event?.preventDefault();
    if (!ready) return;
    const { name, email } = about;
    store.say(text.trim(), stored, { ...(name ? { name } : {}), ...(email.includes("@") ? { email } : {}) });
    write("");
    for (const each of added) if (each.preview) URL.revokeObjectURL(each.preview);
    setAdded([]);
    area.current?.focus();
  };

  const privacy = store.settings.privacyUrl || loader.host.dataset["privacy"];
  return (
    <form
      class="composer"
      onSubmit={send}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        add(event.dataTransfer?.files ?? []);
      }}
    >
      {asks && first && (
        <div class="about">
          <input
            type="text"
            autocomplete="name"
            maxLength={100}
            aria-label={texts.name}
            placeholder={texts.name}
            value={about.name}
            onInput={(event) => setAbout({ ...about, name: event.currentTarget.value })}
          />
          <input
            type="email"
            autocomplete="email"
            maxLength={254}
            dir={about.email ? "ltr" : undefined}
            aria-label={texts.email}
            placeholder={texts.email}
            value={about.email}
            onInput={(event) => setAbout({ ...about, email: event.currentTarget.value })}
          />
        </div>
      )}
      {added.length > 0 && (
        <ul class="added">
          {added.map((each) => (
            <li key={each.key} class={each.failure ? "wrong" : each.stored ? "" : "waits"}>
              <span>
                {each.preview ? <img src={each.preview} alt="" /> : <span class="name">{each.name}</span>}
                <button type="button" aria-label={fill(texts.remove, { name: each.name })} onClick={() => remove(each)}>
                  <CloseIcon />
                </button>
              </span>
              {each.failure && <p role="alert">{each.failure}</p>}
            </li>
          ))}
        </ul>
      )}
      <div class="write">
        <button
          type="button"
          class="icon"
          aria-label={texts.attach}
          title={texts.attach}
          onClick={() => picker.current?.click()}
        >
          <ClipIcon />
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          accept={accepted}
          onChange={(event) => {
            add(event.currentTarget.files ?? []);
            event.currentTarget.value = "";
          }}
        />
        <textarea
          ref={area}
          rows={1}
          dir={text ? "auto" : undefined}
          aria-label={texts.message}
          placeholder={texts.placeholder}
          enterkeyhint="send"
          value={text}
          onInput={(event) => {
            write(event.currentTarget.value);
            store.typing();
          }}
          onPaste={(event) => {
            const files = event.clipboardData?.files;
            if (files?.length) {
              event.preventDefault();
              add(files);
            }
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
          }}
        />
        <button type="submit" class="send" aria-label={texts.send} aria-disabled={!ready}>
          <SendIcon />
        </button>
      </div>
      {tooMany > 0 && (
        <p class="hint wrong" role="alert">
          {fill(texts.too_long, { count: tooMany })}
        </p>
      )}
      {first && !model.visitor.consented && (
        <p class="hint">
          {texts.consent}{" "}
          {privacy && (
            <a href={privacy} target="_blank" rel="noopener">
              {texts.privacy}
            </a>
          )}
        </p>
      )}
    </form>
  );
}
