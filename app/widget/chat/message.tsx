import { useEffect, useState } from "preact/hooks";
import type { AttachmentView } from "../protocol";
import { fileAddress } from "./files";
import { FileIcon } from "./icons";
import { pieces } from "./links";
import type { Store } from "./store";
import { fill } from "./texts";

/** What was written, with its links; line breaks stay. */
export function Words({ text, pay }: { text: string; pay: string }) {
  const found = pieces(text);
  return (
    <>
      {found.map((piece) => {
        if (!("href" in piece)) return piece.text;
        const link = { href: piece.href, target: "_blank", rel: "noopener noreferrer nofollow" };
        return piece.pay ? (
          <a key={piece.at} class="pay" {...link}>
            {pay}
          </a>
        ) : (
          <a key={piece.at} {...link}>
            {piece.text}
          </a>
        );
      })}
    </>
  );
}

/** A picture in its own proportions from the start, or a file to save. */
export function Attachment({
  file,
  store,
  show,
}: {
  file: AttachmentView;
  store: Store;
  show(address: string, name: string): void;
}) {
  const { texts, loader } = store;
  const [address, setAddress] = useState("");
  const isPicture = file.mediaType.startsWith("image/");
  useEffect(() => {
    if (isPicture) fileAddress(loader, file.id).then(setAddress, () => {});
  }, [file.id, isPicture, loader]);

  if (isPicture) {
    const ratio = file.width && file.height ? `${file.width} / ${file.height}` : "4 / 3";
    return (
      <button
        type="button"
        class="picture"
        style={{ aspectRatio: ratio, width: `${Math.min(file.width ?? 240, 240)}px` }}
        aria-label={fill(texts.show_picture, { name: file.name })}
        onClick={() => address && show(address, file.name)}
      >
        {address && <img src={address} alt={file.name} />}
      </button>
    );
  }
  const save = async (): Promise<void> => {
    const link = document.createElement("a");
    link.href = await fileAddress(loader, file.id);
    link.download = file.name;
    link.click();
  };
  return (
    <button
      type="button"
      class="file"
      aria-label={fill(texts.download, { name: file.name })}
      onClick={() => void save().catch(() => {})}
    >
      <FileIcon />
      <span>{file.name}</span>
    </button>
  );
}
