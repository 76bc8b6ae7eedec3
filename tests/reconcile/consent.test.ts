import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mayContact } from "~/consent/may-contact";
import { change } from "~/events/change";
import { noteDue } from "~/reconcile/due";
import { readRecords } from "~/reconcile/read-records";
import { syncShop } from "~/shopify-data/sync/advance";
import { startSync } from "~/shopify-data/sync/start";
import { bulkRunner } from "../../dev/shopify/admin-api/bulk/runner";
import { gid } from "../../dev/shopify/records";
import { asShopify, pass, synced } from "../support/mirrored";
import { type Stage, setStage } from "../support/stage";

const minute = 60_000;
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  await synced(stage);
});
beforeEach(() => pass(stage, minute));

/** What they say to marketing by mail at Shopify, where it changes now. */
function say(customer: number, state: "SUBSCRIBED" | "UNSUBSCRIBED"): void {
  const known = stage.small.shop.get("customer", customer);
  if (!known) throw new Error("no such customer");
  const at = stage.small.world.clock().toISOString();
  stage.small.shop.put("customer", customer, {
    ...known,
    email: known.email ?? `${customer}@example.com`,
    emailMarketingState: state,
    emailConsent: { ...known.emailConsent, optInLevel: null, updatedAt: at },
    updatedAt: at,
  });
  pass(stage, minute);
}

async function mayWrite(customerId: string): Promise<boolean> {
  const about = { customerId, channel: "email", purpose: "marketing", endpoint: null } as const;
  return (await change(stage.staff, (tx) => mayContact(tx, stage.staff, about))).allowed;
}

/** Everybody is read as a file, as a sync that is asked for does it. */
async function syncByFile(): Promise<void> {
  const { prisma } = stage.app.db;
  const { id: shopId } = stage.staff.shop;
  await prisma.$transaction((tx) => startSync(tx, stage.staff));
  for (let step = 0; step < 40; step += 1) {
    await syncShop(stage.app, { shopId });
    await bulkRunner(stage.small.world).settled();
    pass(stage, 10_000);
    const active = { shopId, state: { notIn: ["done", "failed", "stopped"] } };
    if ((await prisma.syncRun.count({ where: active })) === 0) return;
  }
  throw new Error("the sync does not end");
}

async function met(customer: number): Promise<string> {
  const shopper = await stage.shopper({ signedInAs: gid("Customer", customer) });
  return shopper.actor.customerId ?? "";
}

describe("the consent of somebody whom we have met", () => {
  it("is followed when it comes by a file", async () => {
    const ada = await met(601);
    say(601, "SUBSCRIBED");
    await syncByFile();
    await stage.work();
    expect(await mayWrite(ada)).toBe(true);
    pass(stage, minute);
    say(601, "UNSUBSCRIBED");
    // Told of by a webhook as well, just before the file.
    const due = [{ kind: "customers" as const, id: gid("Customer", 601) }];
    await stage.app.db.prisma.$transaction((tx) => noteDue(tx, asShopify(stage), due));
    pass(stage, minute);
    await syncByFile();
    await stage.work();
    expect(await mayWrite(ada)).toBe(false);
    expect(await stage.app.db.prisma.shopifyDue.count()).toBe(0);
  });

  it("is followed of each of those read together, whoever of them did not change", async () => {
    await met(603);
    const other = await met(602);
    say(602, "SUBSCRIBED");
    await readRecords(asShopify(stage), "customers", [gid("Customer", 602)]);
    expect(await mayWrite(other)).toBe(true);
    pass(stage, minute);
    say(602, "UNSUBSCRIBED");
    await readRecords(asShopify(stage), "customers", [gid("Customer", 603), gid("Customer", 602)]);
    expect(await mayWrite(other)).toBe(false);
  });
});
