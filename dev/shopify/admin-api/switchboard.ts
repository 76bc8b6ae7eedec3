import type { World } from "../world";

export interface UserError {
  field: string[] | null;
  message: string;
}

/** What tests and the demo's control panel can make the Admin API do. */
export interface Switchboard {
  /** Every answer is 503. */
  down: boolean;
  /** Milliseconds before every answer. */
  slow: number;
  /** Every GraphQL request is THROTTLED. */
  throttled: boolean;
  /** Mutations by name that do nothing but answer these user errors. */
  refusals: Map<string, UserError[]>;
}

const boards = new WeakMap<World, Switchboard>();

/** The one switchboard of this local Shopify. */
export function switchboard(world: World): Switchboard {
  const board = boards.get(world) ?? { down: false, slow: 0, throttled: false, refusals: new Map() };
  boards.set(world, board);
  return board;
}

/** Everything works again. */
export function resetSwitchboard(world: World): void {
  Object.assign(switchboard(world), { down: false, slow: 0, throttled: false });
  switchboard(world).refusals.clear();
}
