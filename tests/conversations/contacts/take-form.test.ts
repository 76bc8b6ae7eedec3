import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { takeForm } from "~/conversations/contacts/take-form";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";

let db: Database;
let shop: TestShop;

beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  shop = await testShop(db);
});

const ada = { name: "Ada", email: "Ada@Shopper.example ", subject: "Size", message: "Is the jacket true to size?" };
const take = (more: Partial<typeof ada> = {}) =>
  takeForm({ ...shop.base, actor: { kind: "app" } }, { ...ada, ...more });
const conversations = () =>
  db.prisma.conversation.findMany({
    where: { shopId: shop.base.shop.id },
    include: { messages: { orderBy: { position: "asc" } }, customer: { include: { identities: true } } },
  });
const connect = (state = "active") =>
  db.prisma.channelAccount.create({
    data: {
      ...{ shopId: shop.base.shop.id, id: newId(), kind: "email", externalId: `${newId()}@northwind.example` },
      ...{ name: "help@northwind.example", state, createdAt: shop.clock.now() },
    },
  });

describe("a contact form", () => {
  it("becomes an e-mail conversation whose answer goes by mail", async () => {
    const account = await connect();
    await take();
    const [one, ...more] = await conversations();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ channel: "email", status: "open", waitingSince: shop.clock.now() });
    expect(one?.messages).toMatchObject([
      {
        ...{ author: "shopper", channel: "email", text: "Is the jacket true to size?", accountId: account.id },
        content: { email: { subject: "Size", authentication: { verdict: "unproven" } } },
      },
    ]);
    const endpoint = await db.prisma.endpoint.findFirstOrThrow({ where: { accountId: account.id } });
    expect(endpoint).toMatchObject({ address: "ada@shopper.example", customerId: one?.customerId });
    expect(one?.messages[0]?.endpointId).toBe(endpoint.id);
  });

  it("claims the address, and finds nobody who has proven it", async () => {
    await connect();
    const at = shop.clock.now();
    const shopId = shop.base.shop.id;
    const known = await db.prisma.customer.create({ data: { shopId, id: newId(), createdAt: at, updatedAt: at } });
    await db.prisma.identity.create({
      data: {
        ...{ shopId, id: newId(), customerId: known.id, kind: "email", value: "ada@shopper.example" },
        ...{ grade: "signed-in", proof: "signed in to the storefront", firstSeenAt: at, lastSeenAt: at },
      },
    });
    await take();
    const [one] = await conversations();
    expect(one?.customerId).not.toBe(known.id);
    expect(one?.customer.identities).toMatchObject([{ grade: "claimed", proof: "typed into the contact form" }]);
  });

  it.each([["with", true] as const, ["without", false] as const])(
    "is kept once %s an account, however often it is sent",
    async (_, has) => {
      if (has) await connect();
      await Promise.all([take(), take()]);
      await take({ email: "ada@shopper.example" });
      const all = await conversations();
      expect(all.flatMap((one) => one.messages)).toHaveLength(1);
    },
  );

  it.each(["none", "paused"])("is kept and shown where it cannot be answered by mail: %s account", async (state) => {
    if (state !== "none") await connect(state);
    await take({ message: "My card is 4242 4242 4242 4242" });
    const [one] = await conversations();
    expect(one).toMatchObject({ channel: "email", status: "open", lastMessageFrom: "shopper" });
    expect(one?.messages).toMatchObject([
      { text: "My card is [card number removed, ends 4242]", accountId: null, endpointId: null },
    ]);
    expect(one?.customer).toMatchObject({ name: "Ada", email: "ada@shopper.example" });
  });

  it("says what is wrong, and keeps nothing", async () => {
    await expect(take({ email: "ada" })).rejects.toMatchObject({ fields: [{ field: "email" }] });
    await expect(take({ message: "\u200b" })).rejects.toMatchObject({ fields: [{ field: "message" }] });
    expect(await conversations()).toEqual([]);
  });
});
