import { gid } from "../records";
import type { ShopStore } from "../store";
import { publish } from "../webhooks/publish";
import type { World } from "../world";

/** Tells the app which of a customer's tags came and went: the customer's own payload has none since 2025-01. */
export function tellTags(
  world: World,
  shop: ShopStore,
  customerId: number,
  change: { before: readonly string[]; after: readonly string[] },
): void {
  const tell = (topic: string, tags: string[]) => {
    if (tags.length === 0) return;
    publish(world, shop, topic, {
      customerId: gid("Customer", customerId),
      tags,
      occurredAt: world.clock().toISOString(),
    });
  };
  tell(
    "customer.tags_added",
    change.after.filter((tag) => !change.before.includes(tag)),
  );
  tell(
    "customer.tags_removed",
    change.before.filter((tag) => !change.after.includes(tag)),
  );
}
