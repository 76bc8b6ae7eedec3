import { useCallback, useEffect, useRef, useState } from "react";
import type { AttachmentView } from "~/realtime/frames";
import { AskFailed, ask } from "../ask";

/** A file on its way up, or there. */
export interface Upload {
  key: string;
  name: string;
  /** Address of a preview while the page is open; null for what is no picture. */
  preview: string | null;
  state: "uploading" | "there" | "failed";
  problem: string | null;
  attachment: AttachmentView | null;
}

export const mostAttachments = 5;

/** Files chosen, dropped or pasted for one message of `conversationId`. They are uploaded at once and named on sending. */
export function useUploads(conversationId: string) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const current = useRef(uploads);
  current.current = uploads;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation starts without files.
  useEffect(() => {
    setUploads([]);
    return () => {
      for (const one of current.current) if (one.preview) URL.revokeObjectURL(one.preview);
    };
  }, [conversationId]);

  const add = useCallback((files: Iterable<File>) => {
    for (const file of [...files].slice(0, mostAttachments - current.current.length)) {
      const key = crypto.randomUUID();
      const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
      const upload: Upload = { key, name: file.name, preview, state: "uploading", problem: null, attachment: null };
      setUploads((all) => [...all, upload]);
      const settle = (change: Partial<Upload>) =>
        setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
      const path = `/inbox/attachments?name=${encodeURIComponent(file.name)}`;
      ask<{ attachment: AttachmentView }>(path, { method: "POST", body: file }, 120)
        .then(({ attachment }) => settle({ state: "there", attachment }))
        .catch((error) =>
          settle({
            state: "failed",
            problem: error instanceof AskFailed ? (error.fields[0]?.message ?? error.message) : "Not uploaded.",
          }),
        );
    }
  }, []);
  const remove = useCallback((key: string) => setUploads((all) => all.filter((one) => one.key !== key)), []);
  const clear = useCallback(() => setUploads([]), []);
  /** Puts back what a message that was not sent carried. */
  const restore = useCallback((attachments: AttachmentView[]) => {
    setUploads(
      attachments.map((one) => ({
        key: one.id,
        name: one.name,
        preview: null,
        state: "there",
        problem: null,
        attachment: one,
      })),
    );
  }, []);
  return { uploads, add, remove, clear, restore };
}
