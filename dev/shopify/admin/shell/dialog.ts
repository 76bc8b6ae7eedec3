import { make } from "./page";

/**
 * Opens a dialog over the admin and resolves with what a button stands for, or null when it is closed. The
 * browser keeps the focus inside and gives it back.
 */
export function openDialog<Result>(input: {
  title: string;
  body: Node;
  className?: string;
  buttons: { label: string; value: () => Result | null; primary?: boolean; critical?: boolean; id?: string }[];
}): Promise<Result | null> {
  return new Promise((resolve) => {
    const dialog = make("dialog", { className: `dialog ${input.className ?? ""}` });
    dialog.setAttribute("aria-labelledby", "dialog-title");
    const done = (value: Result | null): void => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    const close = make("button", { type: "button", textContent: "×", ariaLabel: "Close", onclick: () => done(null) });
    const footer = make(
      "footer",
      {},
      ...input.buttons.map((button) =>
        make("button", {
          type: "button",
          id: button.id ?? "",
          className: ["button", button.primary && "primary", button.critical && "critical"].filter(Boolean).join(" "),
          textContent: button.label,
          onclick: () => done(button.value()),
        }),
      ),
    );
    dialog.append(
      make("header", {}, make("h2", { id: "dialog-title", textContent: input.title }), close),
      make("div", { className: "dialog-body" }, input.body),
      footer,
    );
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      done(null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks a yes-or-no question. */
export async function ask(title: string, question: string, yes: string, no: string): Promise<boolean> {
  const answer = await openDialog<boolean>({
    title,
    body: make("p", {}, question),
    buttons: [
      { label: no, value: () => false },
      { label: yes, value: () => true, primary: true, critical: true },
    ],
  });
  return answer === true;
}
