import type { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import type { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { type KeyRing, seal, sealedWith, unseal } from "~/platform/crypto";

/** What of a session is a credential. */
export type SecretField = "accessToken" | "refreshToken";

type Storage = PrismaSessionStorage<PrismaClient>;

/** Where a session's credential stands, which its sealed form is bound to. */
export function placeOf(session: { shop: string; id: string }, field: SecretField): string {
  return `${session.shop}\nsession\n${session.id}\n${field}`;
}

/**
 * Shopify's session storage, whose tokens are sealed before they reach the database and opened after. What was stored
 * before there were keys is read as it stands, and sealed when it is next stored or by `npm run keys:rotate`. Loading
 * throws SealError when the key is missing or wrong.
 */
export function sealedSessions(inner: Storage, ring: KeyRing): Pick<Storage, keyof Storage> {
  const open = (session: Session): Session => withSecrets(session, (value, place) => opened(ring, value, place));
  return {
    isReady: () => inner.isReady(),
    storeSession: (session) => inner.storeSession(withSecrets(session, (value, place) => seal(ring, value, place))),
    async loadSession(id) {
      const session = await inner.loadSession(id);
      return session && open(session);
    },
    deleteSession: (id) => inner.deleteSession(id),
    deleteSessions: (ids) => inner.deleteSessions(ids),
    findSessionsByShop: async (shop) => (await inner.findSessionsByShop(shop)).map(open),
  };
}

/** The plain form of a stored credential. Throws SealError. */
export function opened(ring: KeyRing, value: string, place: string): string {
  return sealedWith(value) === null ? value : unseal(ring, value, place);
}

/** A copy, for the library goes on using the session that it hands over. */
function withSecrets(session: Session, turn: (value: string, place: string) => string): Session {
  const copy = new Session(session.toObject());
  for (const field of ["accessToken", "refreshToken"] as const) {
    const value = session[field];
    if (value) copy[field] = turn(value, placeOf(session, field));
  }
  return copy;
}
