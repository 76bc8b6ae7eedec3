import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue";
import { log } from "~/platform/log";
import { ShopifyDenied, ShopifyRefused } from "~/shopify/admin-errors";
import { tellConsent } from "~/shopify/customer-consent";
import { asConsent, currentConsents } from "./current";
import { effective } from "./effective";

/**
 * Has Shopify told of a consent or a withdrawal that was said here. Only what Shopify keeps too: marketing by mail and by
 * text message, of a customer of Shopify's. What came from Shopify never comes here, so nothing goes in a circle.
 */
export async function enqueueTelling(tx: Transaction, ctx: Context, consentId: string): Promise<void> {
  const shopId = ctx.shop.id;
  const row = await tx.consent.findUnique({ where: { shopId_id: { shopId, id: consentId } } });
  if (!row?.customerId || row.purpose !== "marketing" || !["email", "sms"].includes(row.channel)) return;
  const customer = await tx.customer.findUnique({
    where: { shopId_id: { shopId, id: row.customerId } },
    select: { shopifyCustomerId: true },
  });
  if (customer?.shopifyCustomerId) await enqueue(tx, "tell-consent", { shopId, consentId });
}

/**
 * The job: tells Shopify, unless something newer has been said meanwhile (that has a job of its own, or came from Shopify)
 * or it is of an address that is not the one Shopify keeps. A refusal is final and logged; everything else is tried again.
 */
export async function tellShopify(ctx: Context, consentId: string): Promise<void> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const row = await prisma.consent.findUnique({ where: { shopId_id: { shopId, id: consentId } } });
  if (!row?.customerId || row.state === "pending") return;
  const leaf = await prisma.customer.findUnique({ where: { shopId_id: { shopId, id: row.customerId } } });
  if (!leaf?.shopifyCustomerId) return;
  const said = asConsent(row);
  const kept = said.channel === "email" ? leaf.email : leaf.phone;
  if (said.endpoint && said.endpoint.value !== kept?.toLowerCase()) return;
  const held = await currentConsents(prisma, shopId, { customerIds: [leaf.id], visitorIds: [] });
  const about = held.filter((one) => one.channel === said.channel && one.purpose === said.purpose);
  if (effective(about, said.endpoint)?.id !== said.id) return;
  try {
    await tellConsent(ctx, {
      shopifyCustomerId: leaf.shopifyCustomerId,
      channel: said.channel === "email" ? "email" : "sms",
      state: said.state === "given" ? "SUBSCRIBED" : "UNSUBSCRIBED",
      at: said.at,
    });
  } catch (error) {
    if (!(error instanceof ShopifyRefused || error instanceof ShopifyDenied)) throw error;
    log.warn({ shop: shopId, consent: consentId, problem: error.code }, "Shopify did not take a consent");
  }
}
