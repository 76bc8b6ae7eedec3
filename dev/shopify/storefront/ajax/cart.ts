import type { Response } from "express";
import { CartError } from "../../commerce/cart-error";
import { addLines, changeLine, clearCart, createCart, updateCart } from "../../commerce/carts";
import type { CartRecord } from "../../records";
import { isLocalPath, keepCart, localePath, type Visit } from "../visit";
import { cartJson, lineJson } from "./cart-json";
import {
  asAttributes,
  asFields,
  asItems,
  asProperties,
  asSections,
  asUpdates,
  type Fields,
  wholeNumber,
} from "./input";
import { applyRememberedDiscount } from "./permalink";
import { renderSections } from "./sections";

type Operation = (visit: Visit, cart: CartRecord, body: Fields) => { cart: CartRecord; answer?: () => unknown };

const operations: Record<string, Operation> = {
  add(visit, cart, body) {
    const result = addLines(visit.world, visit.shop, cart, asItems(body));
    const lines = () => result.added.map((line) => lineJson(visit, line));
    return { cart: result.cart, answer: () => (body.items === undefined ? lines()[0] : { items: lines() }) };
  },
  change(visit, cart, body) {
    const id = body.id;
    const line = wholeNumber(body.line, "line");
    const quantity = wholeNumber(body.quantity, "quantity");
    const properties = asProperties(body.properties);
    const target = line === undefined ? { id: id === undefined ? undefined : String(id) } : { line };
    return { cart: changeLine(visit.world, visit.shop, cart, { ...target, quantity, properties }) };
  },
  update(visit, cart, body) {
    const { note, discount } = body;
    const change = {
      updates: asUpdates(body.updates),
      attributes: asAttributes(body.attributes),
      ...(note === undefined || note === null ? {} : { note: String(note) }),
      ...(discount === undefined || discount === null ? {} : { discount: String(discount) }),
    };
    return { cart: updateCart(visit.world, visit.shop, cart, change) };
  },
  clear(visit, cart) {
    return { cart: clearCart(visit.world, visit.shop, cart) };
  },
};

/** Whether the path is one of the cart's: `/cart.js`, `/cart/add`, `/cart/change.js`, … */
export function cartOperation(path: string): { name: string; json: boolean } | null {
  if (path === "/cart.js" || path === "/cart.json") return { name: "read", json: true };
  const match = /^\/cart\/(add|change|update|clear)(\.js|\.json)?$/.exec(path);
  return match?.[1] ? { name: match[1], json: match[2] !== undefined } : null;
}

/**
 * Answers the AJAX Cart API. A path without `.js` posted by a page's form goes back to the cart page, as
 * Shopify does; with `Accept: application/json` it answers in JSON too.
 * https://shopify.dev/docs/api/ajax/reference/cart
 */
export function answerCart(visit: Visit, operation: { name: string; json: boolean }): void {
  const { req, res } = visit;
  res.setHeader("Cache-Control", "no-store");
  if (operation.name === "read") return void res.json(cartJson(visit));
  const body = req.method === "GET" ? asFields(req.query) : asFields(req.body);
  const wantsJson = operation.json || (req.headers.accept ?? "").includes("application/json");
  try {
    const sections = asSections(body.sections);
    const run = operations[operation.name];
    if (!run) throw new CartError("unknown operation", { status: 404 });
    const result = runOn(visit, run, body);
    if (!wantsJson) return void redirectAfter(visit, body);
    const answer = result.answer ? asFields(result.answer()) : cartJson(visit);
    if (sections.length === 0) return void res.json(answer);
    const path = typeof body.sections_url === "string" ? body.sections_url : refererPath(visit);
    res.json({ ...answer, sections: renderSections(visit, sections, path) });
  } catch (error) {
    if (!(error instanceof CartError)) throw error;
    if (wantsJson) return void res.status(error.status).json(error.body);
    sendFormError(visit, res, error);
  }
}

/** Runs on the shopper's cart, or on a new one that is only kept when the operation stored it. */
function runOn(visit: Visit, run: Operation, body: Fields): ReturnType<Operation> {
  const cart = visit.cart ?? createCart(visit.world, visit.customer?.id ?? null);
  try {
    const result = run(visit, cart, body);
    keepCart(visit, applyRememberedDiscount(visit, result.cart));
    return result;
  } catch (error) {
    // Part of what was asked may have been put in before the refusal.
    const stored = visit.shop.get("cart", cart.token);
    if (stored) keepCart(visit, stored);
    throw error;
  }
}

function redirectAfter(visit: Visit, body: Fields): void {
  const asked = body.return_to;
  const local = typeof asked === "string" && isLocalPath(asked) ? asked : localePath(visit, "/cart");
  visit.res.redirect(302, body.checkout !== undefined ? localePath(visit, "/checkout") : local);
}

/** A page's form was refused: back to where it came from, with the reason to be shown there. */
function sendFormError(visit: Visit, res: Response, error: CartError): void {
  const back = refererPath(visit) ?? localePath(visit, "/cart");
  const [path = "/cart", query] = back.split("?");
  const parameters = new URLSearchParams(query);
  parameters.set("cart_error", error.body.description);
  res.redirect(302, `${path}?${parameters}`);
}

function refererPath({ req, origin }: Visit): string | undefined {
  const referer = req.headers.referer;
  if (!referer || !URL.canParse(referer)) return undefined;
  const url = new URL(referer);
  return url.origin === origin ? url.pathname + url.search : undefined;
}
