import type { ChannelAccount } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { keyRing } from "~/env.server";
import { seal, unseal } from "~/platform/crypto";
import { isId } from "~/platform/ids";
import type { Account } from "./channel";
import type { ConnectedKind } from "./kinds";

/** Where sealed credentials of an account stand: they open nowhere else. */
export const credentialsPlace = (shopId: string, accountId: string): string =>
  `channel_account ${shopId} ${accountId} credentials`;

/** The account with its credentials opened; null when it is not this shop's or was disconnected. Throws SealError. */
export async function openAccount(ctx: Pick<Context, "shop" | "db">, accountId: string): Promise<Account | null> {
  const row = await ctx.db.prisma.channelAccount.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: accountId } },
  });
  return row && row.state !== "disconnected" ? opened(row) : null;
}

/**
 * The account that a door's address names, whatever its shop: whoever knocks has yet to prove that they are its provider.
 * Null when there is none of these kinds or it was disconnected. Throws SealError.
 */
export async function accountAtDoor(
  app: Pick<Context, "db">,
  accountId: string,
  kinds: readonly ConnectedKind[],
): Promise<Account | null> {
  if (!isId(accountId)) return null;
  const row = await app.db.prisma.channelAccount.findFirst({
    where: { id: accountId, kind: { in: [...kinds] }, state: { not: "disconnected" } },
  });
  return row ? opened(row) : null;
}

/** A row with its credentials opened. */
export function opened(row: ChannelAccount): Account {
  const { shopId, id, kind, externalId, name } = row;
  const credentials = row.credentials
    ? JSON.parse(unseal(keyRing(), row.credentials, credentialsPlace(shopId, id)))
    : {};
  return { shopId, id, kind, externalId, name, settings: row.settings as Record<string, unknown>, credentials };
}

/** Credentials as they are stored. */
export function sealCredentials(shopId: string, accountId: string, credentials: Record<string, string>): string {
  return seal(keyRing(), JSON.stringify(credentials), credentialsPlace(shopId, accountId));
}

/** Notes that something came in, went out, or went wrong, for the account's health in Settings. */
export async function noteHealth(
  db: Pick<Transaction, "channelAccount">,
  account: Pick<Account, "shopId" | "id">,
  change: { lastInAt?: Date; lastOutAt?: Date; lastErrorAt?: Date; lastError?: string | null },
): Promise<void> {
  const { shopId, id } = account;
  await db.channelAccount.updateMany({ where: { shopId, id }, data: change });
}
