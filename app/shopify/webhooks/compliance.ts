import { z } from "zod";
import type { Context } from "~/context";
import { log } from "~/platform/log";
import { eraseCustomer } from "~/privacy/erase-customer";
import { eraseShop } from "~/privacy/erase-shop";
import { exportCustomer } from "~/privacy/export-customer";
import type { PersonNamed } from "~/privacy/people";
import { isConnected } from "../is-connected";
import { gid, numericId } from "./shapes";

// https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance
const person = z.object({ id: numericId, email: z.string().nullish(), phone: z.string().nullish() });
const request = z.object({ customer: person, data_request: z.object({ id: numericId }) });
const redaction = z.object({ customer: person });

/** customers/data_request: what we keep of the customer is gathered for the merchant to hand over. */
export async function dataRequest(ctx: Context, payload: unknown): Promise<void> {
  const { customer, data_request } = request.parse(payload);
  await exportCustomer(ctx, data_request.id, named(customer));
}

/** customers/redact: what we keep of the customer is erased. */
export async function customerRedact(ctx: Context, payload: unknown): Promise<void> {
  await eraseCustomer(ctx, named(redaction.parse(payload).customer));
}

/**
 * shop/redact, 48 hours after an uninstall: everything of the shop is erased. Not so when the merchant has installed the
 * app again in the meantime, which a working token proves.
 */
export async function shopRedact(ctx: Context): Promise<void> {
  const shop = await ctx.db.prisma.shop.findUnique({ where: { id: ctx.shop.id }, select: { uninstalledAt: true } });
  if (shop?.uninstalledAt === null && (await isConnected(ctx))) {
    log.warn({ shop: ctx.shop.id }, "an erasure was asked for a shop that is installed: kept");
    return;
  }
  await eraseShop(ctx);
}

function named(customer: z.output<typeof person>): PersonNamed {
  const { id, email, phone } = customer;
  return { shopifyCustomerId: gid("Customer", id), email: email || null, phone: phone || null };
}
