import { beforeAll, describe, expect, it } from "vitest";
import { receive } from "~/conversations/receive";
import { join } from "~/customers/join";
import { lockPeople } from "~/customers/settle";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { eraseCustomer } from "~/privacy/erase-customer";
import { changeConsent } from "../../dev/shopify/customers/consent";
import { orderPayload } from "../../dev/shopify/webhooks/payloads";
import { publish } from "../../dev/shopify/webhooks/publish";
import { putOrder } from "../dev/shopify/admin-api/small-world";
import { type Stage, setStage } from "../support/stage";
import { tablesWith } from "./plants";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});

const ada = { shopifyCustomerId: "gid://shopify/Customer/601", email: "ada@berg.example", phone: "+49301234567" };
const asShopify = () => ({ ...stage.staff, actor: { kind: "shopify" as const } });

/** Shopify tells of Ada and of an order of hers, as webhooks that were late. */
async function toldOfAda(): Promise<void> {
  const { world, shop } = stage.small;
  const customer = shop.get("customer", 601);
  if (!customer) throw new Error("the small shop has no Ada");
  const at = world.clock().toISOString();
  changeConsent(world, shop, customer, { channel: "email", state: "SUBSCRIBED", optInLevel: null, at });
  const order = shop.all("order")[0] ?? putOrder(stage.small, 3, { customerId: 601, email: ada.email });
  publish(world, shop, "orders/updated", orderPayload(shop, order));
  for (let turn = 0; turn < 4; turn += 1) {
    if ((await stage.deliver()).length === 0) break;
  }
  await stage.work();
}

describe("an erased person", () => {
  it("is not brought back by what Shopify tells of them later", async () => {
    await stage.shopper({ signedInAs: ada.shopifyCustomerId, email: ada.email });
    await toldOfAda();
    const { sql, prisma } = stage.app.db;
    const before = await tablesWith(sql, ada.email, ada.shopifyCustomerId);
    expect(before).toContain("public.shopify_customer");
    expect(before).toContain("public.shopify_order");
    const orders = await prisma.shopifyOrder.findMany({ select: { id: true, total: true } });

    await eraseCustomer(asShopify(), ada);
    await stage.work();
    expect(await tablesWith(sql, ada.email, ada.shopifyCustomerId)).toEqual([]);
    stage.clock.advance(3_600_000);
    stage.small.pass(3_600_000);
    await toldOfAda();
    expect(await tablesWith(sql, ada.email, ada.shopifyCustomerId)).toEqual([]);
    expect(await prisma.shopifyOrder.findMany({ select: { id: true, total: true } })).toEqual(orders);
  });

  it("leaves alone another customer of Shopify's whom staff had merged with them, but for their own words", async () => {
    const { prisma } = stage.app.db;
    const gone = await stage.shopper({ signedInAs: "gid://shopify/Customer/602", email: "ben@ode.example" });
    const stays = await stage.shopper({ signedInAs: "gid://shopify/Customer/603", email: "cy@example.com" });
    const bare = await stage.shopper({});
    const leaf = async (visitorId: string) =>
      (await prisma.visitor.findFirstOrThrow({ where: { id: visitorId } })).customerId ?? "";
    const [a, b, c] = [
      await leaf(gone.actor.visitorId),
      await leaf(stays.actor.visitorId),
      await leaf(bare.actor.visitorId),
    ];
    const message = (text: string) => ({ conversationId: null, text, clientKey: newId(), attachmentIds: [] });
    const { conversationId } = await receive(stays, message("From Cy"));
    // What the erased one wrote in the other's conversation while both were one person to staff.
    await prisma.message.create({
      data: {
        shopId: stage.staff.shop.id,
        id: newId(),
        conversationId,
        position: 50,
        author: "shopper",
        customerId: a,
        visitorId: gone.actor.visitorId,
        channel: "chat",
        text: "From Ben",
        clientKey: newId(),
        at: stage.clock.now(),
      },
    });
    await prisma.conversation.updateMany({ where: { id: conversationId }, data: { lastMessageText: "From Ben" } });
    for (const [fromId, intoId] of [
      [a, b],
      [c, b],
    ] as const) {
      await change(stage.staff, async (tx) => {
        await lockPeople(tx, stage.staff.shop.id);
        await join(tx, stage.staff, { fromId, intoId, evidence: "staff" });
      });
    }
    const people = await prisma.customer.findMany({ where: { id: { in: [a, b, c] } }, select: { personId: true } });
    expect(new Set(people.map(({ personId }) => personId)).size).toBe(1);

    const receipt = await eraseCustomer(asShopify(), {
      shopifyCustomerId: "gid://shopify/Customer/602",
      email: "ben@ode.example",
      phone: null,
    });
    expect(receipt.remarks.join(" ")).toContain("had merged this customer with 1 other customer of Shopify's");
    // The one whom nobody ever vouched for goes with the person that staff saw in it.
    expect(await prisma.customer.findMany({ where: { id: { in: [a, b, c] } } })).toMatchObject([
      { id: b, personId: b, email: "cy@example.com" },
    ]);
    const talk = await prisma.conversation.findFirstOrThrow({
      where: { id: conversationId },
      include: { messages: true },
    });
    expect(talk.messages.map(({ text }) => text)).toEqual(["From Cy"]);
    expect(talk.lastMessageText).toBe("From Cy");
    expect(await tablesWith(stage.app.db.sql, "From Ben", "ben@ode.example")).toEqual([]);
  });
});
