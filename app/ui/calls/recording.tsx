import { Button, Text } from "@shopify/polaris";
import { PlayIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";
import { askBlob } from "../ask";
import styles from "./calls.module.css";

interface RecordingProps {
  attachmentId: string;
  label: string;
}

/**
 * A call's sound. It is fetched when somebody wants to hear it: the address needs proof, which an `<audio>` cannot give,
 * and a page of calls would load all of them.
 */
export function Recording({ attachmentId, label }: RecordingProps) {
  const [source, setSource] = useState<string | null>(null);
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  useEffect(() => () => void (source && URL.revokeObjectURL(source)), [source]);
  const load = () => {
    setState("loading");
    askBlob(`/files/${attachmentId}`).then(
      (blob) => {
        setSource(URL.createObjectURL(blob));
        setState("idle");
      },
      () => setState("failed"),
    );
  };
  if (source) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what was said in a voicemail stands beside it as text where it is known.
      <audio className={styles.sound} controls autoPlay src={source} aria-label={label} />
    );
  }
  return (
    <div>
      <Button
        icon={PlayIcon}
        size="slim"
        onClick={load}
        loading={state === "loading"}
        accessibilityLabel={`Play ${label}`}
      >
        Play recording
      </Button>
      {state === "failed" ? (
        <Text as="p" variant="bodySm" tone="critical">
          The recording could not be loaded. Try again.
        </Text>
      ) : null}
    </div>
  );
}
