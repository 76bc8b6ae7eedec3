import { CAMP } from "./camp";
import { type CollectionIdea, LUMEN_COLLECTIONS, NORTHWIND_COLLECTIONS } from "./collections";
import { FOOTWEAR } from "./footwear";
import type { ProductIdea } from "./idea";
import { LAYERS } from "./layers";
import { LUMEN_LAMPS } from "./lumen-lamps";
import { LUMEN_THINGS } from "./lumen-things";
import { OUTERWEAR } from "./outerwear";
import { PACKS } from "./packs";
import { TENTS } from "./tents";

/** A shop's range: what is on its shelves and how they are labelled. */
export interface Range {
  domain: string;
  vendor: string;
  /** What the first option is called where more than one colour is sold. */
  colourWord: string;
  skuPrefix: string;
  shipping: string;
  products: readonly ProductIdea[];
  collections: readonly CollectionIdea[];
}

export const NORTHWIND_DOMAIN = "northwind-outfitters.myshopify.com";
export const LUMEN_DOMAIN = "lumen-home.myshopify.com";

export const NORTHWIND: Range = {
  domain: NORTHWIND_DOMAIN,
  vendor: "Northwind Outfitters",
  colourWord: "Colour",
  skuPrefix: "NW",
  shipping:
    "Leaves Aarhus within one working day. Denmark 1–2 days, the EU 2–5, elsewhere 5–9. Free from €100 in the EU. Send it back within 60 days, unworn.",
  products: [...OUTERWEAR, ...LAYERS, ...FOOTWEAR, ...PACKS, ...TENTS, ...CAMP],
  collections: NORTHWIND_COLLECTIONS,
};

export const LUMEN_HOME: Range = {
  domain: LUMEN_DOMAIN,
  vendor: "Lumen Home",
  colourWord: "Finish",
  skuPrefix: "LH",
  shipping:
    "Ships from Portland, Maine in 1–2 business days. Ground shipping 3–6 days, free over $150. 30-day returns.",
  products: [...LUMEN_LAMPS, ...LUMEN_THINGS],
  collections: LUMEN_COLLECTIONS,
};

export const RANGES: readonly Range[] = [NORTHWIND, LUMEN_HOME];
