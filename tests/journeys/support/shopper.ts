import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Opens a product, accepts being measured where asked, and puts one into the cart. Gives the product's title. */
export async function addToCart(shopper: Page, storefront: string, product: string): Promise<string> {
  await shopper.goto(`${storefront}/products/${product}`);
  await acceptMeasuring(shopper);
  const title = (await shopper.getByRole("heading", { level: 1 }).first().innerText()).trim();
  const before = await itemsIn(shopper, storefront);
  await shopper
    .getByRole("button", { name: /add to cart/i })
    .first()
    .click();
  await expect.poll(() => itemsIn(shopper, storefront), { timeout: 10_000 }).toBe(before + 1);
  return title;
}

export async function acceptMeasuring(shopper: Page): Promise<void> {
  const accept = shopper.getByRole("button", { name: /^accept/i }).first();
  if (await accept.isVisible().catch(() => false)) await accept.click();
}

export async function itemsIn(shopper: Page, storefront: string): Promise<number> {
  const answer = await shopper.request.get(`${storefront}/cart.js`);
  return ((await answer.json()) as { item_count: number }).item_count;
}

/** Opens the chat on the page at hand and says something; waits until it stands in the chat. */
export async function say(shopper: Page, text: string): Promise<void> {
  const box = shopper.getByRole("textbox", { name: "Message" });
  if (!(await box.isVisible().catch(() => false))) await shopper.getByRole("button", { name: /chat with us/i }).click();
  await box.fill(text);
  await shopper.getByRole("button", { name: "Send", exact: true }).click();
  await shopper.getByText(text).first().waitFor({ timeout: 10_000 });
}

/** Fills what a checkout or an invoice asks for, where it is not filled. */
export async function fillContact(shopper: Page): Promise<void> {
  const fill = async (label: RegExp, text: string) => {
    const field = shopper.getByLabel(label).first();
    if ((await field.count()) > 0 && (await field.inputValue()) === "") await field.fill(text);
  };
  await fill(/e-?mail/i, "ida.holm@example.com");
  await fill(/first name/i, "Ida");
  await fill(/last name/i, "Holm");
  await fill(/^address/i, "Havnegade 1");
  await fill(/city/i, "Aarhus");
  await fill(/postal|zip/i, "8000");
}

export async function payInvoice(shopper: Page, link: string): Promise<void> {
  await shopper.goto(link);
  await fillContact(shopper);
  await shopper.getByRole("button", { name: "Pay now" }).click();
  await shopper.waitForURL(/\/orders\//, { timeout: 15_000 });
}

/** Through the storefront's own checkout, step by step. */
export async function payCart(shopper: Page, storefront: string): Promise<void> {
  await shopper.goto(`${storefront}/checkout`);
  await fillContact(shopper);
  for (const step of ["Continue to shipping", "Continue to payment", "Pay now"]) {
    await shopper.getByRole("button", { name: step }).click();
  }
  await shopper.waitForURL(/\/orders\//, { timeout: 15_000 });
}

/** Signs a seeded customer in to the storefront. */
export async function signIn(shopper: Page, storefront: string, email: string): Promise<void> {
  await shopper.goto(`${storefront}/account/login`);
  await acceptMeasuring(shopper);
  await shopper
    .getByLabel(/e-?mail/i)
    .first()
    .fill(email);
  await shopper
    .getByLabel(/password/i)
    .first()
    .fill("shopper");
  await shopper
    .getByRole("button", { name: /^(log|sign) in$/i })
    .first()
    .click();
  await shopper.waitForURL(/\/account(?!\/login)/, { timeout: 10_000 });
}
