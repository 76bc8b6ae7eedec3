import { gid, type ImageRecord } from "../../records";
import { type AdminContext, type Arguments, same, type Types } from "../engine/context";
import { tagged } from "../engine/resolve-field";

export const imageTypes: Types = {
  Image: {
    ...same<ImageRecord>("altText", "width", "height"),
    id: (image: ImageRecord) => gid("ProductImage", image.id),
    url: (image: ImageRecord, args: Arguments, { settings }: AdminContext) =>
      sized(settings.storefrontOrigin, image, args.transform as Arguments | undefined),
    src: (image: ImageRecord, _args: Arguments, { settings }: AdminContext) => settings.storefrontOrigin + image.path,
    originalSrc: (image: ImageRecord, _args: Arguments, { settings }: AdminContext) =>
      settings.storefrontOrigin + image.path,
    transformedSrc: (image: ImageRecord, args: Arguments, { settings }: AdminContext) =>
      sized(settings.storefrontOrigin, image, args),
  },
  MediaImage: {
    id: (image: ImageRecord) => gid("MediaImage", image.id),
    alt: (image: ImageRecord) => image.altText,
    image: (image: ImageRecord) => image,
    mediaContentType: () => "IMAGE",
    mediaErrors: () => [],
    mediaWarnings: () => [],
    preview: (image: ImageRecord) => image,
    status: () => "READY",
  },
  MediaPreviewImage: {
    image: (image: ImageRecord) => image,
    status: () => "READY",
  },
};

/** An image in a place that asks for Media. */
export function mediaOf(image: ImageRecord) {
  return tagged("MediaImage", image);
}

/** The image where a field takes the old sizing arguments: they change its address only. */
export function imageWith(image: ImageRecord | null, args: Arguments): ImageRecord | null {
  return image && { ...image, path: sized("", image, args) };
}

/** Sizes are query parameters, as on Shopify's CDN; drawings scale without them. */
function sized(origin: string, image: ImageRecord, transform: Arguments | undefined): string {
  const parameters = new URLSearchParams();
  const width = transform?.maxWidth;
  const height = transform?.maxHeight;
  const crop = transform?.crop;
  const scale = transform?.scale;
  const factor = typeof scale === "number" ? scale : 1;
  if (typeof width === "number") parameters.set("width", String(width * factor));
  if (typeof height === "number") parameters.set("height", String(height * factor));
  if (typeof crop === "string") parameters.set("crop", crop.toLowerCase());
  // SVG is what it is; asking for a bitmap format changes nothing for vector drawings.
  void transform?.preferredContentType;
  const query = parameters.toString();
  return `${origin}${image.path}${query ? `${image.path.includes("?") ? "&" : "?"}${query}` : ""}`;
}
