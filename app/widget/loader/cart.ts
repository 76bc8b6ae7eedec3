import type { CartAnswer, Loader } from "../protocol";
import { shopify } from "./shopify";
import { get, set } from "./storage";

// https://shopify.dev/docs/api/ajax/reference/cart: what of the cart is told, by Shopify's names.
const ofItem =
  "key variant_id product_id product_title variant_title sku image url quantity original_price final_line_price properties".split(
    " ",
  );
const ofCart = "currency total_price note discount_codes".split(" ");
const own = "throughline";

type Fields = Record<string, unknown>;

function pick(from: Fields, names: string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

/**
 * Tells the app of the cart, now and whenever it changes. Changes are heard of by the standard storefront events where
 * the theme sends them, and by watching the page's finished requests to the AJAX API, which neither wraps nor slows
 * anything of the theme's. Only while `may` says so; gives how to tell it anew when it says so again.
 */
export function watchCart(
  { call, session }: Pick<Loader, "call" | "session">,
  items: number,
  wake: () => void,
  may: () => boolean,
): () => void {
  let timer = 0;
  let told = items > 0 || get("localStorage", "cart") !== null;

  const path = (file: string): string => `${shopify().routes?.root ?? "/"}${file}`;
  const update = (body: Fields): Promise<Response> =>
    fetch(path(`cart/update.js?${own}`), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });

  const read = async (settled: boolean): Promise<void> => {
    const { pass } = await session();
    const at = Math.round(Date.now() + pass.offset);
    const cart = (await (await fetch(path("cart.js"))).json()) as Fields & { items: Fields[]; token: string };
    if (!may() || (cart.items.length === 0 && !told)) return;
    told = true;
    const body = {
      at,
      settled,
      // Only the half before `?key=`: the other half is the shopper's secret.
      cart: {
        ...pick(cart, ofCart),
        token: cart.token.split("?")[0],
        items: cart.items.map((item) => pick(item, ofItem)),
      },
    };
    const response = await call("/storefront/cart", body);
    if (!response.ok || !may()) return;
    const { cartId, attribute, updates, chat } = (await response.json()) as CartAnswer & { chat: boolean };
    if (chat) wake();
    // What could not be taken out or written now is tried again at the next reading.
    if (updates) return (await update({ updates })).ok ? read(true) : undefined;
    // The attribute comes back on the order and ties it to the cart.
    const tied = cartId === get("localStorage", "cart") || !cartId;
    if (tied || (await update({ attributes: { [attribute]: cartId } })).ok) set("localStorage", "cart", cartId);
  };

  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => may() && read(false).catch(() => {}), 99);
  };

  for (const kind of ["lines", "note", "discount"]) {
    document.addEventListener(`shopify:cart:${kind}-update`, (event) => {
      Promise.resolve((event as { promise?: unknown }).promise).then(soon, soon);
    });
  }
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      if (/\/cart\/(add|change|update|clear)\b/.test(name) && !name.endsWith(own)) soon();
    }
  }).observe({ type: "resource", buffered: true });
  addEventListener("pageshow", (event) => event.persisted && soon());
  document.addEventListener("visibilitychange", () => !document.hidden && told && soon());
  if (told) soon();
  return soon;
}
