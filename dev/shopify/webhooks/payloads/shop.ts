import { gid } from "../../records";
import type { ShopStore } from "../../store";
import type { World } from "../../world";
import { countryName, zoned } from "./forms";

const PLANS = { standard: "Basic", advanced: "Advanced", plus: "Shopify Plus" } as const;
const PLAN_NAMES = { standard: "basic", advanced: "unlimited", plus: "shopify_plus" } as const;

/** `shop/update` and `app/uninstalled`: the shop itself. */
export function shopPayload(world: World, shop: ShopStore) {
  const settings = shop.settings();
  const owner = shop.all("staff").find((each) => each.accountOwner);
  return {
    id: settings.id,
    name: settings.name,
    email: settings.email,
    domain: new URL(settings.storefrontOrigin).host,
    province: null,
    country: settings.countryCode,
    address1: null,
    zip: null,
    city: null,
    source: null,
    phone: null,
    latitude: null,
    longitude: null,
    primary_locale: owner?.locale ?? "en",
    address2: null,
    created_at: zoned(settings.createdAt, settings),
    updated_at: zoned(world.clock().toISOString(), settings),
    country_code: settings.countryCode,
    country_name: countryName(settings.countryCode),
    currency: settings.currency,
    customer_email: settings.email,
    timezone: settings.timezone,
    iana_timezone: settings.timezone,
    shop_owner: owner ? `${owner.firstName} ${owner.lastName}` : settings.name,
    weight_unit: "kg",
    province_code: null,
    taxes_included: false,
    plan_display_name: PLANS[settings.plan],
    plan_name: PLAN_NAMES[settings.plan],
    has_discounts: true,
    has_gift_cards: false,
    myshopify_domain: settings.domain,
    password_enabled: false,
    has_storefront: true,
    setup_required: false,
    pre_launch_enabled: false,
    enabled_presentment_currencies: [settings.currency],
  };
}

/** `app/scopes_update`. */
export function scopesPayload(world: World, shop: ShopStore, previous: string[], current: string[]) {
  return {
    id: gid("App", appIdOf(world)),
    previous,
    current,
    updated_at: zoned(world.clock().toISOString(), shop.settings()),
  };
}

/** A number for the app that does not change while its client id stays the same. */
export function appIdOf(world: World): number {
  return [...world.app.clientId].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 900_000_000, 7) + 100_000_000;
}
