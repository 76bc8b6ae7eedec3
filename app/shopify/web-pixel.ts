import type { ShopOfContext } from "~/context";
import { refuse } from "./admin-errors";
import { adminFor } from "./admin-for";
import { WebPixelCreateDocument, WebPixelDocument, WebPixelUpdateDocument } from "./queries/generated";

/**
 * Switches the app's web pixel on in a shop, which Shopify does not do by itself at install, and tells it where this app
 * answers. There is one pixel of an app in a shop; one that is there already is only changed when it points elsewhere.
 * Throws what the Admin API throws.
 * https://shopify.dev/docs/apps/build/marketing-analytics/build-web-pixels
 */
export async function startPixel(ctx: { shop: Pick<ShopOfContext, "domain"> }, appOrigin: string): Promise<void> {
  const admin = adminFor(ctx, "background");
  const webPixel = { settings: JSON.stringify({ appOrigin }) };
  const { webPixelCreate } = await admin.ask(WebPixelCreateDocument, { webPixel });
  const userErrors = webPixelCreate?.userErrors ?? [];
  if (!userErrors.some(({ code }) => code === "TAKEN")) return refuse(userErrors);
  const { webPixel: known } = await admin.ask(WebPixelDocument, {});
  if (!known || pointsTo(known.settings, appOrigin)) return;
  const { webPixelUpdate } = await admin.ask(WebPixelUpdateDocument, { id: known.id, webPixel });
  refuse(webPixelUpdate?.userErrors ?? []);
}

/** Shopify gives the settings back as text or as an object. */
function pointsTo(settings: unknown, appOrigin: string): boolean {
  const held = typeof settings === "string" ? (JSON.parse(settings) as unknown) : settings;
  return (held as { appOrigin?: unknown } | null)?.appOrigin === appOrigin;
}
