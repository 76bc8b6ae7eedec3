import { beforeAll, describe, expect, it } from "vitest";
import { receive } from "~/conversations/receive";
import { newId } from "~/platform/ids";
import { eraseCustomer } from "~/privacy/erase-customer";
import { eraseByStaff } from "~/privacy/erase-person";
import { tellSummaries } from "~/record/tell-summaries";
import { tellSummary } from "~/record/tell-summary";
import { SHOP } from "../dev/shopify/admin-api/small-world";
import { type Stage, setStage } from "../support/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await tellSummaries(stage.app);
});

const told = (number: number) => stage.small.world.store.shop(SHOP).get("customer", number)?.metafields ?? [];
const waiting = async () =>
  (await stage.app.db.sql.query(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'forget-summary'`))
    .rowCount;

/** Somebody whose summary Shopify has. */
async function somebody(number: number): Promise<string> {
  const shopper = await stage.shopper({ signedInAs: `gid://shopify/Customer/${number}` });
  await receive(shopper, { conversationId: null, text: "Hello", clientKey: newId(), attachmentIds: [] });
  // What others in the same server have under way makes a fact wait for its turn.
  for (let turn = 0; turn < 40 && told(number).length === 0; turn += 1) {
    await tellSummaries(stage.app);
    await stage.work();
    if (told(number).length === 0) await new Promise((resolve) => setTimeout(resolve, 250));
  }
  expect(told(number).length).toBeGreaterThan(0);
  return shopper.actor.customerId ?? "";
}

describe("the summary of an erased person", () => {
  it("goes from Shopify's own customer, who stays, and the receipt says so", async () => {
    const customerId = await somebody(601);
    const receipt = await eraseByStaff(stage.staff, { customerId, typed: "erase" });
    expect(receipt.remarks.join(" ")).toContain("summary of their conversations");
    await stage.work();
    expect(told(601)).toEqual([]);
    expect(stage.small.world.store.shop(SHOP).get("customer", 601)).toBeTruthy();
    expect(await waiting()).toBe(0);
  });

  it("is not waited for when Shopify has the customer no more", async () => {
    const shopifyCustomerId = "gid://shopify/Customer/999000999";
    await eraseCustomer(
      { ...stage.staff, actor: { kind: "shopify" } },
      { shopifyCustomerId, email: null, phone: null },
    );
    expect(await waiting()).toBe(1);
    await stage.work();
    expect(await waiting()).toBe(0);
  });

  it("is taken back when it was being told at that moment", async () => {
    const customerId = await somebody(602);
    const { prisma } = stage.app.db;
    await prisma.customerSummary.deleteMany({});
    // The erasure comes between the look at the person and what follows Shopify's answer.
    let erased = false;
    const late = new Proxy(prisma, {
      get(target, name) {
        if (name !== "$transaction" || erased) return Reflect.get(target, name) as unknown;
        return async (...args: Parameters<typeof prisma.$transaction>) => {
          erased = true;
          await eraseByStaff(stage.staff, { customerId, typed: "erase" });
          await stage.work();
          return target.$transaction(...args);
        };
      },
    });
    await tellSummary({ ...stage.staff, db: { ...stage.app.db, prisma: late } }, customerId);
    expect(erased).toBe(true);
    await stage.work();
    expect(told(602)).toEqual([]);
    expect(await prisma.customerSummary.count()).toBe(0);
  });
});
