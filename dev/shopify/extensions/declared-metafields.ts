import type { ShopStore } from "../store";
import { appIdOf } from "../webhooks/payloads/shop";
import type { World } from "../world";

/** A metafield of the app's own namespace, as `[customer.metafields.app.<key>]` in shopify.app.toml defines it. */
export interface DeclaredMetafield {
  /** `CUSTOMER`, as in `MetafieldOwnerType`. */
  ownerType: string;
  key: string;
  name: string;
  description: string | null;
  type: string;
  /** `merchant_read`, or null for nobody but the app. */
  adminAccess: string | null;
  storefrontAccess: string | null;
}

type Section = { metafields?: { app?: Record<string, MetafieldToml> } };
interface MetafieldToml {
  name?: string;
  description?: string;
  type: string;
  access?: { admin?: string; storefront?: string };
}

const OWNERS = { customer: "CUSTOMER", order: "ORDER", draft_order: "DRAFTORDER", company: "COMPANY", shop: "SHOP" };

/** Reads the definitions out of the parsed shopify.app.toml. */
export function declaredMetafields(toml: object): DeclaredMetafield[] {
  return Object.entries(OWNERS).flatMap(([section, ownerType]) => {
    const declared = (toml as Record<string, Section | undefined>)[section]?.metafields?.app ?? {};
    return Object.entries(declared).map(([key, field]) => ({
      ownerType,
      key,
      name: field.name ?? key,
      description: field.description ?? null,
      type: field.type,
      adminAccess: field.access?.admin ?? null,
      storefrontAccess: field.access?.storefront ?? null,
    }));
  });
}

/** Brings the shop's definitions in the app's namespace to what the app declares, as an install does. */
export function defineDeclared(world: World, shop: ShopStore): void {
  const declared = world.app.metafields ?? [];
  const namespace = `app--${appIdOf(world)}`;
  for (const each of declared) {
    const before = shop
      .all("metafieldDefinition")
      .find((known) => known.ownerType === each.ownerType && known.namespace === namespace && known.key === each.key);
    const id = before?.id ?? shop.newId("metafieldDefinition");
    shop.put("metafieldDefinition", id, {
      id,
      ownerType: each.ownerType,
      namespace,
      key: each.key,
      name: each.name,
      description: each.description,
      type: each.type,
      pinnedPosition: before?.pinnedPosition ?? null,
      access: {
        admin: each.adminAccess?.toUpperCase() ?? "PRIVATE",
        storefront: each.storefrontAccess?.toUpperCase() ?? "NONE",
        customerAccount: "NONE",
      },
    });
  }
}
