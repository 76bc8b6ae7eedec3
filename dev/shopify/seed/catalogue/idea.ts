import type { Colour } from "../colours";
import type { DrawingName } from "../drawings";

/** A product as the shop's owner would note it down; `products.ts` turns it into records. */
export interface ProductIdea {
  handle: string;
  title: string;
  type: string;
  drawing: DrawingName;
  vendor?: string;
  /** Minor units of the shop's currency. */
  price: number;
  /** The price before a reduction. */
  was?: number;
  /** At least one; the first is the picture in a grid. */
  colours: readonly Colour[];
  /** The second option, if there is one. Its `prices` (minor units) replace `price`, value by value. */
  second?: { name: string; values: readonly string[]; prices?: readonly number[] };
  about: string;
  material: string;
  care: string;
  fit?: string;
  tags?: readonly string[];
  /** Collections besides those the type and the price bring along. */
  collections?: readonly string[];
  grams: number;
  /** How well the shelf is filled: `plenty` when absent. */
  stock?: "plenty" | "low" | "soldOut" | "madeToOrder" | "untracked";
  status?: "ACTIVE" | "DRAFT" | "ARCHIVED";
  /** False for what is sent by e-mail. */
  shipped?: boolean;
}

export const LETTERS = { name: "Size", values: ["S", "M", "L", "XL"] } as const;
export const LETTERS_WIDE = { name: "Size", values: ["XS", "S", "M", "L", "XL", "XXL"] } as const;
export const LETTERS_THREE = { name: "Size", values: ["S", "M", "L"] } as const;
export const WAISTS = { name: "Waist", values: ["30", "32", "34", "36"] } as const;
export const WAISTS_WIDE = { name: "Waist", values: ["28", "30", "32", "34", "36", "38"] } as const;
export const SHOES = { name: "EU size", values: ["39", "40", "41", "42", "43", "44"] } as const;
export const SOCKS = { name: "EU size", values: ["36–38", "39–41", "42–44", "45–47"] } as const;
