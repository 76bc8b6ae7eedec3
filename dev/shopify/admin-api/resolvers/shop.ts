import { gid, type ShopRecord, type StaffRecord } from "../../records";
import { countryName } from "../../webhooks/payloads/forms";
import { appIdOf } from "../../webhooks/payloads/shop";
import { type AdminContext, type Arguments, same, type Types } from "../engine/context";
import { metafieldFields, metafieldsOwnedBy } from "./metafield";

const PLAN_NAMES = { standard: "Basic", advanced: "Advanced", plus: "Plus" } as const;

export const shopTypes: Types = {
  Shop: {
    ...same<ShopRecord>("name", "email", "createdAt"),
    id: (shop: ShopRecord) => gid("Shop", shop.id),
    contactEmail: (shop: ShopRecord) => shop.email,
    currencyCode: (shop: ShopRecord) => shop.currency,
    enabledPresentmentCurrencies: (shop: ShopRecord) => [shop.currency],
    currencyFormats: (shop: ShopRecord) => shop,
    ianaTimezone: (shop: ShopRecord) => shop.timezone,
    timezoneAbbreviation: (shop: ShopRecord, _args: Arguments, context: AdminContext) =>
      zoneName(shop, context, "short"),
    timezoneOffset: (shop: ShopRecord, _args: Arguments, context: AdminContext) =>
      zoneName(shop, context, "longOffset").replace("GMT", "").replace(":", "") || "+0000",
    timezoneOffsetMinutes: (shop: ShopRecord, _args: Arguments, context: AdminContext) => offsetMinutes(shop, context),
    myshopifyDomain: (shop: ShopRecord) => shop.domain,
    primaryDomain: (shop: ShopRecord) => shop,
    url: (shop: ShopRecord) => shop.storefrontOrigin,
    plan: (shop: ShopRecord) => shop,
    shopAddress: (shop: ShopRecord) => shop,
    shopOwnerName: (_shop: ShopRecord, _args: Arguments, context: AdminContext) => ownerName(context),
    taxesIncluded: () => false,
    taxShipping: () => false,
    orderNumberFormatPrefix: () => "#",
    orderNumberFormatSuffix: () => "",
    setupRequired: () => false,
    unitSystem: () => "METRIC_SYSTEM",
    weightUnit: () => "KILOGRAMS",
    updatedAt: (shop: ShopRecord) => shop.createdAt,
    ...metafieldFields<ShopRecord>("SHOP", (shop, context) => metafieldsOwnedBy(context, gid("Shop", shop.id))),
  },
  ShopPlan: {
    displayName: (shop: ShopRecord) => PLAN_NAMES[shop.plan],
    publicDisplayName: (shop: ShopRecord) => PLAN_NAMES[shop.plan],
    partnerDevelopment: () => false,
    shopifyPlus: (shop: ShopRecord) => shop.plan === "plus",
  },
  Domain: {
    id: (shop: ShopRecord) => gid("Domain", shop.id),
    host: (shop: ShopRecord) => new URL(shop.storefrontOrigin).host,
    url: (shop: ShopRecord) => shop.storefrontOrigin,
    sslEnabled: (shop: ShopRecord) => shop.storefrontOrigin.startsWith("https:"),
  },
  ShopAddress: {
    id: (shop: ShopRecord) => gid("ShopAddress", shop.id),
    country: (shop: ShopRecord) => countryName(shop.countryCode),
    countryCodeV2: (shop: ShopRecord) => shop.countryCode,
  },
  CurrencyFormats: {
    moneyFormat: (shop: ShopRecord) => moneyFormat(shop),
    moneyWithCurrencyFormat: (shop: ShopRecord) => `${moneyFormat(shop)} ${shop.currency}`,
    moneyInEmailsFormat: (shop: ShopRecord) => moneyFormat(shop),
    moneyWithCurrencyInEmailsFormat: (shop: ShopRecord) => `${moneyFormat(shop)} ${shop.currency}`,
  },
  StaffMember: {
    ...same<StaffRecord>("firstName", "lastName", "email", "locale"),
    id: (staff: StaffRecord) => gid("StaffMember", staff.id),
    name: (staff: StaffRecord) => `${staff.firstName} ${staff.lastName}`,
    isShopOwner: (staff: StaffRecord) => staff.accountOwner,
    active: () => true,
    exists: () => true,
    initials: (staff: StaffRecord) => [staff.firstName.charAt(0), staff.lastName.charAt(0)],
  },
  App: {
    id: (_app: object, _args: Arguments, context: AdminContext) => gid("App", appIdOf(context.world)),
    apiKey: (_app: object, _args: Arguments, { world }: AdminContext) => world.app.clientId,
    title: (_app: object, _args: Arguments, { world }: AdminContext) => world.app.name,
    handle: (_app: object, _args: Arguments, { world }: AdminContext) => world.app.proxy.subpath,
    embedded: () => true,
    published: () => true,
    installation: () => ({}),
    requestedAccessScopes: (_app: object, _args: Arguments, { world }: AdminContext) => world.app.scopes,
    webhookApiVersion: (_app: object, _args: Arguments, { admin }: AdminContext) => admin.version,
  },
  AppInstallation: {
    id: (_installation: object, _args: Arguments, context: AdminContext) => installationGid(context),
    app: () => ({}),
    accessScopes: (_installation: object, _args: Arguments, { token }: AdminContext) => withImplied(token.scopes),
    launchUrl: (_installation: object, _args: Arguments, { world, settings }: AdminContext) =>
      `${world.origin}/store/${settings.domain.split(".")[0]}/apps/${world.app.proxy.subpath}`,
    uninstallUrl: () => null,
    activeSubscriptions: () => [],
    ...metafieldFields<object>("API_PERMISSION", (_installation, context) =>
      metafieldsOwnedBy(context, installationGid(context)),
    ),
  },
  AccessScope: {
    handle: (scope: string) => scope,
    description: (scope: string) => scope.replaceAll("_", " "),
  },
};

/** Shopify's own placeholder, filled in by themes. */
function moneyFormat(shop: ShopRecord): string {
  return `${shop.currency === "EUR" ? "€" : "$"}{{amount}}`;
}

/** The gid of the app's installation in this shop. */
export function installationGid(context: AdminContext): string {
  return gid("AppInstallation", context.settings.id);
}

/** A write scope is listed with the read scope that it includes. */
function withImplied(scopes: readonly string[]): string[] {
  return [...new Set(scopes.flatMap((scope) => [scope, scope.replace(/^write_(?!app_proxy)/, "read_")]))].sort();
}

function ownerName(context: AdminContext): string {
  const owner = context.shop.all("staff").find((staff) => staff.accountOwner);
  return owner ? `${owner.firstName} ${owner.lastName}` : context.settings.name;
}

function zoneName(shop: ShopRecord, context: AdminContext, style: "short" | "longOffset"): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: shop.timezone, timeZoneName: style }).formatToParts(
    context.now,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

function offsetMinutes(shop: ShopRecord, context: AdminContext): number {
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(zoneName(shop, context, "longOffset"));
  return match ? (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
}
