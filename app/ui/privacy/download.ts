import { askBlob } from "../ask";

/** Loads a file that needs a token, and hands it to the browser as a download. Throws AskFailed. */
export async function download(path: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await askBlob(path));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  // The browser takes it up after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
