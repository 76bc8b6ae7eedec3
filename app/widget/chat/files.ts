import type { Loader } from "../protocol";

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
