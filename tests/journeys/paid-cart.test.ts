import type { FrameLocator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { openApp, people } from "./support/browser";
import { addToCart, payCart, payInvoice, say } from "./support/shopper";

const { admin, storefronts } = inject("demo");
const storefront = storefronts[0];
const person = people();

/** The shopper chats with a cart; staff make a draft order of it and send its link. */
async function draftOfCart(product: string) {
  const agent = await person();
  const shopper = await person({ viewport: { width: 1280, height: 860 } });
  const inbox = await openApp(agent, admin, "northwind-outfitters", "/inbox");
  await inbox.getByRole("heading", { name: "Inbox" }).first().waitFor();
  await addToCart(shopper, storefront, product);
  await shopper.reload();
  const question = `Can you help me with this? ${Date.now()}`;
  await say(shopper, question);
  await inbox.getByRole("list", { name: "Conversations" }).getByText(question).click({ timeout: 10_000 });
  const create = inbox.getByRole("link", { name: "Create draft order" });
  await create
    .or(inbox.getByRole("button", { name: "Create draft order" }))
    .first()
    .click();
  await inbox.getByRole("heading", { name: "New draft order" }).waitFor({ timeout: 15_000 });
  await inbox.getByRole("button", { name: "Create draft order" }).first().click({ timeout: 15_000 });
  await inbox.getByRole("button", { name: "Send invoice" }).first().click({ timeout: 15_000 });
  const pay = shopper.getByRole("link", { name: /review and pay/i });
  await pay.waitFor({ timeout: 10_000 });
  return { agent, shopper, question, link: (await pay.getAttribute("href")) ?? "" };
}

async function conversationWith(agentPage: Parameters<typeof openApp>[0], question: string): Promise<FrameLocator> {
  const inbox = await openApp(agentPage, admin, "northwind-outfitters", "/inbox");
  await inbox.getByRole("list", { name: "Conversations" }).getByRole("link").first().click();
  await inbox.getByText(question).last().waitFor();
  return inbox;
}

it("voids the draft order when the shopper pays the cart instead", async () => {
  const { agent, shopper, question, link } = await draftOfCart("field-jacket");
  await payCart(shopper, storefront);
  const inbox = await conversationWith(agent, question);
  await inbox.getByText(/is void: the shopper paid for the cart instead/).waitFor({ timeout: 20_000 });
  // Its link is dead at Shopify too.
  await expect.poll(async () => (await shopper.request.get(link)).status(), { timeout: 20_000 }).toBe(404);
});

it("counts one sale when both were paid at once", async () => {
  const { agent, shopper, question, link } = await draftOfCart("field-jacket");
  const second = await shopper.context().newPage();
  await second.goto(link);
  await payCart(shopper, storefront);
  // The invoice was open already: it may still go through, or be refused as void. Either way one sale counts.
  await payInvoice(second, link).catch(() => undefined);
  const inbox = await conversationWith(agent, question);
  await inbox
    .getByText(/paid for the cart|was paid as order/)
    .first()
    .waitFor({ timeout: 20_000 });
  await agent.waitForTimeout(3_000);
  expect(await inbox.getByText(/counts as a sale|sale of/i).count()).toBeLessThanOrEqual(1);
});
