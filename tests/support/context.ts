import type { Context, ShopperActor, StaffActor } from "~/context";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import type { Signal, Signals } from "~/realtime/signals";

/** A clock that stands until it is moved. */
export class TestClock {
  constructor(private time = new Date("2026-11-21T12:00:00Z")) {}
  now(): Date {
    return new Date(this.time);
  }
  advance(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }
}

/** Remembers what was told to the listeners. */
export class TestSignals implements Signals {
  sent: Signal[] = [];
  growths = 0;
  logGrew(): void {
    this.growths += 1;
  }
  send(signal: Signal): void {
    this.sent.push(signal);
  }
}

export interface TestShop {
  base: Omit<Context, "actor">;
  clock: TestClock;
  signals: TestSignals;
  staff(name?: string): Promise<Context<StaffActor>>;
  shopper(options?: { customerId?: string }): Promise<Context<ShopperActor>>;
}

/** A shop of its own in the test's database, with people who act in it. */
export async function testShop(db: Database, domain = `${newId().slice(-12)}.myshopify.com`): Promise<TestShop> {
  const clock = new TestClock();
  const signals = new TestSignals();
  const shop = await db.prisma.shop.create({
    data: { id: newId(), domain, name: "Northwind Outfitters", currency: "EUR", installedAt: clock.now() },
  });
  const base = { shop, db, clock, signals };
  return {
    base,
    clock,
    signals,
    async staff(name = "Anna Berg") {
      const id = newId();
      await db.prisma.staff.create({
        data: { shopId: shop.id, id, shopifyUserId: id, name, createdAt: clock.now() },
      });
      return { ...base, actor: { kind: "staff", id, name, shopifyUserId: id } };
    },
    async shopper(options = {}) {
      const id = newId();
      await db.prisma.visitor.create({
        data: {
          shopId: shop.id,
          id,
          keyHash: id,
          customerId: options.customerId ?? null,
          firstSeenAt: clock.now(),
          lastSeenAt: clock.now(),
        },
      });
      return { ...base, actor: { kind: "shopper", visitorId: id, customerId: options.customerId ?? null } };
    },
  };
}
