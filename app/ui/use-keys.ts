import { useEffect, useRef } from "react";

/** What a key does; returns false to leave the key to the page. */
export type KeyMap = Record<string, (event: KeyboardEvent) => unknown>;

/**
 * Single keys for the whole page. They rest while somebody writes, while a dialog or menu is open, and with any modifier
 * but Shift, so they never take a key away from the browser or from a text.
 */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const act = latest.current[event.key];
      if (act && act(event) !== false) event.preventDefault();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog], .Polaris-Popover")) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
