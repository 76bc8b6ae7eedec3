import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "~/context";
import { newId } from "~/platform/ids";
import { eraseCustomer } from "~/privacy/erase-customer";
import { isErased } from "~/privacy/tombstones";
import { say } from "~/visitors/say";
import { type Storefront, testStorefront } from "../support/storefront";

let front: Storefront;
beforeAll(async () => {
  front = await testStorefront();
});

const gid = (number: number) => `gid://shopify/Customer/${number}`;
const asShopify = (): Context => ({ ...front.shop.base, actor: { kind: "shopify" } });
const erase = (number: number) =>
  eraseCustomer(asShopify(), { shopifyCustomerId: gid(number), email: null, phone: null });
const kept = (number: number) => front.app.db.prisma.customer.count({ where: { shopifyCustomerId: gid(number) } });
const signedIn = (number: number) => front.app.db.prisma.visitor.count({ where: { signedInAs: gid(number) } });

describe("a browser that is still signed in as somebody who was erased", () => {
  it("is a guest's, however many pages it opens", async () => {
    const before = await front.open({}, { customer: 76001 });
    expect(await kept(76001)).toBe(1);
    await erase(76001);
    let { key } = await front.open({ key: before.key as string }, { customer: 76001 });
    for (let page = 0; page < 2; page += 1) {
      front.clock.advance(60_000);
      key = (await front.open({ key: key as string }, { customer: 76001 })).key ?? key;
    }
    await front.open({}, { customer: 76001 });
    expect([await kept(76001), await signedIn(76001)]).toEqual([0, 0]);
    expect(await isErased(front.app.db.prisma, front.shop.base.shop.id, { gid: gid(76001) })).toBe(true);
  });

  it("is theirs again when they write, with what they wrote", async () => {
    await front.open({}, { customer: 76002 });
    await erase(76002);
    front.clock.advance(60_000);
    const browser = await front.open({}, { customer: 76002 });
    const { message } = await say(await front.shopper(browser.token), {
      text: "Hello again",
      clientKey: newId(),
      attachmentIds: [],
      consented: false,
    });
    await front.open({ key: browser.key as string }, { customer: 76002 });
    expect([await kept(76002), await signedIn(76002)]).toEqual([1, 1]);
    const chat = await front.app.db.prisma.conversation.findFirstOrThrow({
      where: { id: message.conversationId },
      include: { customer: true },
    });
    expect(chat.customer.shopifyCustomerId).toBe(gid(76002));
    expect(await isErased(front.app.db.prisma, front.shop.base.shop.id, { gid: gid(76002) })).toBe(false);
  });

  it("opens nothing of somebody else, and others sign in as before", async () => {
    await front.open({}, { customer: 76003 });
    await erase(76003);
    await front.open({}, { customer: 76004 });
    expect([await kept(76003), await kept(76004)]).toEqual([0, 1]);
  });
});
