import type { World } from "../../world";

/** What tests and the control panel can make bulk operations do. Read while one runs, and at each download. */
export interface BulkTrouble {
  /** Each one fails when half of its root objects are written; what is there is its partial data. */
  failHalfWay: boolean;
  /** Every n-th line is cut in its middle; 0 is none. */
  malformedEvery: number;
  /** Milliseconds before each batch of root objects. */
  pause: number;
  /** A download's connection breaks after so many bytes; 0 is never. A later one from there goes on as far again. */
  breakAfter: number;
}

const troubles = new WeakMap<World, BulkTrouble>();

/** The settings of this local Shopify; change them in place. */
export function bulkTrouble(world: World): BulkTrouble {
  const trouble = troubles.get(world) ?? noTrouble();
  troubles.set(world, trouble);
  return trouble;
}

export function resetBulkTrouble(world: World): void {
  Object.assign(bulkTrouble(world), noTrouble());
}

function noTrouble(): BulkTrouble {
  return { failHalfWay: false, malformedEvery: 0, pause: 0, breakAfter: 0 };
}
