import type { BannerScene } from "../drawings/banners";

/** A collection of the shop and which products it takes by their type; `idea.collections` adds others by hand. */
export interface CollectionIdea {
  handle: string;
  title: string;
  description: string;
  types: readonly string[];
  /** Takes every product with a reduced price. */
  reduced?: boolean;
  /** What the banner shows; see `drawings/banners.ts`. */
  banner: BannerScene;
}

export const NORTHWIND_COLLECTIONS: readonly CollectionIdea[] = [
  {
    handle: "new-arrivals",
    title: "New arrivals",
    description: "Fresh off the cutting table in Aarhus.",
    types: [],
    banner: "coast",
  },
  {
    handle: "jackets-and-vests",
    title: "Jackets",
    description: "For rain, wind, frost and all three before lunch.",
    types: ["Jackets", "Vests"],
    banner: "mountains",
  },
  {
    handle: "layers",
    title: "Layers",
    description: "Wool against the skin, fleece on top, and a shirt for the evening.",
    types: ["Mid layers", "Base layers", "Shirts"],
    banner: "forest",
  },
  {
    handle: "trousers",
    title: "Trousers",
    description: "Cut to move, built to kneel in.",
    types: ["Trousers"],
    banner: "mountains",
  },
  {
    handle: "footwear",
    title: "Footwear",
    description: "From summit to harbour, and slippers for afterwards.",
    types: ["Footwear"],
    banner: "mountains",
  },
  {
    handle: "packs-and-bags",
    title: "Packs",
    description: "Carry it all, or just enough.",
    types: ["Packs & bags"],
    banner: "coast",
  },
  {
    handle: "tents-and-sleep",
    title: "Tents",
    description: "A roof and a warm bed, wherever you stop.",
    types: ["Tents & shelter", "Sleep systems"],
    banner: "night",
  },
  {
    handle: "camp-kitchen",
    title: "Camp kitchen",
    description: "Coffee first.",
    types: ["Camp kitchen"],
    banner: "night",
  },
  {
    handle: "accessories",
    title: "Accessories",
    description: "The small things you miss when they are at home.",
    types: ["Accessories", "Gift cards"],
    banner: "forest",
  },
  {
    handle: "last-chance",
    title: "Last chance",
    description: "End of season, end of line, lower price.",
    types: [],
    reduced: true,
    banner: "coast",
  },
];

export const LUMEN_COLLECTIONS: readonly CollectionIdea[] = [
  {
    handle: "lamps",
    title: "Lamps",
    description: "Light for reading, eating and doing nothing.",
    types: ["Floor lamps", "Table lamps", "Desk lamps", "Wall lamps"],
    banner: "room",
  },
  {
    handle: "pendants",
    title: "Pendants",
    description: "Light from above.",
    types: ["Pendants"],
    banner: "table",
  },
  {
    handle: "bulbs-and-candles",
    title: "Bulbs & candles",
    description: "The glow itself.",
    types: ["Bulbs", "Candles"],
    banner: "table",
  },
  {
    handle: "home",
    title: "Home",
    description: "What the light falls on.",
    types: ["Decor", "Textiles", "Furniture"],
    banner: "room",
  },
  {
    handle: "outdoor-light",
    title: "Outdoor light",
    description: "Stay out longer.",
    types: ["Outdoor"],
    banner: "garden",
  },
  { handle: "sale", title: "Sale", description: "Good things for less.", types: [], reduced: true, banner: "room" },
];
