import type { ConsentEndpoint, CurrentConsent } from "./consent";

/** Of two things said, the one that counts: the later; of two at the same moment the one that allows less. */
export function later<Row extends Pick<CurrentConsent, "at" | "state">>(one: Row, other: Row): Row {
  const apart = one.at.getTime() - other.at.getTime();
  if (apart !== 0) return apart > 0 ? one : other;
  return rank[one.state] <= rank[other.state] ? one : other;
}

const rank = { withdrawn: 0, pending: 1, given: 2 } as const;

/**
 * What holds for an address, of rows of one channel and purpose: what was said of it and what was said of the whole
 * channel, whichever is later. Null: never asked.
 */
export function effective<Row extends Pick<CurrentConsent, "at" | "state" | "endpoint">>(
  rows: readonly Row[],
  endpoint: ConsentEndpoint | null,
): Row | null {
  const about = rows.filter((row) => row.endpoint === null || sameEndpoint(row.endpoint, endpoint));
  return about.reduce<Row | null>((so, row) => (so ? later(so, row) : row), null);
}

export function sameEndpoint(one: ConsentEndpoint | null, other: ConsentEndpoint | null): boolean {
  return one?.kind === other?.kind && one?.value === other?.value;
}

/** What holds for each address that something was said of, or for the whole channel when none was. */
export function effectiveOfEach<Row extends Pick<CurrentConsent, "at" | "state" | "endpoint">>(
  rows: readonly Row[],
): { endpoint: ConsentEndpoint | null; row: Row }[] {
  const endpoints: (ConsentEndpoint | null)[] = [];
  for (const { endpoint } of rows) {
    if (endpoint && !endpoints.some((one) => sameEndpoint(one, endpoint))) endpoints.push(endpoint);
  }
  if (endpoints.length === 0) endpoints.push(null);
  return endpoints.flatMap((endpoint) => {
    const row = effective(rows, endpoint);
    return row ? [{ endpoint, row }] : [];
  });
}
