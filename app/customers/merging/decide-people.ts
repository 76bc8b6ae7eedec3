/** A leaf, as far as it matters who stands for a person. */
export interface LeafNow {
  id: string;
  shopifyCustomerId: string | null;
  createdAt: Date;
}

/** A row of the ledger that is not undone. */
export interface Edge {
  fromId: string;
  intoId: string;
  evidence: string;
  opens: boolean;
}

/**
 * Who is one person: the leaves that rows of the ledger join, and which of them stands for all. It depends on nothing but
 * the leaves and the rows, so it does not matter in which order rows were added or undone.
 */
export function decidePeople(leaves: readonly LeafNow[], edges: readonly Edge[]): Map<string, string> {
  const headOf = new Map(leaves.map((leaf) => [leaf.id, leaf.id]));
  const find = (id: string): string => {
    let head = id;
    while (headOf.get(head) !== head) head = headOf.get(head) as string;
    return head;
  };
  for (const { fromId, intoId } of edges) {
    if (headOf.has(fromId) && headOf.has(intoId)) headOf.set(find(fromId), find(intoId));
  }
  const gone = new Set(edges.filter((edge) => edge.evidence === "shopify").map((edge) => edge.fromId));
  const stands = new Map<string, LeafNow>();
  for (const leaf of leaves) {
    const head = find(leaf.id);
    const best = stands.get(head);
    if (!best || comesBefore(leaf, best, gone)) stands.set(head, leaf);
  }
  return new Map(leaves.map((leaf) => [leaf.id, (stands.get(find(leaf.id)) as LeafNow).id]));
}

/** A customer of Shopify's stands before others, one that Shopify merged away after all, then the oldest. */
function comesBefore(one: LeafNow, other: LeafNow, gone: ReadonlySet<string>): boolean {
  const ranks = ({ id, shopifyCustomerId, createdAt }: LeafNow) =>
    [gone.has(id) ? 1 : 0, shopifyCustomerId ? 0 : 1, createdAt.getTime()] as const;
  const [mine, theirs] = [ranks(one), ranks(other)];
  for (const [index, rank] of mine.entries()) {
    const difference = rank - (theirs[index] as number);
    if (difference !== 0) return difference < 0;
  }
  return one.id < other.id;
}
