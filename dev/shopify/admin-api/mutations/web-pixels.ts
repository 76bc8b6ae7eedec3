import { pixelExtension, wrongSettings } from "../../extensions/web-pixel";
import { gid, idOf } from "../../records";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { accessDenied } from "../engine/errors";
import { ownPixel } from "../resolvers/web-pixel";

interface PixelError {
  field: string[];
  message: string;
  code: string;
}

export const webPixelMutations: Fields<unknown> = {
  /** One for each app and shop; from then on the storefront runs the extension where visitors allow it. */
  webPixelCreate: (_root, args, context) => {
    requireCustomerEvents(context, "webPixelCreate");
    const { settings, error } = readSettings(context, args.webPixel as Arguments);
    if (error) return { webPixel: null, userErrors: [error] };
    if (ownPixel(context)) return { webPixel: null, userErrors: [coded(["webPixel"], "Web pixel is taken.", "TAKEN")] };
    const now = context.now.toISOString();
    const id = context.shop.newId("webPixel");
    const pixel = { id, clientId: context.token.clientId, settings, createdAt: now, updatedAt: now };
    context.shop.put("webPixel", id, pixel);
    return { webPixel: pixel, userErrors: [] };
  },

  webPixelUpdate: (_root, args, context) => {
    requireCustomerEvents(context, "webPixelUpdate");
    const before = named(context, args.id);
    const { settings, error } = readSettings(context, args.webPixel as Arguments);
    if (!before) return { webPixel: null, userErrors: [notFound()] };
    if (error) return { webPixel: null, userErrors: [error] };
    const pixel = { ...before, settings, updatedAt: context.now.toISOString() };
    context.shop.put("webPixel", pixel.id, pixel);
    return { webPixel: pixel, userErrors: [] };
  },

  webPixelDelete: (_root, args, context) => {
    const before = named(context, args.id);
    if (!before) return { deletedWebPixelId: null, userErrors: [notFound()] };
    context.shop.delete("webPixel", before.id);
    return { deletedWebPixelId: gid("WebPixel", before.id), userErrors: [] };
  },
};

function named(context: AdminContext, id: unknown) {
  const own = ownPixel(context);
  return own && idOf("WebPixel", String(id)) === own.id ? own : null;
}

function readSettings(
  context: AdminContext,
  input: Arguments,
): { settings: Record<string, unknown>; error: PixelError | null } {
  const refused = (message: string, code: string, field = ["settings"]) => ({
    settings: {},
    error: coded(field, message, code),
  });
  const extension = pixelExtension(context.world);
  const given = parsed(input.settings);
  if (!extension) return refused("No extension found", "NO_EXTENSION", ["webPixel"]);
  if (!given) return refused("Settings must be a valid JSON object", "INVALID_CONFIGURATION_JSON");
  const wrong = wrongSettings(extension, given);
  return wrong ? refused(wrong, "INVALID_SETTINGS") : { settings: given, error: null };
}

/** `settings` may be an object or the text of one. */
function parsed(settings: unknown): Record<string, unknown> | null {
  try {
    // What comes as an object is read through: each of its values counts as looked at.
    const value: unknown = JSON.parse(typeof settings === "string" ? settings : JSON.stringify(settings));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** The scope map only tells of `write_pixels`; its words ask for this one too. */
function requireCustomerEvents(context: AdminContext, field: string): void {
  if (!context.token.scopes.includes("read_customer_events")) {
    throw accessDenied(field, "`write_pixels` access scope. Also: The app requires read_customer_events access scope.");
  }
}

function notFound(): PixelError {
  return coded(["id"], "Web pixel couldn't be found", "NOT_FOUND");
}

function coded(field: string[], message: string, code: string): PixelError {
  return { field, message, code };
}
