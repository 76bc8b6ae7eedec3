import { useEffect, useRef, useState } from "preact/hooks";
import type { Store } from "../store";
import { fill } from "../texts";

/**
 * The shopper proves an address of theirs with a code that is mailed to it, and finds what they wrote from other devices
 * and before. Without it a browser shows only its own.
 */
export function Confirm({ store }: { store: Store }) {
  const { texts, model } = store;
  const [step, setStep] = useState<"" | "email" | "code" | "done">("");
  const [email, setEmail] = useState("");
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  // The shopper has just asked for the box of this step.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is a new box.
  useEffect(() => box.current?.focus(), [step]);
  if (step === "done") {
    return (
      <p class="card" role="status">
        {texts.confirm_done}
      </p>
    );
  }
  if (!model.visitor.canConfirm) return null;
  if (step === "") {
    return (
      <button type="button" class="quiet show" onClick={() => setStep("email")}>
        {texts.confirm_open}
      </button>
    );
  }
  const asksCode = step === "code";
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const problem = asksCode ? await store.ask.confirmCode(code) : await store.ask.requestCode(email.trim());
    setBusy(false);
    setWrong(problem);
    if (!problem) setStep(asksCode ? "done" : "code");
  };
  return (
    <form class="card" onSubmit={(event) => void submit(event)} noValidate>
      <strong>{texts.confirm_open}</strong>
      <p>{asksCode ? fill(texts.confirm_sent, { email: email.trim() }) : texts.confirm_text}</p>
      <div class="pair">
        {/* A key of its own, so that the second box is a new one and takes the focus. */}
        <input
          key={step}
          ref={box}
          dir="ltr"
          aria-label={asksCode ? texts.confirm_code : texts.contact_email}
          placeholder={asksCode ? texts.confirm_code : texts.contact_email}
          aria-invalid={wrong !== ""}
          aria-describedby={wrong ? "wrong-code" : undefined}
          {...(asksCode
            ? { value: code, inputMode: "numeric", autocomplete: "one-time-code", maxLength: 12 }
            : { value: email, type: "email", autocomplete: "email" })}
          onInput={({ currentTarget: { value } }) => (asksCode ? setCode(value) : setEmail(value))}
        />
        <button type="submit" class="plain" disabled={busy}>
          {asksCode ? texts.confirm : texts.confirm_send}
        </button>
      </div>
      {wrong && (
        <p id="wrong-code" class="wrong" role="alert">
          {wrong}
        </p>
      )}
      {asksCode && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            setStep("email");
            setWrong("");
            setCode("");
          }}
        >
          {texts.confirm_again}
        </button>
      )}
    </form>
  );
}
