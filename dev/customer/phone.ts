import type { Person } from "./people";

/** One line of what a customer sees on a channel. */
export interface Bubble {
  id: string;
  by: "me" | "store";
  text: string;
  /** ISO 8601. */
  at: string;
  /** Small print: "read", "edited", a subject. */
  note: string | null;
  files: { name: string; href: string; isImage: boolean }[];
}

/** What a customer does. */
export interface Said {
  text: string;
  file: { name: string; mediaType: string; base64: string } | null;
  /** A bubble that this answers, reacts to, changes or takes back. */
  about: string | null;
  /** One of the phone's `acts`; "write" is what all of them have. */
  act: string;
  /** Of a mail. */
  subject: string | null;
}

/** A channel as a customer has it in the hand. */
export interface Phone {
  /** One word, for addresses. */
  on: string;
  label: string;
  /** What besides writing can be done, with the word on its button. */
  acts: readonly { act: string; label: string; needs?: "bubble" | "text" }[];
  /** The store's accounts that one can write to. */
  stores(): Promise<{ id: string; name: string }[]>;
  thread(me: Person, store: string): Promise<Bubble[]>;
  /** Throws an Error whose message is shown. */
  say(me: Person, store: string, said: Said): Promise<void>;
}
