import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "~/context";
import { unmerge } from "~/customers/unmerge";
import { resetLimits } from "~/http/limits";
import { newId } from "~/platform/ids";
import { eraseCustomer } from "~/privacy/erase-customer";
import { peopleNamed } from "~/privacy/people";
import { scopeOf } from "~/privacy/scope";
import { isErased } from "~/privacy/tombstones";
import { action as verify } from "~/routes/storefront.verify";
import { codeOf } from "~/visitors/code";
import { say } from "~/visitors/say";
import { startMail } from "../../dev/mail/start";
import { post, type Storefront, testStorefront } from "../support/storefront";

let front: Storefront;
let mail: Awaited<ReturnType<typeof startMail>>;
beforeAll(async () => {
  mail = await startMail({ smtpPort: 0, webPort: 0, folder: mkdtempSync(join(tmpdir(), "mail-")) });
  process.env.SMTP_URL = `smtp://127.0.0.1:${mail.smtpPort}`;
  process.env.MAIL_FROM = "support@throughline.example";
  front = await testStorefront();
});
afterAll(() => mail.close());

const prisma = () => front.app.db.prisma;
const asShopify = (): Context => ({ ...front.shop.base, actor: { kind: "shopify" } });

async function write(token: string, text: string, email?: string) {
  const { message } = await say(await front.shopper(token), {
    text,
    clientKey: newId(),
    attachmentIds: [],
    consented: false,
    ...(email ? { email } : {}),
  });
  return message;
}

/** Proves an address with the code that was e-mailed. */
async function prove(token: string, email: string): Promise<void> {
  const ask = (body: object) => {
    resetLimits();
    return front.ask(verify, "/storefront/verify", token, post(body));
  };
  expect((await ask({ act: "request", email })).status).toBe(200);
  const { actor } = await front.shopper(token);
  const code = await prisma().emailCode.findFirstOrThrow({
    where: { visitorId: actor.visitorId },
    orderBy: { createdAt: "desc" },
  });
  expect((await ask({ act: "confirm", code: codeOf(code) })).status).toBe(200);
}

const erase = (number: number, email: string | null = null, phone: string | null = null) =>
  eraseCustomer(asShopify(), { shopifyCustomerId: `gid://shopify/Customer/${number}`, email, phone });

const there = async (message: { id: string }) => (await prisma().message.count({ where: { id: message.id } })) === 1;

describe("a typed address", () => {
  it("does not make somebody who has proven another one the person who is erased; only the address goes", async () => {
    const browser = await front.open();
    const message = await write(browser.token, "B's own words", "wife@example.com");
    await prove(browser.token, "husband@example.com");
    await erase(73001, "wife@example.com");
    expect(await there(message)).toBe(true);
    expect(await prisma().identity.count({ where: { value: "wife@example.com" } })).toBe(0);
    expect(await prisma().identity.count({ where: { value: "husband@example.com" } })).toBe(1);
    expect(await prisma().customer.count({ where: { email: "wife@example.com" } })).toBe(0);
    expect(await isErased(prisma(), front.shop.base.shop.id, { email: "husband@example.com" })).toBe(false);
  });

  it("counts still where nothing else was proven, and brings no other address of theirs with it", async () => {
    const browser = await front.open();
    const message = await write(browser.token, "words", "alone@example.com");
    const { actor } = await front.shopper(browser.token);
    const visitor = await prisma().visitor.findFirstOrThrow({ where: { id: actor.visitorId } });
    const other = await front.open();
    const others = await write(other.token, "another's", "second@example.com");
    await prisma().identity.updateMany({
      where: { customerId: visitor.customerId ?? "", value: "alone@example.com" },
      data: { grade: "claimed" },
    });
    await erase(73010, "alone@example.com");
    expect([await there(message), await there(others)]).toEqual([false, true]);
  });

  it("counts where it is one of several that the person has proven", async () => {
    const browser = await front.open();
    const message = await write(browser.token, "words");
    await prove(browser.token, "one@example.com");
    const one = await prisma().identity.findFirstOrThrow({
      where: { value: "one@example.com", grade: "emailed-code" },
    });
    await prisma().identity.create({ data: { ...one, id: newId(), value: "two@example.com" } });
    await erase(73011, "one@example.com");
    expect(await there(message)).toBe(false);
  });
});

describe("an address beyond ASCII", () => {
  it("is found in whichever way it is written, and stays known", async () => {
    const browser = await front.open();
    const message = await write(browser.token, "words");
    await prove(browser.token, "mia@bücher.example");
    await erase(73002, "mia@bücher.example");
    expect(await there(message)).toBe(false);
    const shopId = front.shop.base.shop.id;
    for (const email of ["mia@bücher.example", "Mia@xn--bcher-kva.example"]) {
      expect(await isErased(prisma(), shopId, { email }), email).toBe(true);
    }
  });
});

describe("what waits", () => {
  const domain = () => front.shop.base.shop.domain;
  async function waiting(topic: string, payload: object) {
    const now = front.clock.now();
    const webhookId = newId();
    await prisma().webhookDelivery.create({
      data: { shopDomain: domain(), webhookId, topic, receivedAt: now, triggeredAt: now, payload },
    });
    return async () => {
      const row = await prisma().webhookDelivery.findFirstOrThrow({ where: { shopDomain: domain(), webhookId } });
      return row.handledAt === null ? row.payload : null;
    };
  }

  it("stays when it is of somebody whose address or number only ends or begins alike", async () => {
    const all = [
      { note: "fred@x.example" },
      { note: "write to red@x.example.org" },
      { note: "red@x.examples" },
      { note: "+49301111112" },
      { note: "not-red@x.example" },
    ];
    const states = [];
    for (const payload of all) states.push(await waiting("orders/updated", payload));
    await erase(73003, "red@x.example", "+4930111111");
    expect(await Promise.all(states.map((state) => state()))).toEqual(all);
  });

  it("goes when the address stands anywhere in a text", async () => {
    const texts = [
      "Mail: red@y.example.",
      "<RED@y.example>",
      "a\nred@y.example\nb",
      "red@y.example",
      "or +49 no +4930222222, please",
    ];
    const states = [];
    for (const note of texts) states.push(await waiting("orders/updated", { note }));
    await erase(73004, "red@y.example", "+4930222222");
    expect(await Promise.all(states.map((state) => state()))).toEqual(texts.map(() => null));
  });

  it("stays when it is a request that privacy law makes, until it was answered", async () => {
    const payload = { customer: { id: 73005, email: "ask@x.example" }, data_request: { id: 9 } };
    const state = await waiting("customers/data_request", payload);
    await erase(73005, "ask@x.example");
    expect(await state()).toEqual(payload);
  });
});

describe("somebody of whom staff said that they are not the customer", () => {
  it("keeps what they wrote from the same browser when the customer is erased, and it is not handed to the customer", async () => {
    const { db, clock } = front.app;
    const guest = await front.open();
    const message = await write(guest.token, "X's words");
    const { actor } = await front.shopper(guest.token);
    const before = await prisma().visitor.findFirstOrThrow({ where: { id: actor.visitorId } });
    await prisma().attachment.create({
      data: {
        shopId: before.shopId,
        id: newId(),
        messageId: message.id,
        owner: `visitor:${before.id}`,
        name: "x.png",
        mediaType: "image/png",
        size: 1,
        content: Buffer.from("x"),
        at: clock.now(),
      },
    });
    const facts = await prisma().event.count({ where: { customerId: before.customerId } });
    await front.open({}, { customer: 75001 });
    await front.open({ key: guest.key as string }, { customer: 75001 });
    const merge = await prisma().customerMerge.findFirstOrThrow({ where: { fromId: before.customerId ?? "" } });
    await unmerge(await front.shop.staff(), merge.id);

    const scope = await db.prisma.$transaction(async (tx) => {
      const named = { shopifyCustomerId: "gid://shopify/Customer/75001", email: null, phone: null };
      const { provenIds } = await peopleNamed(tx, asShopify(), named);
      return scopeOf(tx, asShopify(), {
        customerIds: provenIds,
        gids: [named.shopifyCustomerId],
        emails: [],
        phones: [],
      });
    });
    expect(scope.conversationIds).not.toContain(message.conversationId);
    expect(scope.messageIds).not.toContain(message.id);

    await erase(75001);
    expect(await there(message)).toBe(true);
    expect(await prisma().attachment.count({ where: { messageId: message.id } })).toBe(1);
    expect(await prisma().event.count({ where: { customerId: before.customerId } })).toBeGreaterThanOrEqual(facts);
    expect(await prisma().visitor.count({ where: { id: before.id } })).toBe(0);
    const chat = await prisma().conversation.findFirstOrThrow({ where: { id: message.conversationId } });
    expect(chat).toMatchObject({ customerId: before.customerId, visitorId: null });
  });
});

it("finds what a person wrote without reading what everybody wrote", async () => {
  const client = await front.app.db.sql.connect();
  try {
    // A test's table is too small for an index to be worth its way.
    await client.query("SET enable_seqscan = off");
    for (const [index, column] of [
      ["message_of_leaf", "customerId"],
      ["message_of_browser", "visitorId"],
    ] as const) {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `EXPLAIN SELECT "id" FROM "message" WHERE "shopId" = $1 AND "author" = 'shopper' AND "${column}" IN ($2, $3)`,
        [front.shop.base.shop.id, newId(), newId()],
      );
      expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain(index);
    }
  } finally {
    client.release(true);
  }
});
