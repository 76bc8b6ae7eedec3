import { useState } from "preact/hooks";
import { get, set } from "../../loader/storage";
import type { Store } from "../store";

/**
 * Where tracking is not allowed the team does not see the cart. The shopper may show it all the same, on this visit, and
 * take that back: the cart and nothing else.
 */
export function ShowCart({ store }: { store: Store }) {
  const { texts, model, loader } = store;
  const [, draw] = useState(0);
  if (loader.tracking || !model.conversation) return null;
  const shown = get("sessionStorage", "shown") !== null;
  const press = (): void => {
    set("sessionStorage", "shown", shown ? null : "1");
    loader.tellCart();
    draw((count) => count + 1);
  };
  return (
    <button type="button" class="quiet show" onClick={press}>
      {shown ? texts.hide_cart : texts.show_cart}
    </button>
  );
}
