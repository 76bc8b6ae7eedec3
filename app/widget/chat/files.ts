import type { AttachmentView, Loader } from "../protocol";
import { fill, type Texts } from "./texts";

const shown = new Map<string, Promise<string>>();

/** An address in this page for a stored file. The token goes in a header, so it stands in no address and no log. */
export function fileAddress(loader: Loader, id: string): Promise<string> {
  const known = shown.get(id);
  if (known) return known;
  const made = loader.call(`/files/${id}`).then(async (response) => {
    if (!response.ok) throw response.status;
    return URL.createObjectURL(await response.blob());
  });
  made.catch(() => shown.delete(id));
  shown.set(id, made);
  return made;
}

/** A file's place in the composer, or why it could not be sent. */
export async function uploadFile(loader: Loader, file: File, texts: Texts): Promise<AttachmentView> {
  if (file.size > 10 * 1024 * 1024) throw new Error(texts.too_large);
  const response = await loader
    .call(`/storefront/attachments?name=${encodeURIComponent(file.name)}`, file)
    .catch(() => null);
  if (response?.ok) return (await response.json()) as AttachmentView;
  const why: Record<number, string> = { 413: texts.too_large, 415: texts.wrong_kind, 429: texts.wait };
  throw new Error(why[response?.status ?? 0] ?? fill(texts.upload_failed, { name: file.name }));
}
