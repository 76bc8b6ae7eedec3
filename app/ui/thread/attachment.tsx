import { Button, Modal, SkeletonThumbnail, Text } from "@shopify/polaris";
import { AttachmentIcon } from "@shopify/polaris-icons";
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
      {attachments.map((one) =>
        one.mediaType.startsWith("image/") ? (
          <Picture key={one.id} attachment={one} />
        ) : (
          <FileButton key={one.id} attachment={one} />
        ),
      )}
    </div>
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
        const link = document.createElement("a");
        link.href = url;
        link.download = attachment.name;
        link.click();
      },
      () => setProblem(true),
    );
  return (
    <Button icon={AttachmentIcon} onClick={open} textAlign="start">
      {problem ? `${attachment.name} is not available` : `${attachment.name} (${bytes(attachment.size)})`}
    </Button>
  );
}
