import { GraphQLError } from "graphql";
import { gid } from "../../records";
import type { WebPixelRecord } from "../../records-people";
import type { AdminContext, Fields, Types } from "../engine/context";
import { requireId } from "./node";

export const webPixelQueries: Fields<unknown> = {
  /** Without an id, the pixel of the app that asks. */
  webPixel: (_root, args, context) => {
    const own = ownPixel(context);
    const asked = typeof args.id === "string" ? requireId("WebPixel", args.id) : own?.id;
    if (own && own.id === asked) return own;
    throw new GraphQLError("No web pixel was found for this app.", { extensions: { code: "RESOURCE_NOT_FOUND" } });
  },
};

/** The pixel that the app of this token has switched on in the shop. */
export function ownPixel({ shop, token }: AdminContext): Readonly<WebPixelRecord> | null {
  return shop.all("webPixel").find((each) => each.clientId === token.clientId) ?? null;
}

export const webPixelTypes: Types = {
  WebPixel: {
    id: (pixel: WebPixelRecord) => gid("WebPixel", pixel.id),
    // As text: that is how Shopify gives back what it keeps of a pixel.
    settings: (pixel: WebPixelRecord) => JSON.stringify(pixel.settings),
  },
};
