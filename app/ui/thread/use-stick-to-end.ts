import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Within this many pixels of the end counts as reading the newest. */
const nearEnd = 48;

export interface EndOfThread {
  scroller: RefObject<HTMLDivElement>;
  content: RefObject<HTMLDivElement>;
  /** Whether the newest entry is on the screen. */
  atEnd: boolean;
  toEnd(): void;
}

/**
 * Keeps a conversation where its reader is: at the end it follows what comes; anywhere else nothing moves, neither when
 * newer entries come below nor when earlier ones are put in above.
 * @param conversation a new one starts at its end
 * @param first position of the first entry shown; when it goes down, earlier entries were put in above
 */
export function useStickToEnd(conversation: string, first: number): EndOfThread {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const before = useRef({ conversation: "", first: 0, height: 0, top: 0 });

  const toEnd = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    following.current = true;
    box.scrollTop = box.scrollHeight;
    before.current.top = box.scrollTop;
    setAtEnd(true);
  }, []);

  /** Goes to the end if that is where the reader was, and did not leave since it was last looked. */
  const follow = useCallback((box: HTMLDivElement) => {
    const was = before.current;
    const wentUp = box.scrollTop < was.top && was.height - box.scrollTop - box.clientHeight > nearEnd;
    if (wentUp) following.current = false;
    if (following.current) box.scrollTop = box.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const was = before.current;
    if (was.conversation !== conversation) toEnd();
    else if (first < was.first && !following.current) box.scrollTop += box.scrollHeight - was.height;
    else follow(box);
    before.current = { conversation, first, height: box.scrollHeight, top: box.scrollTop };
  });

  useEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return;
    const note = () => {
      before.current.height = box.scrollHeight;
      before.current.top = box.scrollTop;
    };
    const scrolled = () => {
      following.current = box.scrollHeight - box.scrollTop - box.clientHeight <= nearEnd;
      note();
      setAtEnd(following.current);
    };
    box.addEventListener("scroll", scrolled, { passive: true });
    // Pictures that load, a composer that grows and a keyboard that opens change the heights without a render.
    const sizes = new ResizeObserver(() => {
      follow(box);
      note();
    });
    sizes.observe(inner);
    sizes.observe(box);
    return () => {
      box.removeEventListener("scroll", scrolled);
      sizes.disconnect();
    };
  }, [follow]);

  return { scroller, content, atEnd, toEnd };
}
