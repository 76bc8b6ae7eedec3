import type { ShopRecord, StaffRecord } from "../records";
import type { World } from "../world";
import { LUMEN_HOME, NORTHWIND, type Range } from "./catalogue/shops";
import { seedCheckouts } from "./checkouts";
import { seedCompanies } from "./companies";
import { seedCustomers } from "./customers";
import { seedDrafts } from "./drafts";
import { seedOrders } from "./orders";
import { LUMEN_NOTABLE, NORTHWIND_NOTABLE, type NotableCustomer } from "./people/notable";
import { seedProducts } from "./products";
import { Random } from "./random";
import { seedThemeSettings } from "./theme-settings";

interface ShopIdea {
  range: Range;
  record: Omit<ShopRecord, "id" | "storefrontOrigin" | "createdAt" | "domain">;
  home: "DK" | "US";
  staff: readonly Omit<StaffRecord, "id">[];
  notable: readonly NotableCustomer[];
  chat: "on" | "off";
  sizes: Record<"full" | "small", { products: number; customers: number; orders: number; drafts: number }>;
}

const SHOPS: readonly ShopIdea[] = [
  {
    range: NORTHWIND,
    record: {
      name: "Northwind Outfitters",
      email: "hello@northwind-outfitters.example",
      currency: "EUR",
      countryCode: "DK",
      timezone: "Europe/Copenhagen",
      plan: "advanced",
      theme: "meridian",
      unapprovedFields: [],
    },
    home: "DK",
    staff: [
      staff("Ingrid", "Solheim", "ingrid@northwind-outfitters.example", true, "da"),
      staff("Marcus", "Adeyemi", "marcus@northwind-outfitters.example", false, "en"),
      staff("Yuki", "Tanabe", "yuki@northwind-outfitters.example", false, "en"),
    ],
    notable: NORTHWIND_NOTABLE,
    chat: "on",
    sizes: {
      full: { products: Number.POSITIVE_INFINITY, customers: 224, orders: 640, drafts: 7 },
      small: { products: 12, customers: 16, orders: 24, drafts: 3 },
    },
  },
  {
    range: LUMEN_HOME,
    record: {
      name: "Lumen Home",
      email: "hello@lumen-home.example",
      currency: "USD",
      countryCode: "US",
      timezone: "America/New_York",
      plan: "standard",
      theme: "classic",
      unapprovedFields: [],
    },
    home: "US",
    staff: [
      staff("Dana", "Whitaker", "dana@lumen-home.example", true, "en"),
      staff("Luis", "Ortega", "luis@lumen-home.example", false, "es"),
      staff("Mei", "Chen", "mei@lumen-home.example", false, "en"),
    ],
    notable: LUMEN_NOTABLE,
    chat: "off",
    sizes: {
      full: { products: Number.POSITIVE_INFINITY, customers: 36, orders: 60, drafts: 2 },
      small: { products: 6, customers: 5, orders: 8, drafts: 1 },
    },
  },
];

/**
 * Fills both shops, in one transaction, with a believable past that ends at `world.clock()`. A shop that is
 * already there is left alone. `storefrontOrigins` are where the browser finds the two storefronts; until
 * they are known, each shop gets its own `https://` domain.
 */
export function seedShops(world: World, size: "full" | "small", storefrontOrigins?: readonly [string, string]): void {
  world.store.transaction(() => {
    for (const [index, idea] of SHOPS.entries()) seedShop(world, idea, size, storefrontOrigins?.[index]);
  });
}

function seedShop(world: World, idea: ShopIdea, size: "full" | "small", storefrontOrigin: string | undefined): void {
  const { domain } = idea.range;
  const shop = world.store.shop(domain);
  if (shop.get("shop", "shop")) return;
  const now = world.clock();
  const amounts = idea.sizes[size];
  const taken = new Set<string>(idea.notable.flatMap((each) => each.email ?? []));
  // Each part draws from its own generator, so that a change to one leaves the others as they were.
  const draw = (part: string) => new Random(`${domain}/${part}`);
  shop.put("shop", "shop", {
    ...idea.record,
    domain,
    id: shop.newId("shop"),
    storefrontOrigin: storefrontOrigin ?? `https://${domain}`,
    createdAt: new Date(now.getTime() - 1100 * 86_400_000).toISOString(),
  });
  for (const person of idea.staff) {
    const id = shop.newId("staff");
    shop.put("staff", id, { id, ...person });
  }
  seedProducts(shop, idea.range, someOf(idea.range.products, amounts.products), draw("products"), now);
  const people = { notable: idea.notable, count: amounts.customers, home: idea.home, taken };
  seedCustomers(shop, people, draw("customers"), now);
  seedOrders(shop, { count: amounts.orders, home: idea.home, taken }, draw("orders"), now);
  seedDrafts(shop, amounts.drafts, draw("drafts"), now);
  if (idea.range === NORTHWIND) seedCompanies(shop, now);
  seedCheckouts(shop, amounts.drafts, draw("checkouts"), now);
  seedThemeSettings(world, shop, idea.chat);
}

/** The first product always (scenes name it), a gift card for the orders without a parcel, and others spread over the range. */
function someOf<Item extends { handle: string }>(items: readonly Item[], count: number): readonly Item[] {
  if (count >= items.length) return items;
  const step = items.length / (count - 1);
  const spread = Array.from({ length: count - 1 }, (_, index) => items[Math.floor(index * step)]);
  const card = items.find((item) => item.handle.endsWith("gift-card"));
  return [...new Set([...spread, card])].filter((item) => item !== undefined);
}

function staff(
  firstName: string,
  lastName: string,
  email: string,
  accountOwner: boolean,
  locale: string,
): Omit<StaffRecord, "id"> {
  return { firstName, lastName, email, accountOwner, locale };
}
