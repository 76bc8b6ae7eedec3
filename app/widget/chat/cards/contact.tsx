import { useState } from "preact/hooks";
import { hasNotWritten } from "../model";
import type { Store } from "../store";

/** Asked when nobody is there and the shop would not know where to answer. */
export function Contact({ store }: { store: Store }) {
  const { texts, model } = store;
  const [email, setEmail] = useState("");
  const [failure, setFailure] = useState("");
  const [saved, setSaved] = useState(false);
  if (saved) {
    return (
      <p class="card" role="status">
        {texts.contact_saved}
      </p>
    );
  }
  if (model.someoneThere || !model.conversation || hasNotWritten(model) || model.visitor.hasEmail) return null;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wrong = /^\S+@\S+\.\S+$/.test(email.trim()) ? await store.ask.contact(email.trim()) : texts.email_invalid;
    setFailure(wrong);
    setSaved(wrong === "");
  };
  return (
    <form class="card" onSubmit={(event) => void save(event)} noValidate>
      <strong>{texts.contact_title}</strong>
      <p>{texts.contact_text}</p>
      <div class="pair">
        <input
          type="email"
          autocomplete="email"
          dir={email ? "ltr" : undefined}
          aria-label={texts.contact_email}
          placeholder={texts.contact_email}
          aria-invalid={failure !== ""}
          aria-describedby={failure ? "wrong-email" : undefined}
          value={email}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
        <button type="submit" class="plain">
          {texts.contact_save}
        </button>
      </div>
      {failure && (
        <p id="wrong-email" class="wrong" role="alert">
          {failure}
        </p>
      )}
    </form>
  );
}
