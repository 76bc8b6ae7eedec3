import { randomBytes } from "node:crypto";
import { totalsOf } from "../../commerce/prices";
import { taxOf } from "../../commerce/tax";
import type { AddressRecord, CartRecord, CheckoutRecord } from "../../records";
import { checkoutPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { Visit } from "../visit";
import { shippingRates } from "./rates";

/** The open checkout of the shopper's cart, brought up to date with it; made when there is none. */
export function startCheckout(visit: Visit, cart: CartRecord): CheckoutRecord {
  const { shop, world, customer } = visit;
  const open = shop.all("checkout").find((each) => each.cartToken === cart.token && each.completedAt === null);
  if (open) return refreshCheckout(visit, structuredClone(open) as CheckoutRecord);
  const now = world.clock().toISOString();
  const address = customer?.addresses.find(({ id }) => id === customer.defaultAddressId) ?? customer?.addresses[0];
  const checkout: CheckoutRecord = withTotals(visit, {
    id: shop.newId("checkout"),
    token: randomBytes(16).toString("hex"),
    cartToken: cart.token,
    email: customer?.email ?? null,
    phone: customer?.phone ?? null,
    customerId: customer?.id ?? null,
    ...contentsOf(cart),
    shippingLine: null,
    shippingAddress: address ?? null,
    totals: { subtotal: 0, discount: 0, shipping: 0, tax: 0, total: 0 },
    orderId: null,
    createdAt: now,
    updatedAt: now,
    completedAt: null,
  });
  shop.transaction(() => {
    shop.put("checkout", checkout.token, checkout);
    publish(world, shop, "checkouts/create", checkoutPayload(shop, checkout));
  });
  return checkout;
}

/** Takes over what changed in the cart since, while it is open. */
export function refreshCheckout(visit: Visit, checkout: CheckoutRecord): CheckoutRecord {
  const cart = checkout.cartToken === null ? null : visit.shop.get("cart", checkout.cartToken);
  if (!cart || cart.completedAt !== null || checkout.completedAt !== null) return checkout;
  return saveCheckout(visit, checkout, contentsOf(cart, checkout));
}

/** Stores changes of a checkout with new totals and announces them; nothing happens when nothing changed. */
export function saveCheckout(visit: Visit, checkout: CheckoutRecord, change: Partial<CheckoutRecord>): CheckoutRecord {
  const { shop, world } = visit;
  const next = withTotals(visit, { ...checkout, ...change });
  if (JSON.stringify(next) === JSON.stringify(checkout)) return checkout;
  next.updatedAt = world.clock().toISOString();
  shop.transaction(() => {
    shop.put("checkout", next.token, next);
    publish(world, shop, "checkouts/update", checkoutPayload(shop, next));
  });
  return next;
}

function contentsOf(
  cart: CartRecord,
  before?: CheckoutRecord,
): Pick<CheckoutRecord, "lines" | "attributes" | "note" | "discountCodes"> {
  const lines = cart.lines.map(({ key: _, ...line }) => line);
  return {
    lines,
    attributes: Object.entries(cart.attributes).map(([key, value]) => ({ key, value })),
    note: cart.note || null,
    discountCodes:
      before && before.discountCodes.length > 0 && cart.discountCodes.length === 0
        ? before.discountCodes
        : cart.discountCodes,
  };
}

/** A rate that the lines no longer have is replaced by the one with the same code, at its price now. */
function withTotals(visit: Visit, checkout: CheckoutRecord): CheckoutRecord {
  const rates = shippingRates(visit.settings, checkout.lines);
  const shippingLine = rates.find(({ code }) => code === checkout.shippingLine?.code) ?? null;
  const customer = checkout.customerId === null ? null : visit.shop.get("customer", checkout.customerId);
  const totals = totalsOf({
    lines: checkout.lines,
    orderDiscount: null,
    shippingLine,
    discountCodes: checkout.discountCodes,
    taxRate: taxOf(visit.settings).rate,
    taxExempt: customer?.taxExempt ?? false,
  });
  return { ...checkout, shippingLine, totals };
}

export interface Contact {
  email: string;
  address: AddressRecord;
}

/** What a shopper typed, checked: the contact, or a message by field. */
export function readContact(
  visit: Visit,
  fields: Record<string, unknown>,
): { contact: Contact } | { errors: Record<string, string> } {
  const text = (name: string) =>
    String(fields[name] ?? "")
      .trim()
      .slice(0, 255);
  const errors: Record<string, string> = {};
  const email = text("email");
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) errors.email = "Enter a valid email";
  const required: [string, string][] = [
    ["lastName", "Enter a last name"],
    ["address1", "Enter an address"],
    ["city", "Enter a city"],
    ["zip", "Enter a ZIP / postal code"],
  ];
  for (const [name, message] of required) if (!text(name)) errors[name] = message;
  const countryCode = text("countryCode").toUpperCase();
  if (!/^[A-Z]{2}$/.test(countryCode)) errors.countryCode = "Choose a country";
  if (Object.keys(errors).length > 0) return { errors };
  return {
    contact: {
      email,
      address: {
        id: visit.shop.newId("address"),
        firstName: text("firstName"),
        lastName: text("lastName"),
        company: text("company") || null,
        address1: text("address1"),
        address2: text("address2") || null,
        city: text("city"),
        province: text("province") || null,
        zip: text("zip"),
        countryCode,
        phone: text("phone") || null,
      },
    },
  };
}
