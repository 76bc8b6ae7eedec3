import { BlockStack, Button, Text } from "@shopify/polaris";
import { ClipboardIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";
import styles from "./channels.module.css";

interface ToPasteLineProps {
  title: string;
  /** Where it is to be pasted. */
  words: string;
  value: string;
}

/** Something to copy to the provider, with where it goes there. */
export function ToPasteLine({ title, words, value }: ToPasteLineProps) {
  return (
    <BlockStack gap="150">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      <Text as="p" tone="subdued">
        {words}
      </Text>
      <CopyLine label={title.toLowerCase()} value={value} />
    </BlockStack>
  );
}

/** An address to paste elsewhere. It stands as text too: a browser may refuse the clipboard inside a frame. */
function CopyLine({ label, value }: { label: string; value: string }) {
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
