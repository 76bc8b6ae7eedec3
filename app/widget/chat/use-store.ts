import { useEffect, useState } from "preact/hooks";
import type { Store } from "./store";

/** Draws again whenever the store changes. */
export function useStore(store: Store): void {
  const [, draw] = useState(0);
  useEffect(() => {
    draw((count) => count + 1);
    return store.watch(() => draw((count) => count + 1));
  }, [store]);
}
