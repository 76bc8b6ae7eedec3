import type { CollectionIdea } from "./catalogue/collections";
import type { ProductIdea } from "./catalogue/idea";
import { RANGES } from "./catalogue/shops";
import { COLOURS, type Colour, colourSlug } from "./colours";
import { DRAWINGS } from "./drawings";
import { type BannerScene, banner } from "./drawings/banners";
import { DEFINITIONS, mix, paintOf } from "./drawings/ink";
import { collectionBannerPath, homeBannerPath, productImagePath } from "./paths";

/**
 * The picture at a path of the storefront, as SVG text, or null when nothing is drawn there. Products are
 * square (800 × 800), banners 1600 × 600: `/cdn/products/field-jacket-olive.svg` and `…-close.svg`,
 * `/cdn/banners/<collection>.svg`, `/cdn/banners/home-<theme>.svg`. A query after the path is ignored.
 */
export function drawImage(path: string): string | null {
  const [bare = ""] = path.split("?", 1);
  return INDEX.get(bare)?.() ?? null;
}

/** The paths of everything that can be drawn. */
export function imagePaths(): string[] {
  return [...INDEX.keys()];
}

const HOME_SCENES: Record<string, BannerScene> = { meridian: "mountains", classic: "room" };

const INDEX: ReadonlyMap<string, () => string> = new Map([
  ...RANGES.flatMap((range) => range.products.flatMap(productPictures)),
  ...RANGES.flatMap((range) => range.collections.map(collectionBanner)),
  ...Object.entries(HOME_SCENES).map(
    ([theme, scene]) => [homeBannerPath(theme), () => wide(banner(scene, 0))] as const,
  ),
]);

function productPictures(idea: ProductIdea): (readonly [string, () => string])[] {
  return idea.colours.flatMap((colour) => [
    [productImagePath(idea.handle, colour, 1), () => square(idea, colour, 1)] as const,
    [productImagePath(idea.handle, colour, 2), () => square(idea, colour, 2)] as const,
  ]);
}

function collectionBanner(idea: CollectionIdea, index: number): readonly [string, () => string] {
  return [collectionBannerPath(idea.handle), () => wide(banner(idea.banner, index))];
}

/** The second view steps closer: the same drawing, cropped to its middle and a little to one side. */
function square(idea: ProductIdea, colour: Colour, view: 1 | 2): string {
  const paint = paintOf(COLOURS[colour]);
  const backdrop = mix("#f3efe7", paint.base, 0.1);
  const crop = view === 1 ? "28 28 744 744" : "190 170 400 400";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${crop}" width="800" height="800" role="img" aria-label="${idea.title} in ${colourSlug(colour)}">`,
    `<defs><radialGradient id="backdrop" cx=".5" cy=".42" r=".75"><stop stop-color="${mix(backdrop, "#ffffff", 0.55)}"/><stop offset="1" stop-color="${mix(backdrop, "#b9ac97", 0.16)}"/></radialGradient>${DEFINITIONS}</defs>`,
    `<rect width="800" height="800" fill="url(#backdrop)"/>`,
    DRAWINGS[idea.drawing](paint),
    "</svg>",
  ].join("");
}

function wide(scene: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 600" width="1600" height="600" preserveAspectRatio="xMidYMid slice" role="img" aria-label=""><defs>${DEFINITIONS}</defs>${scene}</svg>`;
}
