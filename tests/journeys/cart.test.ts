import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { openApp, people } from "./support/browser";
import { addToCart, itemsIn, payInvoice, say } from "./support/shopper";

const { admin, storefronts } = inject("demo");

interface Store {
  what: string;
  handle: string;
  storefront: string;
  product: string;
}

const stores: Store[] = [
  {
    what: "a theme with standard events",
    handle: "northwind-outfitters",
    storefront: storefronts[0],
    product: "field-jacket",
  },
  { what: "an older theme without any", handle: "lumen-home", storefront: storefronts[1], product: "" },
];

/** Scene 2 of the product: a cart is talked about, changed, sent as an invoice and paid. */
describe.each(stores)("a cart becomes a paid draft order in $what", (store) => {
  const person = people();

  it("switches the chat on, chats, sells, is paid once and empties the cart", async () => {
    const agent = await person();
    const shopper = await person({ viewport: { width: 1280, height: 860 } });
    await switchChatOn(agent, store);

    // The shopper fills a cart; staff see it live, chat or no chat.
    const live = await openApp(agent, admin, store.handle, "/live-view");
    await live.getByRole("heading", { name: "Live view" }).first().waitFor();
    const title = await addToCart(shopper, store.storefront, store.product || (await someProduct(store)));
    await live.getByText(title).first().waitFor({ timeout: 10_000 });

    // The shopper asks; it arrives by itself in an Inbox that is open.
    const inbox = await openApp(agent, admin, store.handle, "/inbox");
    await inbox.getByRole("heading", { name: "Inbox" }).first().waitFor();
    const question = `Does it run small? ${Date.now()}`;
    await shopper.reload();
    await say(shopper, question);
    const list = inbox.getByRole("list", { name: "Conversations" });
    await list.getByText(question).click({ timeout: 10_000 });
    await inbox.getByRole("textbox", { name: "Reply" }).fill("It does not. Take your usual size.");
    await inbox.getByRole("button", { name: "Send reply" }).click();
    await shopper.getByText("It does not. Take your usual size.").waitFor({ timeout: 10_000 });

    // A note never leaves.
    await inbox.getByRole("button", { name: "Note", exact: true }).click();
    await inbox.getByRole("textbox", { name: "Note" }).fill("Secret: margin is thin here.");
    await inbox.getByRole("button", { name: "Add note" }).click();
    await inbox.getByText("Secret: margin is thin here.").first().waitFor();

    // The cart becomes a draft order, its link goes into the chat.
    await inbox
      .getByRole("link", { name: "Create draft order" })
      .or(inbox.getByRole("button", { name: "Create draft order" }))
      .first()
      .click();
    await inbox.getByText(title).first().waitFor({ timeout: 10_000 });
    await inbox.getByRole("button", { name: "Create draft order" }).first().click({ timeout: 15_000 });
    await inbox.getByRole("button", { name: "Send invoice" }).first().click({ timeout: 15_000 });
    const pay = shopper.getByRole("link", { name: /review and pay/i });
    await pay.waitFor({ timeout: 10_000 });
    expect(await shopper.content()).not.toContain("margin is thin");

    await payInvoice(shopper, (await pay.getAttribute("href")) ?? "");

    // The conversation shows it without a reload, and the shopper's next page has an empty cart.
    const paid = await openApp(agent, admin, store.handle, "/inbox");
    await paid.getByRole("list", { name: "Conversations" }).getByRole("link").first().click();
    await paid.getByText(/paid/i).first().waitFor({ timeout: 20_000 });
    await shopper.goto(`${store.storefront}/`);
    await expect.poll(async () => itemsIn(shopper, store.storefront), { timeout: 20_000, interval: 500 }).toBe(0);
  });
});

/** As a merchant does: through the theme editor, where the app's Home page leads. */
async function switchChatOn(agent: Page, store: Store): Promise<void> {
  // The first open installs the app.
  const home = await openApp(agent, admin, store.handle, "");
  await home.getByRole("heading").first().waitFor({ timeout: 30_000 });
  await agent.goto(
    `${admin}/store/${store.handle}/themes/current/editor?context=apps&activateAppId=throughline-local/chat`,
  );
  const chat = agent.locator("#embed-chat");
  const on = chat.getByRole("checkbox", { name: /show in the theme/i });
  if (!(await on.isChecked())) await on.check({ force: true });
  await chat.getByRole("button", { name: "Save" }).click();
  await agent.waitForLoadState();
}

async function someProduct(store: Store): Promise<string> {
  const page = await (await fetch(`${store.storefront}/collections/all`)).text();
  // Links only: pictures of products have such a path too.
  const handles = [...page.matchAll(/href="[^"]*\/products\/([\w-]+)/g)].map((each) => each[1] as string);
  for (const handle of new Set(handles)) {
    const product = (await (await fetch(`${store.storefront}/products/${handle}.js`)).json()) as {
      variants: { available: boolean }[];
    };
    if (product.variants[0]?.available) return handle;
  }
  throw new Error("no product is in stock");
}
