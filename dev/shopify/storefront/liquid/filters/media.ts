import type { FilterImplOptions } from "liquidjs";
import { escapeHtml } from "../messages";
import { stateOf } from "../state";
import { namedArguments } from "./text";

interface WithImage {
  src?: unknown;
  alt?: unknown;
  width?: unknown;
  height?: unknown;
  featured_image?: unknown;
  image?: unknown;
}

/** The image object of an image, product, variant, line item or collection. */
function imageOf(value: unknown): WithImage | null {
  if (!value || typeof value !== "object") return null;
  const found = value as WithImage;
  if (typeof found.src === "string") return found;
  return imageOf(found.featured_image) ?? imageOf(found.image);
}

function imageUrl(value: unknown, sizes: Record<string, unknown>): string {
  const source = typeof value === "string" ? value : imageOf(value)?.src;
  if (typeof source !== "string" || source === "") return "";
  const url = new URL(source, "http://placeholder");
  for (const name of ["width", "height", "crop"]) if (sizes[name]) url.searchParams.set(name, String(sizes[name]));
  return source.startsWith("//") ? `//${url.host}${url.pathname}${url.search}` : `${url.pathname}${url.search}`;
}

function attributes(named: Record<string, unknown>): string {
  return Object.entries(named)
    .filter(([, value]) => value !== null && value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
    .join("");
}

export const mediaFilters: Record<string, FilterImplOptions> = {
  asset_url(file: unknown) {
    return stateOf(this.context).assetUrl(String(file));
  },
  inline_asset_content(file: unknown) {
    return stateOf(this.context).assetText(String(file));
  },
  image_url(value: unknown, ...given: unknown[]) {
    const sizes = namedArguments(given);
    if (!sizes.width && !sizes.height) throw new Error("image_url: width or height is required");
    return imageUrl(value, sizes);
  },
  img_url: (value: unknown) => imageUrl(value, {}),
  image_tag(url: unknown, ...given: unknown[]) {
    const named = namedArguments(given);
    const { widths, preload, ...rest } = named;
    void widths;
    void preload;
    return `<img src="${escapeHtml(String(url ?? ""))}"${attributes({ alt: "", loading: "lazy", ...rest })}>`;
  },
  stylesheet_tag(url: unknown) {
    return `<link href="${escapeHtml(String(url))}" rel="stylesheet" type="text/css" media="all">`;
  },
  script_tag(url: unknown) {
    return `<script src="${escapeHtml(String(url))}" type="text/javascript"></script>`;
  },
  preload_tag(url: unknown, ...given: unknown[]) {
    return `<link href="${escapeHtml(String(url))}" rel="preload"${attributes(namedArguments(given))}>`;
  },
  link_to(text: unknown, url: unknown, title?: unknown) {
    const label = typeof title === "string" ? ` title="${escapeHtml(title)}"` : "";
    return `<a href="${escapeHtml(String(url))}"${label}>${String(text)}</a>`;
  },
  /** A grey box that names what it stands for. */
  placeholder_svg_tag(name: unknown, css?: unknown) {
    const style = typeof css === "string" ? ` class="${escapeHtml(css)}"` : "";
    return `<svg${style} viewBox="0 0 100 100" role="img" aria-label="${escapeHtml(String(name))}"><rect width="100" height="100" fill="#e5e5e5"/></svg>`;
  },
};
