import { useCallback, useEffect, useState } from "react";

export type DraftKind = "reply" | "note";

const key = (conversationId: string, kind: DraftKind) => `throughline draft ${kind} ${conversationId}`;
const memory = new Map<string, string>();

/** What is written but not sent, one text for each conversation and kind; it survives a reload of the page. */
export function useDraft(conversationId: string, kind: DraftKind): [string, (text: string) => void] {
  const id = key(conversationId, kind);
  const [text, setText] = useState("");
  useEffect(() => setText(read(id)), [id]);
  const write = useCallback(
    (next: string) => {
      setText(next);
      keep(id, next);
    },
    [id],
  );
  return [text, write];
}

/** Takes what is written for one conversation over to another, after what stands there. */
export function moveDraft(from: string, to: string): void {
  const text = read(key(from, "reply"));
  if (text === "") return;
  const there = read(key(to, "reply"));
  keep(key(to, "reply"), there === "" ? text : `${there}\n\n${text}`);
  keep(key(from, "reply"), "");
}

function read(id: string): string {
  const known = memory.get(id);
  if (known !== undefined) return known;
  try {
    return window.localStorage.getItem(id) ?? "";
  } catch {
    return "";
  }
}

/** A browser may refuse storage inside a frame; the draft then lives as long as the page. */
function keep(id: string, text: string): void {
  memory.set(id, text);
  try {
    if (text === "") window.localStorage.removeItem(id);
    else window.localStorage.setItem(id, text);
  } catch {
    // Kept in memory above.
  }
}
