import type { Context, StaffActor } from "~/context";
import type { Database } from "~/db.server";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { isGenuine, possibleHashes, publicKeyOf, type Receipt, type SignedReceipt } from "./receipt";

/** A receipt for Settings. */
export interface ReceiptRow {
  receipt: Receipt;
  /** Whether the signature is this app's over exactly this text. */
  genuine: boolean;
  /** Who asked, in words. */
  askedBy: string;
}

const most = 50;

/**
 * The receipts of the shop, newest first, at most fifty; with `name` (an e-mail address, a phone number, or a customer's
 * number in Shopify) only those that are about whoever was called so.
 */
export async function listReceipts(ctx: Context<StaffActor>, name: string | null): Promise<ReceiptRow[]> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const hashes = name ? namesOf(name).flatMap((one) => possibleHashes(shopId, one)) : [];
  const rows = await prisma.erasureReceipt.findMany({
    where: { shopId, ...(name ? { OR: hashes.map((hash) => ({ body: { contains: `"${hash}"` } })) } : {}) },
    orderBy: { at: "desc" },
    take: most,
  });
  const staff = new Map(
    (await prisma.staff.findMany({ where: { shopId }, select: { id: true, name: true } })).map((one) => [
      one.id,
      one.name,
    ]),
  );
  return rows.map((row) => {
    const receipt = JSON.parse(row.body) as Receipt;
    const { askedBy } = receipt;
    return {
      receipt,
      genuine: isGenuine(row),
      askedBy: askedBy.kind === "staff" ? (staff.get(askedBy.id) ?? "A former member of staff") : "Shopify",
    };
  });
}

/** How what somebody types can stand in a receipt. */
function namesOf(typed: string): string[] {
  const text = typed.trim();
  if (text.includes("@")) return [text.toLowerCase()];
  const digits = text.replace(/[^\d+]/g, "");
  return [digits, `gid://shopify/Customer/${digits}`, text];
}

/** A receipt as a file to keep: what was signed, the signature, and the key to check it with. Throws NotFound. */
export async function downloadReceipt(
  ctx: Context<StaffActor>,
  id: string,
): Promise<{ name: string; type: string; content: AsyncIterable<Uint8Array> }> {
  const where = { shopId_id: { shopId: ctx.shop.id, id } };
  const found = isId(id) ? await ctx.db.prisma.erasureReceipt.findUnique({ where }) : null;
  if (!found) throw new NotFound("This receipt");
  const { body, signature, keyId } = found;
  const file = {
    receipt: JSON.parse(body) as object,
    signature: { algorithm: "Ed25519", keyId, value: signature, over: body, publicKey: publicKeyOf(keyId) },
  };
  return {
    name: `erasure-${found.at.toISOString().slice(0, 10)}-${id.slice(-6)}.json`,
    type: "application/json",
    content: one(Buffer.from(JSON.stringify(file, null, 2))),
  };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Every receipt there is, of people and of shops. */
export async function* allReceipts({
  prisma,
}: Pick<Database, "prisma">): AsyncGenerator<{ id: string; at: Date; signed: SignedReceipt }> {
  for (let skip = 0; ; skip += 500) {
    const rows = await prisma.erasureReceipt.findMany({ orderBy: [{ shopId: "asc" }, { id: "asc" }], skip, take: 500 });
    for (const { id, at, ...signed } of rows) yield { id, at, signed };
    if (rows.length < 500) break;
  }
  for (const { id, at, ...signed } of await prisma.shopErasure.findMany({ orderBy: { id: "asc" } })) {
    yield { id, at, signed };
  }
}
