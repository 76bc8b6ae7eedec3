import { type Colour, colourSlug } from "./colours";

/** Where a product's picture in one colour lives; `view` 2 is the close look. */
export function productImagePath(handle: string, colour: Colour, view: 1 | 2 = 1): string {
  return `/cdn/products/${handle}-${colourSlug(colour)}${view === 2 ? "-close" : ""}.svg`;
}

/** A collection's banner, 1600 × 600. */
export function collectionBannerPath(handle: string): string {
  return `/cdn/banners/${handle}.svg`;
}

/** The banner at the top of a shop's home page, 1600 × 600, by the theme that shows it. */
export function homeBannerPath(theme: string): string {
  return `/cdn/banners/home-${theme}.svg`;
}
