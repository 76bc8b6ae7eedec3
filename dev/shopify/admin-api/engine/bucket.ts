import type { ShopRecord } from "../../records";
import type { World } from "../../world";

/** Points: https://shopify.dev/docs/api/usage/limits#rate-limits */
const PLANS: Readonly<Record<ShopRecord["plan"], { maximumAvailable: number; restoreRate: number }>> = {
  standard: { maximumAvailable: 2000, restoreRate: 100 },
  advanced: { maximumAvailable: 4000, restoreRate: 200 },
  plus: { maximumAvailable: 20_000, restoreRate: 1000 },
};

export const MAXIMUM_QUERY_COST = 1000;

export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

interface Level {
  available: number;
  /** Milliseconds since the epoch. */
  at: number;
}

const levels = new WeakMap<World, Map<string, Level>>();

/** The leaky bucket of the app in one shop; it fills with the world's clock. */
export class Bucket {
  private readonly plan: { maximumAvailable: number; restoreRate: number };

  constructor(
    private readonly world: World,
    private readonly settings: ShopRecord,
  ) {
    this.plan = PLANS[settings.plan];
  }

  /** Takes the points, or takes nothing and answers false when there are too few. */
  take(points: number): boolean {
    const level = this.level();
    if (level.available < points) return false;
    level.available -= points;
    return true;
  }

  giveBack(points: number): void {
    const level = this.level();
    level.available = Math.min(this.plan.maximumAvailable, level.available + points);
  }

  status(): ThrottleStatus {
    return { ...this.plan, currentlyAvailable: Math.floor(this.level().available) };
  }

  private level(): Level {
    const ofWorld = levels.get(this.world) ?? new Map<string, Level>();
    levels.set(this.world, ofWorld);
    const now = this.world.clock().getTime();
    const level = ofWorld.get(this.settings.domain) ?? { available: this.plan.maximumAvailable, at: now };
    const restored = (Math.max(0, now - level.at) / 1000) * this.plan.restoreRate;
    level.available = Math.min(this.plan.maximumAvailable, level.available + restored);
    level.at = now;
    ofWorld.set(this.settings.domain, level);
    return level;
  }
}
