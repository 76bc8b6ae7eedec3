import type { ImageRecord, ProductRecord, VariantRecord } from "../records";
import type { ShopStore } from "../store";
import type { ProductIdea } from "./catalogue/idea";
import type { Range } from "./catalogue/shops";
import type { Colour } from "./colours";
import { productImagePath } from "./paths";
import type { Random } from "./random";

/** Puts the range on the shelves: every collection, and each idea as a product with its variants and pictures. */
export function seedProducts(shop: ShopStore, range: Range, ideas: readonly ProductIdea[], random: Random, now: Date) {
  for (const idea of range.collections) {
    const id = shop.newId("collection");
    shop.put("collection", id, {
      id,
      handle: idea.handle,
      title: idea.title,
      descriptionHtml: `<p>${idea.description}</p>`,
    });
  }
  for (const [index, idea] of ideas.entries()) {
    const product = productOf(shop, range, idea, index, random, now);
    shop.put("product", product.id, product);
  }
}

function productOf(
  shop: ShopStore,
  range: Range,
  idea: ProductIdea,
  index: number,
  random: Random,
  now: Date,
): ProductRecord {
  const id = shop.newId("product");
  const images = idea.colours.flatMap((colour) => imagesOf(shop, idea, colour));
  const days = 700 - index * 7 + random.int(0, 6);
  const isNew = idea.collections?.includes("new-arrivals");
  return {
    id,
    handle: idea.handle,
    title: idea.title,
    descriptionHtml: descriptionOf(range, idea),
    vendor: idea.vendor ?? range.vendor,
    productType: idea.type,
    tags: [...(idea.tags ?? [])],
    status: idea.status ?? "ACTIVE",
    options: [
      { name: range.colourWord, values: [...idea.colours] },
      ...(idea.second ? [{ name: idea.second.name, values: [...idea.second.values] }] : []),
    ],
    images,
    variants: variantsOf(shop, range, idea, id, index, images, random),
    collections: range.collections
      .filter(
        (each) =>
          each.types.includes(idea.type) || idea.collections?.includes(each.handle) || (each.reduced && idea.was),
      )
      .map((each) => each.handle),
    createdAt: daysBefore(now, isNew ? random.int(6, 28) : Math.max(40, days)),
    updatedAt: daysBefore(now, random.int(1, 5)),
  };
}

function variantsOf(
  shop: ShopStore,
  range: Range,
  idea: ProductIdea,
  productId: number,
  index: number,
  images: ImageRecord[],
  random: Random,
): VariantRecord[] {
  const seconds: readonly (string | null)[] = idea.second?.values ?? [null];
  return idea.colours.flatMap((colour) =>
    seconds.map((value, place) => {
      const price = idea.second?.prices?.[place] ?? idea.price;
      const path = productImagePath(idea.handle, colour);
      const number = String(index + 1).padStart(3, "0");
      return {
        id: shop.newId("variant"),
        productId,
        inventoryItemId: shop.newId("inventoryItem"),
        title: value === null ? colour : `${colour} / ${value}`,
        sku: [range.skuPrefix, number, colour.slice(0, 3).toUpperCase(), value === null ? null : skuPart(value)]
          .filter((part) => part !== null)
          .join("-"),
        // A gift card has nothing to scan, and one in twelve labels was never printed.
        barcode: idea.shipped === false || random.chance(0.08) ? null : ean(random),
        price,
        compareAtPrice: idea.was ?? null,
        options: value === null ? [colour] : [colour, value],
        image: images.find((image) => image.path === path) ?? null,
        ...stockOf(idea, random),
        requiresShipping: idea.shipped !== false,
        taxable: idea.type !== "Gift cards",
        grams: idea.grams,
      };
    }),
  );
}

function stockOf(
  idea: ProductIdea,
  random: Random,
): Pick<VariantRecord, "inventoryQuantity" | "inventoryPolicy" | "tracked"> {
  const shelf = idea.stock ?? "plenty";
  if (shelf === "untracked") return { inventoryQuantity: 0, inventoryPolicy: "DENY", tracked: false };
  if (shelf === "soldOut") return { inventoryQuantity: 0, inventoryPolicy: "DENY", tracked: true };
  if (shelf === "madeToOrder")
    return { inventoryQuantity: -random.int(0, 3), inventoryPolicy: "CONTINUE", tracked: true };
  if (shelf === "low") return { inventoryQuantity: random.int(1, 3), inventoryPolicy: "DENY", tracked: true };
  const quantity = random.weighted([
    [6, 0],
    [12, random.int(1, 4)],
    [82, random.int(6, 60)],
  ]);
  return { inventoryQuantity: quantity, inventoryPolicy: "DENY", tracked: true };
}

function imagesOf(shop: ShopStore, idea: ProductIdea, colour: Colour): ImageRecord[] {
  return ([1, 2] as const).map((view) => ({
    id: shop.newId("image"),
    path: productImagePath(idea.handle, colour, view),
    altText: view === 1 ? `${idea.title} in ${colour}` : `${idea.title} in ${colour}, a closer look`,
    width: 1600,
    height: 1600,
  }));
}

function descriptionOf(range: Range, idea: ProductIdea): string {
  const facts: [string, string | undefined][] = [
    ["Material", idea.material],
    ["Fit and size", idea.fit],
    ["Care", idea.care],
    ["Shipping and returns", idea.shipped === false ? undefined : range.shipping],
  ];
  const list = facts
    .filter((fact): fact is [string, string] => fact[1] !== undefined)
    .map(([name, text]) => `<li><strong>${name}:</strong> ${text}</li>`)
    .join("");
  return `<p>${idea.about}</p><ul>${list}</ul>`;
}

/** `0.5 L` → `05L`, `€100` → `100`, `42–44` → `4244`. */
function skuPart(value: string): string {
  return value.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
}

/** An EAN-13 out of the range that GS1 keeps for use inside one shop (prefix 20 to 29). */
function ean(random: Random): string {
  const digits = `20${random.digits(10)}`;
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** An instant some days ago, by the hour of `now`. */
function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString();
}
