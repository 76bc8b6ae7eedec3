/** A line of a cart as kept in `cart.lines`. Money is in minor units of the cart's currency. */
export interface CartLine {
  /** Shopify's key of the line: the variant and what tells apart two lines of it. */
  key: string;
  /** gid://shopify/ProductVariant/… */
  variantId: string;
  /** gid://shopify/Product/…, null when what told us did not say. */
  productId: string | null;
  title: string;
  /** Null for a product with one variant only. */
  variantTitle: string | null;
  sku: string | null;
  image: string | null;
  /** Path of the product's page, with the variant. */
  url: string | null;
  quantity: number;
  /** One unit before discounts. */
  price: number;
  /** The whole line after its discounts. */
  lineTotal: number;
  /** What the shopper chose for this line; names that begin with `_` are hidden from them. */
  properties: Record<string, string>;
  /** Units that a draft order made of this cart has paid for: they are to leave the cart. */
  settled?: number;
}

/** What the browser tells of its cart, cleaned. */
export interface CartSnapshot {
  /** Shopify's token before `?key=`; the key is never taken, kept or logged. */
  token: string;
  currency: string;
  total: number;
  itemCount: number;
  lines: CartLine[];
  discountCodes: string[];
  note: string | null;
  /** When the browser began to read the cart, by the server's clock as the browser knows it. */
  at: Date;
  /** The browser took the settled units out, as it was told. */
  settled: boolean;
}

export const variantGid = (id: number | string): string => `gid://shopify/ProductVariant/${id}`;
export const productGid = (id: number | string): string => `gid://shopify/Product/${id}`;

/** Name of the cart attribute that holds our own id of the cart. */
export const cartAttribute = "__throughline";
