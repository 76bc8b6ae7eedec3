import { Button, Modal, SkeletonThumbnail, Text } from "@shopify/polaris";
import { AttachmentIcon, PlayIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";
import type { AttachmentView } from "~/realtime/frames";
import { askBlob } from "../ask";
import { bytes } from "./bytes";
import styles from "./thread.module.css";

/** Pictures of the page by attachment; the address needs proof, which an <img> cannot give, so they are fetched. */
const loaded = new Map<string, Promise<string>>();

function pictureOf(id: string): Promise<string> {
  const known = loaded.get(id);
  if (known) return known;
  const asked = askBlob(`/files/${id}`).then((blob) => URL.createObjectURL(blob));
  loaded.set(id, asked);
  asked.catch(() => loaded.delete(id));
  return asked;
}

export function Attachments({ attachments }: { attachments: AttachmentView[] }) {
  if (attachments.length === 0) return null;
  return (
    <div className={styles.pictures}>
      {attachments.map((one) => (
        <Shown key={one.id} attachment={one} />
      ))}
    </div>
  );
}

function Shown({ attachment }: { attachment: AttachmentView }) {
  if (attachment.state === "waiting") return <NotHere name={attachment.name} words="is on its way" />;
  if (attachment.state === "failed") {
    return <NotHere name={attachment.name} words={attachment.reason ?? "could not be taken over"} isBad />;
  }
  if (attachment.mediaType.startsWith("image/")) return <Picture attachment={attachment} />;
  return /^(audio|video)\//.test(attachment.mediaType) ? (
    <Player attachment={attachment} />
  ) : (
    <FileButton attachment={attachment} />
  );
}

/** A file that the provider still holds, or no longer. */
function NotHere({ name, words, isBad = false }: { name: string; words: string; isBad?: boolean }) {
  return (
    <div className={styles.card}>
      <Text as="p" variant="bodySm" tone={isBad ? "caution" : "subdued"} breakWord>
        <bdi>{name}</bdi> {words}
      </Text>
    </div>
  );
}

/** Fetched when somebody wants to hear or see it. */
function Player({ attachment }: { attachment: AttachmentView }) {
  const [source, setSource] = useState<string | null>(null);
  const [problem, setProblem] = useState(false);
  const video = attachment.mediaType.startsWith("video/");
  const play = () => pictureOf(attachment.id).then(setSource, () => setProblem(true));
  if (source && video) {
    // biome-ignore lint/a11y/useMediaCaption: what somebody sent has none.
    return <video className={styles.video} controls autoPlay src={source} aria-label={attachment.name} />;
  }
  // biome-ignore lint/a11y/useMediaCaption: what somebody sent has none.
  if (source) return <audio className={styles.audio} controls autoPlay src={source} aria-label={attachment.name} />;
  return (
    <Button icon={PlayIcon} onClick={play} textAlign="start">
      {problem ? `${attachment.name} is not available` : `${attachment.name} (${bytes(attachment.size)})`}
    </Button>
  );
}

/** Stands in its place before it is there, so that nothing moves when it comes. */
function Picture({ attachment }: { attachment: AttachmentView }) {
  const [source, setSource] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let gone = false;
    pictureOf(attachment.id).then(
      (url) => gone || setSource(url),
      () => gone || setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [attachment.id]);
  const ratio = attachment.width && attachment.height ? attachment.width / attachment.height : 4 / 3;
  const width = Math.round(Math.min(240, 240 * ratio, attachment.width ?? 240));
  return (
    <>
      <button
        type="button"
        className={styles.picture}
        style={{ width, aspectRatio: String(ratio) }}
        aria-label={`Open picture ${attachment.name}`}
        onClick={() => setOpen(source !== null)}
      >
        {source ? <img src={source} alt="" /> : failed ? <Missing /> : <SkeletonThumbnail size="large" />}
      </button>
      <Modal open={open} onClose={() => setOpen(false)} title={attachment.name} size="large">
        <Modal.Section>
          <img src={source ?? undefined} alt={attachment.name} className={styles.whole} />
        </Modal.Section>
      </Modal>
    </>
  );
}

function Missing() {
  return (
    <Text as="span" variant="bodySm" tone="subdued">
      Picture not available
    </Text>
  );
}

function FileButton({ attachment }: { attachment: AttachmentView }) {
  const [problem, setProblem] = useState(false);
  const open = () =>
    pictureOf(attachment.id).then(
      (url) => {
        save(url, attachment.name);
      },
      () => setProblem(true),
    );
  return (
    <Button icon={AttachmentIcon} onClick={open} textAlign="start">
      {problem ? `${attachment.name} is not available` : `${attachment.name} (${bytes(attachment.size)})`}
    </Button>
  );
}

/** Hands a file to the browser, to be kept where it keeps files. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  save(url, name);
  URL.revokeObjectURL(url);
}

function save(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
