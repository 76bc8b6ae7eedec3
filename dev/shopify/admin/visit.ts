import type { Request, Response } from "express";
import type { ShopRecord, StaffRecord } from "../records";
import type { ShopStore } from "../store";
import type { World } from "../world";

/** One request to the admin: which shop it is about and which of its staff makes it. */
export interface Visit {
  world: World;
  shop: ShopStore;
  settings: ShopRecord;
  /** `northwind-outfitters`, the part of the domain that admin URLs show. */
  handle: string;
  /** `/store/northwind-outfitters` */
  base: string;
  staff: StaffRecord;
  path: string;
}

/** Cookies are shared by all ports of a host, so the storefronts see this one too and the name says whose it is. */
const COOKIE = "local_admin_staff";

/** `northwind-outfitters.myshopify.com` → `northwind-outfitters` */
export function handleOf(domain: string): string {
  return domain.replace(/\.myshopify\.com$/, "");
}

/** The visit a request makes, or null when it names no shop of this world. */
export function visitOf(world: World, request: Request): Visit | null {
  const handle = String(request.params.handle ?? "");
  const shop = shopOf(world, handle);
  if (!shop) return null;
  return {
    world,
    shop,
    settings: shop.settings(),
    handle,
    base: `/store/${handle}`,
    staff: staffOf(request, shop),
    path: (request.baseUrl + request.path).replace(/(.)\/$/, "$1"),
  };
}

/** The shop whose admin lies at `/store/<handle>`, or null. */
export function shopOf(world: World, handle: string): ShopStore | null {
  const domain = `${handle}.myshopify.com`;
  return world.store.domains().includes(domain) ? world.store.shop(domain) : null;
}

/** Who is signed in: the one the cookie names for this shop, else the shop's owner. */
function staffOf(request: Request, shop: ShopStore): StaffRecord {
  const chosen = chosenIn(request.headers.cookie ?? "", handleOf(shop.domain));
  const all = shop.all("staff");
  const found = all.find((each) => each.id === chosen) ?? all.find((each) => each.accountOwner) ?? all[0];
  if (!found) throw new Error(`the shop ${shop.domain} has no staff: it was not seeded`);
  return found;
}

function chosenIn(cookies: string, handle: string): number {
  const prefix = `${COOKIE}_${handle}=`;
  const found = cookies.split("; ").find((each) => each.startsWith(prefix));
  return Number(found?.slice(prefix.length));
}

/** Signs a member of staff in, in this browser and for this shop. */
export function signIn(response: Response, handle: string, staffId: number): void {
  response.append("Set-Cookie", `${COOKIE}_${handle}=${staffId}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000`);
}

/** A member of staff's name as written in the admin. */
export function nameOf(staff: StaffRecord): string {
  return `${staff.firstName} ${staff.lastName}`;
}
