import { useEffect, useMemo, useRef, useState } from "react";
import { held, inOrder, passes } from "~/live-view/decide-order";
import type { LiveCart, LiveFilter, LiveSort } from "~/live-view/live-cart";

/** How long after the last touch the list may order itself anew, in milliseconds. */
const stillFor = 1_500;

/**
 * The carts as they are shown: filtered and in order, except that nothing moves while someone points at the list, works
 * in it with the keyboard, or did so a moment ago. A change of sort or filter orders at once.
 */
export function useLiveCarts(carts: readonly LiveCart[], sort: LiveSort, filter: LiveFilter) {
  const [busy, setBusy] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const shown = useRef<{ ids: string[]; order: string }>({ ids: [], order: "" });
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);

  const order = JSON.stringify([sort, filter]);
  const list = useMemo(() => {
    const wanted = inOrder(
      carts.filter((cart) => passes(cart, filter)),
      sort,
    );
    return busy && shown.current.order === order ? held(shown.current.ids, wanted) : wanted;
  }, [carts, sort, filter, busy, order]);
  shown.current = { ids: list.map((cart) => cart.id), order };

  const touch = () => {
    clearTimeout(timer.current ?? undefined);
    setBusy(true);
  };
  const leave = () => {
    clearTimeout(timer.current ?? undefined);
    timer.current = setTimeout(() => setBusy(false), stillFor);
  };
  return { list, handlers: { onPointerEnter: touch, onPointerLeave: leave, onFocus: touch, onBlur: leave } };
}
