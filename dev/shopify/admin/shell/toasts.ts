import { make } from "./page";

export interface ToastOptions {
  duration?: number;
  isError?: boolean;
  action?: string;
}

const shown = new Map<string, () => void>();

/** Shows a short message at the bottom of the window, read out by screen readers. */
export function showToast(
  id: string,
  message: string,
  options: ToastOptions,
  tell: (what: "action" | "dismiss" | "gone") => void,
): void {
  const toast = make("div", { className: options.isError ? "toast error" : "toast" }, make("span", {}, message));
  if (options.action) {
    toast.append(make("button", { type: "button", textContent: options.action, onclick: () => end("action") }));
  }
  toast.append(
    make("button", { type: "button", textContent: "×", ariaLabel: "Dismiss", onclick: () => end("dismiss") }),
  );
  const timer = setTimeout(() => end("gone"), options.duration ?? 5000);
  const end = (what: "action" | "dismiss" | "gone"): void => {
    if (!shown.delete(id)) return;
    clearTimeout(timer);
    toast.remove();
    tell(what);
  };
  shown.set(id, () => end("gone"));
  region().append(toast);
}

export function hideToast(id: string): void {
  shown.get(id)?.();
}

/** The live region has to be in the page before a message is put into it, or it is not read out. */
export function region(): HTMLElement {
  const found = document.getElementById("toasts");
  if (found) return found;
  const made = make("div", { id: "toasts", role: "status" });
  made.setAttribute("aria-live", "polite");
  document.body.append(made);
  return made;
}
