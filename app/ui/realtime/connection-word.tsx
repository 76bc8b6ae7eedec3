import { Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useRealtime } from "../use-realtime";

/** Says "Reconnecting…" once the line has been away for longer than a blink; nothing while all is well. */
export function ConnectionWord() {
  const { state } = useRealtime();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (state !== "reconnecting") {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), 1_500);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <span role="status" data-connection={state}>
      {shown ? (
        <Text as="span" variant="bodySm" tone="subdued">
          Reconnecting…
        </Text>
      ) : null}
    </span>
  );
}
