import type { Abilities } from "~/channels/channel";
import { adapters } from "~/channels/registry";

/** What the composer needs to know of a channel before it sends. */
export type Carries = Pick<Abilities, "textLimit" | "files" | "filesPerMessage" | "templates">;

/** What each channel can carry, by its kind; the chat is not among them. */
export function channelAbilities(): Record<string, Carries> {
  return Object.fromEntries(
    Object.values(adapters).map(({ kind, abilities }) => {
      const { textLimit, files, filesPerMessage, templates } = abilities;
      return [kind, { textLimit, files: { ...files }, filesPerMessage, templates }];
    }),
  );
}
