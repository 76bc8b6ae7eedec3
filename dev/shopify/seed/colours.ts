/** Every colour a product comes in: the word on the shelf and the paint in the drawing. */
export const COLOURS = {
  Amber: "#c98a2e",
  Bark: "#6d5140",
  Berry: "#97304f",
  Black: "#34363a",
  Blush: "#dcaea4",
  Brass: "#b9944a",
  Charcoal: "#4a4d53",
  Clay: "#b87358",
  Clear: "#b9ccd2",
  Copper: "#b26b47",
  Cream: "#ece1ca",
  Forest: "#35573f",
  Glacier: "#8db3c2",
  Graphite: "#3d4248",
  Indigo: "#3c4673",
  Ink: "#26344f",
  Linen: "#dccfb8",
  Moss: "#7c8750",
  Mustard: "#cf9d38",
  Natural: "#d8bf98",
  Navy: "#2c3c58",
  Oak: "#c69c6d",
  Oat: "#dfd2bb",
  Ochre: "#c58a35",
  Olive: "#6c7147",
  Plum: "#66405b",
  Rust: "#b4552f",
  Sage: "#9cab8c",
  Sand: "#c8b18a",
  Sky: "#7ba6cc",
  Slate: "#5f6d7a",
  Smoke: "#8b8f94",
  Steel: "#a3adb5",
  Teal: "#2f6f73",
  Terracotta: "#bd6a49",
  Walnut: "#7a5138",
  White: "#f0ece4",
} as const;

export type Colour = keyof typeof COLOURS;

/** `Sky` → `sky`: the colour's part of an image's path. */
export function colourSlug(colour: Colour): string {
  return colour.toLowerCase();
}
