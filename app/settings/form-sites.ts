import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { env } from "~/env.server";
import { change } from "~/events/change";
import { Invalid } from "~/http/errors";

/** How many websites a merchant may name. */
const mostSites = 20;

/** Origins whose pages may post the contact form: the storefront's own, and those that the merchant named. */
export async function sitesOf(ctx: Pick<Context, "db" | "shop">): Promise<string[]> {
  const { domain, storefrontOrigin, settings } = await ctx.db.prisma.shop.findUniqueOrThrow({
    where: { id: ctx.shop.id },
    select: { domain: true, storefrontOrigin: true, settings: true },
  });
  return [`https://${domain}`, ...(storefrontOrigin ? [storefrontOrigin] : []), ...namedSites(settings)];
}

/** Those that the merchant named. */
export function namedSites(settings: unknown): string[] {
  const sites = (settings as { formSites?: unknown } | null)?.formSites;
  return Array.isArray(sites) ? sites.filter((one) => typeof one === "string") : [];
}

/** Keeps which websites may post the form. @param lines web addresses, each on a line of its own. Throws Invalid. */
export async function nameFormSites(ctx: Context<StaffActor>, lines: string): Promise<string[]> {
  const given = lines.split(/\s+/).filter((one) => one !== "");
  const sites = [...new Set(given.map(siteOf))];
  if (sites.length > mostSites) throw new Invalid([{ field: "sites", message: `Use at most ${mostSites} websites.` }]);
  await change(ctx, async (tx) => {
    await tx.$executeRaw`
      UPDATE "shop" SET "settings" = "settings" || ${JSON.stringify({ formSites: sites })}::jsonb
       WHERE "id" = ${ctx.shop.id}::uuid`;
    const detail = { changed: ["formSites"] };
    await audit(tx, ctx, { action: "settings.saved", subjectKind: "settings", subjectId: null, detail });
  });
  return sites;
}

function siteOf(address: string): string {
  const full = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (!url?.hostname.includes(".") && url?.hostname !== "localhost") {
    throw new Invalid([{ field: "sites", message: "Enter full web addresses, such as https://www.example.com" }]);
  }
  return url.origin;
}

/** What staff see of the contact form. */
export interface FormDoor {
  /** Where other websites post it to. */
  address: string;
  /** Websites that the merchant named. */
  sites: string[];
  /** Whether there is an e-mail account to answer from. */
  answerable: boolean;
}

export async function formDoor(ctx: Context<StaffActor>): Promise<FormDoor> {
  const [shop, accounts] = await Promise.all([
    ctx.db.prisma.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { settings: true } }),
    ctx.db.prisma.channelAccount.count({ where: { shopId: ctx.shop.id, kind: "email", state: "active" } }),
  ]);
  const address = `${env().SHOPIFY_APP_URL.replace(/\/$/, "")}/forms/${ctx.shop.id}`;
  return { address, sites: namedSites(shop.settings), answerable: accounts > 0 };
}
