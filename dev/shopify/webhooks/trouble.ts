import type { World } from "../world";

/** What tests and the control panel can make the deliveries do. Read at the moment a delivery is due. */
export interface WebhookTrouble {
  /** How many times each delivery arrives, with the same webhook id. 1 is the ordinary number. */
  copies: number;
  /** Milliseconds before the first attempt. */
  delay: number;
  /** Holds deliveries for a moment and sends the newest first. */
  shuffle: boolean;
  /** Topics whose deliveries are lost without an attempt; `*` is all. */
  lose: string[];
}

const troubles = new WeakMap<World, WebhookTrouble>();

/** The settings of this local Shopify; change them in place. */
export function webhookTrouble(world: World): WebhookTrouble {
  const trouble = troubles.get(world) ?? noTrouble();
  troubles.set(world, trouble);
  return trouble;
}

export function resetWebhookTrouble(world: World): void {
  Object.assign(webhookTrouble(world), noTrouble());
}

function noTrouble(): WebhookTrouble {
  return { copies: 1, delay: 0, shuffle: false, lose: [] };
}
