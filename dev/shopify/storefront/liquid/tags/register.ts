import type { Liquid } from "liquidjs";
import { FormTag } from "./form";
import { PaginateTag } from "./paginate";
import { BundledTag, RawTag, SectionTag, StyleTag } from "./simple";

/** The tags that Shopify adds to Liquid. https://shopify.dev/docs/api/liquid/tags */
export function registerTags(liquid: Liquid): void {
  liquid.registerTag("schema", RawTag);
  liquid.registerTag("doc", RawTag);
  liquid.registerTag("stylesheet", BundledTag);
  liquid.registerTag("javascript", BundledTag);
  liquid.registerTag("style", StyleTag);
  liquid.registerTag("section", SectionTag);
  liquid.registerTag("sections", SectionTag);
  liquid.registerTag("form", FormTag);
  liquid.registerTag("paginate", PaginateTag);
}
