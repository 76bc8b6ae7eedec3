/*
 * `Shopify.actions`, which the platform puts on storefront pages, and the event class that themes use.
 * Event data are properties of the event itself; `detail` is the theme's own.
 * https://shopify.dev/docs/api/storefront-events-and-actions
 */
const { Shopify } = window;

/** A standard storefront event: `new StandardEvent("shopify:cart:view", { context: "page", cart })`. */
class StandardEvent extends Event {
  constructor(type, data) {
    super(type, { bubbles: true, composed: true });
    Object.assign(this, data);
  }
}

const money = (minor, currencyCode) => ({ amount: (minor / 100).toFixed(2), currencyCode });
const gid = (type, id) => `gid://shopify/${type}/${id}`;
const numeric = (id) => Number(String(id).split("/").pop().split("?")[0]);

/** The AJAX cart in the shape that standard events carry. Null when no cart was made yet. */
function toStandardCart(cart) {
  const currency = cart.currency;
  return {
    id: gid("Cart", cart.token),
    totalQuantity: cart.item_count,
    note: cart.note ?? "",
    cost: {
      subtotalAmount: money(cart.items_subtotal_price, currency),
      totalAmount: money(cart.total_price, currency),
    },
    discountCodes: cart.discount_codes.map(({ code, applicable }) => ({ code, applicable })),
    lines: cart.items.map((item) => ({
      id: gid("CartLine", `${item.key}?cart=${cart.token.split("?")[0]}`),
      quantity: item.quantity,
      cost: {
        amountPerQuantity: money(item.final_price, currency),
        totalAmount: money(item.final_line_price, currency),
      },
      attributes: Object.entries(item.properties ?? {}).map(([key, value]) => ({ key, value })),
      merchandise: {
        id: gid("ProductVariant", item.variant_id),
        title: item.variant_title ?? "Default Title",
        sku: item.sku,
        price: money(item.price, currency),
        image: item.image ? { url: item.image, altText: item.featured_image?.alt ?? null } : null,
        product: {
          id: gid("Product", item.product_id),
          title: item.product_title,
          handle: item.handle,
          vendor: item.vendor,
          productType: item.product_type,
        },
      },
    })),
  };
}

async function request(path, body) {
  const response = await fetch(`${Shopify.routes.root}${path}`, {
    method: body ? "POST" : "GET",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = await response.json();
  if (response.status >= 500) throw new Error(`the cart answered ${response.status}`);
  return { refused: !response.ok, answer };
}

const readCart = async () => toStandardCart((await request("cart.js")).answer);

/** The steps of one update, in order: additions, changes, note, attributes, discounts. */
function stepsOf(payload) {
  const lines = payload.lines ?? [];
  const added = lines.filter((line) => line.merchandiseId && !line.id);
  const changed = lines.filter((line) => line.id);
  const properties = (line) =>
    line.attributes ? Object.fromEntries(line.attributes.map(({ key, value }) => [key, value])) : undefined;
  const steps = [];
  if (added.length > 0) {
    const items = added.map((line) => ({
      id: numeric(line.merchandiseId),
      quantity: line.quantity ?? 1,
      properties: properties(line),
    }));
    steps.push(["cart/add.js", { items }]);
  }
  for (const line of changed) {
    const id = decodeURIComponent(line.id.replace("gid://shopify/CartLine/", "").split("?")[0]);
    steps.push(["cart/change.js", { id, quantity: line.quantity, properties: properties(line) }]);
  }
  const rest = {};
  if (payload.note !== undefined) rest.note = payload.note;
  if (payload.attributes)
    rest.attributes = Object.fromEntries(payload.attributes.map(({ key, value }) => [key, value]));
  if (payload.discountCodes) rest.discount = payload.discountCodes.join(",");
  if (Object.keys(rest).length > 0) steps.push(["cart/update.js", rest]);
  return steps;
}

/** `attributes` is the whole set that the cart should end up with: what is not in it is emptied. */
async function withRemovals(payload) {
  if (!payload.attributes) return payload;
  const { answer } = await request("cart.js");
  const kept = new Set(payload.attributes.map(({ key }) => key));
  const removed = Object.keys(answer.attributes).filter((key) => !kept.has(key));
  return { ...payload, attributes: [...payload.attributes, ...removed.map((key) => ({ key, value: "" }))] };
}

async function write(payload) {
  const userErrors = [];
  for (const [path, body] of stepsOf(await withRemovals(payload))) {
    const { refused, answer } = await request(path, body);
    if (refused) userErrors.push({ code: "INVALID", field: null, message: answer.description ?? answer.message });
  }
  return { cart: await readCart(), userErrors, warnings: [] };
}

/** The events that an update announces as it starts; each carries the same promise. */
function announce(payload, promise, target, context) {
  const lines = payload.lines ?? [];
  const added = lines.filter((line) => line.merchandiseId && !line.id);
  const removed = lines.filter((line) => line.id && line.quantity === 0);
  const updated = lines.filter((line) => line.id && line.quantity !== 0);
  const send = (type, data) => {
    const place = typeof target === "function" ? target({ type, ...data }) : document;
    (place ?? document).dispatchEvent(new StandardEvent(type, { context, ...data, promise }));
  };
  if (added.length > 0) send("shopify:cart:lines-update", { action: "add", lines: added });
  if (updated.length > 0) send("shopify:cart:lines-update", { action: "update", lines: updated });
  if (removed.length > 0) send("shopify:cart:lines-update", { action: "remove", lines: removed });
  if (payload.note !== undefined) send("shopify:cart:note-update", { note: payload.note });
  if (payload.attributes) send("shopify:cart:attributes-update", { attributes: payload.attributes });
  if (payload.discountCodes)
    send("shopify:cart:discount-update", { discountCodes: payload.discountCodes.map((code) => ({ code })) });
  promise.catch((error) => {
    document.dispatchEvent(
      new StandardEvent("shopify:cart:error", { context, code: "SERVICE_UNAVAILABLE", message: error.message, error }),
    );
  });
}

/** An action with `configure` (the first configuration wins) and `isDefault`. */
function action(fallback) {
  let configuration = null;
  const run = (...given) => {
    const handler = configuration?.handler;
    return fallback({ target: configuration?.eventTarget, handler, configured: handler !== undefined }, ...given);
  };
  run.isDefault = () => configuration === null;
  run.configure = (given) => {
    if (configuration) return false;
    configuration = given;
    return true;
  };
  return run;
}

const updateCart = action(({ target, handler, configured }, payload, options = {}) => {
  const context = options.event?.context ?? "standard-action";
  const work = () => write(payload);
  const promise = Promise.resolve().then(() => (configured ? handler(work, payload, options) : work()));
  announce(payload, promise, target, context);
  if (!configured) promise.then(({ userErrors }) => userErrors.length === 0 && location.reload()).catch(() => {});
  return promise;
});

const openCart = action(async ({ handler }) => {
  const visitPage = async () => location.assign(`${Shopify.routes.root}cart`);
  await (handler ? handler(visitPage) : visitPage());
});

const getCart = async () => ({ cart: await readCart() });
getCart.isDefault = () => true;

Shopify.StandardEvent = StandardEvent;
Shopify.toStandardCart = toStandardCart;
Shopify.actions = { getCart, updateCart, openCart };
