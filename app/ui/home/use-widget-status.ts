import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef, useState } from "react";
import type { WidgetStatus } from "~/home/today";

/** Handles of the extension and of its app embed block: `extensions/storefront-chat/blocks/chat.liquid`. */
const block = "chat";

/**
 * Whether the chat is on in the live theme. App Bridge knows without any scope; what it says is kept, so that the next
 * page starts with it. Asked again when the window comes back, which is how one returns from the theme editor.
 */
export function useWidgetStatus(known: WidgetStatus, keep: (status: "on" | "off") => void): WidgetStatus {
  const shopify = useAppBridge();
  const [status, setStatus] = useState(known);
  const keeping = useRef(keep);
  keeping.current = keep;
  useEffect(() => {
    let gone = false;
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const found = isOn(await shopify.app.extensions()) ? "on" : "off";
        if (gone) return;
        setStatus(found);
        if (found !== known) keeping.current(found);
      } catch {
        // What was known before stands.
      }
    };
    void look();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("focus", look);
    };
  }, [shopify, known]);
  return status;
}

interface Extension {
  type: string;
  activations: readonly object[];
}

/** Whether an app embed block named `chat` is active, in what App Bridge tells of the app's extensions. */
export function isOn(extensions: readonly Extension[]): boolean {
  return extensions
    .filter((one) => one.type === "theme_app_extension")
    .flatMap((one) => one.activations as { handle?: string; status?: string }[])
    .some((one) => one.handle === block && one.status === "active");
}
