import type { Inbound } from "../../app/channels/channel";

/** What every adapter promises of whatever it read; one line for each promise that is broken. */
export function wrongIn(items: readonly Inbound[]): string[] {
  const wrong: string[] = [];
  for (const item of items) {
    if (item.externalId === "") wrong.push("an empty id");
    if (Number.isNaN(item.at.getTime())) wrong.push("a time that is none");
    if ("address" in item && item.address === "") wrong.push("an empty address");
    if (item.type !== "message") continue;
    if (item.from.address === "") wrong.push("a message from nowhere");
    if (item.files.length > 10) wrong.push("more files than a message has");
    if (item.text.trim() === "" && item.files.length === 0 && !item.content)
      wrong.push("an empty message that does not say so");
  }
  return wrong;
}
