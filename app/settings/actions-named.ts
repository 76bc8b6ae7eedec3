import { type AuditAction, actions } from "~/audit/catalogue";

/** Shorter ones, such as "a" and "of", stand in too many sentences to mean one. */
const shortest = 3;

/**
 * What a search of the activity log says was done: the actions whose sentence has every word that any action's has, each
 * from a word's beginning on, and the words that no sentence has, which then say to whom. "merged ada" is every merge,
 * and "ada". No action when no word is of one.
 */
export function actionsNamed(search: string): { actions: AuditAction[]; rest: string } {
  const sentences = Object.entries(actions).map(([action, { words }]) => ({
    action: action as AuditAction,
    words: words.toLowerCase().split(/\s+/),
  }));
  const isIn = (sentence: { words: string[] }, word: string) =>
    sentence.words.some((each) => each.startsWith(word.toLowerCase()));
  const asked = search.trim().split(/\s+/).filter(Boolean);
  const known = asked.filter((word) => word.length >= shortest && sentences.some((sentence) => isIn(sentence, word)));
  if (known.length === 0) return { actions: [], rest: search.trim() };
  return {
    actions: sentences.filter((sentence) => known.every((word) => isIn(sentence, word))).map(({ action }) => action),
    // What is too short to find an action by belongs to the sentence, not to a name.
    rest: asked.filter((word) => !known.includes(word) && word.length >= shortest).join(" "),
  };
}
