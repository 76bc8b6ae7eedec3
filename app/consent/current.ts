import { type Consent, Prisma } from "@prisma/client";
import type { Transaction } from "~/db.server";
import type { ConsentChannel, ConsentPurpose, ConsentSource, ConsentState, CurrentConsent } from "./consent";

/** Whose consents: the leaves of a person, the browsers of theirs, or both. */
export interface ConsentSubjects {
  customerIds: readonly string[];
  visitorIds: readonly string[];
  /** With every browser of those leaves, however many they are. */
  allBrowsers?: boolean;
}

/**
 * What was last said of each channel, purpose and address, over all leaves of a person: whoever of them said it last is
 * believed. Read it with `effective`, because something said of a whole channel is of each address too.
 */
export async function currentConsents(
  tx: Pick<Transaction, "$queryRaw">,
  shopId: string,
  { customerIds, visitorIds, allBrowsers = false }: ConsentSubjects,
): Promise<CurrentConsent[]> {
  const leaves = Prisma.sql`${[...customerIds]}::uuid[]`;
  const browsers = allBrowsers
    ? Prisma.sql`OR "visitorId" IN (
        SELECT v."id" FROM "visitor" v WHERE v."shopId" = ${shopId}::uuid AND v."customerId" = ANY (${leaves}))`
    : Prisma.empty;
  const rows = await tx.$queryRaw<Consent[]>`
    SELECT DISTINCT ON ("channel", "purpose", "endpointKind", "endpoint") * FROM "consent"
     WHERE "shopId" = ${shopId}::uuid
       AND ("customerId" = ANY (${leaves}) OR "visitorId" = ANY (${[...visitorIds]}::uuid[]) ${browsers})
     ORDER BY "channel", "purpose", "endpointKind", "endpoint", "at" DESC,
       array_position(ARRAY['withdrawn', 'pending', 'given'], "state"), "id" DESC`;
  return rows.map(asConsent);
}

/** A row in the shapes of `consent.ts`. */
export function asConsent(row: Consent): CurrentConsent {
  const { endpoint, endpointKind, channel, purpose, state, source, shopId: _, recordedAt: __, ...rest } = row;
  return {
    ...rest,
    channel: channel as ConsentChannel,
    purpose: purpose as ConsentPurpose,
    state: state as ConsentState,
    source: source as ConsentSource,
    endpoint: endpoint && endpointKind ? { kind: endpointKind === "phone" ? "phone" : "email", value: endpoint } : null,
  };
}
