import type { Database } from "~/db.server";
import { emailKey, phoneKey } from "~/shopify-data/mirror/contact-keys";
import { wordsOf } from "~/shopify-data/mirror/words";

interface Mirrored {
  name?: string;
  email?: string | null;
  phone?: string | null;
  mergedInto?: string | null;
  deletedAt?: Date | null;
}

export const customerGid = (id: number): string => `gid://shopify/Customer/${id}`;

/** A customer of Shopify's as the mirror holds them. */
export async function mirrorCustomer(db: Database, shopId: string, id: number, about: Mirrored = {}): Promise<string> {
  const at = new Date("2026-11-01T12:00:00Z");
  const { name = "Ada Lund", email = null, phone = null, mergedInto = null, deletedAt = null } = about;
  const [firstName = null, lastName = null] = name.split(" ");
  await db.prisma.shopifyCustomer.create({
    data: {
      shopId,
      id: customerGid(id),
      firstName,
      lastName,
      email,
      emailKey: emailKey(email),
      phone,
      phoneKey: phoneKey(phone),
      mergedInto,
      deletedAt,
      tags: [],
      state: "enabled",
      emailVerified: true,
      orderCount: 0,
      spent: 0,
      currency: "EUR",
      words: wordsOf(name, email, phone),
      createdAt: at,
      updatedAt: at,
      toldAt: at,
    },
  });
  return customerGid(id);
}
