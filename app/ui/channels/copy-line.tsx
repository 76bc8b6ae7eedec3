import { Button } from "@shopify/polaris";
import { ClipboardIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";
import styles from "./channels.module.css";

/** An address to paste elsewhere. It stands as text too: a browser may refuse the clipboard inside a frame. */
export function CopyLine({ label, value }: { label: string; value: string }) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), 2_500);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setSaid("Copied"),
      () => setSaid("Select it and copy"),
    );
  return (
    <div className={styles.address}>
      <code>{value}</code>
      <Button icon={ClipboardIcon} onClick={copy} accessibilityLabel={said ?? `Copy ${label}`}>
        {said ?? "Copy"}
      </Button>
      <span role="status" className="Polaris-Text--visuallyHidden">
        {said}
      </span>
    </div>
  );
}
