import type { FrameLocator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { openApp, people } from "./support/browser";
import { addToCart, payCart, say, signIn } from "./support/shopper";

const { admin, storefronts } = inject("demo");
const storefront = storefronts[0];
const person = people();

/** What stands in the story, from the newest to the oldest, as a reader sees it. */
async function storyIn(frame: FrameLocator): Promise<string> {
  const timeline = frame.getByRole("region", { name: "Timeline" });
  return (await timeline.innerText()).replaceAll(/\s+/g, " ");
}

it("tells in one order what a signed-in shopper looked at, put into the cart, asked and bought, while it happens", async () => {
  const agent = await person();
  const shopper = await person({ viewport: { width: 1280, height: 860 } });
  await signIn(shopper, storefront, "amalie.vestergaard@example.com");
  for (const path of ["/", "/collections/all", "/products/field-jacket", "/"]) {
    await shopper.goto(storefront + path);
    await shopper.waitForTimeout(600);
  }
  await addToCart(shopper, storefront, "field-jacket");
  await shopper.reload();
  const question = `Will it come before Friday? ${Date.now()}`;
  await say(shopper, question);

  const inbox = await openApp(agent, admin, "northwind-outfitters", "/inbox");
  await inbox.getByRole("list", { name: "Conversations" }).getByText(question).click({ timeout: 15_000 });
  const timeline = inbox.getByRole("region", { name: "Timeline" });
  await timeline.getByText(question).waitFor({ timeout: 15_000 });
  // Page views in a row are one line, and it opens.
  const line = timeline.getByRole("button", { name: /^Show .*\d page views/ }).first();
  await line.click();
  await timeline.getByText("Field Jacket").first().waitFor();

  // The order arrives while staff look.
  await payCart(shopper, storefront);
  const name = /#\d+/.exec(await shopper.locator("body").innerText())?.[0] ?? "no order";
  await expect.poll(() => storyIn(inbox), { timeout: 60_000, interval: 1_000 }).toContain(`Placed order ${name} for €`);
  const story = await storyIn(inbox);
  const places = [`Placed order ${name}`, question, "page view"].map((words) => story.indexOf(words));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual([...places].sort((one, other) => one - other));

  // Only the orders; then a word; then everything again.
  await timeline.getByRole("button", { name: /^Show: / }).click();
  await inbox.getByRole("checkbox", { name: "Orders and payments" }).click();
  await agent.keyboard.press("Escape");
  const soon = () => expect.poll(() => storyIn(inbox), { timeout: 10_000 });
  await soon().toContain(`Placed order ${name}`);
  expect(await storyIn(inbox)).not.toContain(question);
  await timeline.getByRole("button", { name: /^Show: / }).click();
  await inbox.getByRole("button", { name: "Show everything" }).click();
  await agent.keyboard.press("Escape");
  await timeline.getByRole("textbox", { name: "Search the timeline" }).fill("before friday");
  await soon().not.toContain("Placed order");
  await soon().toContain(question);
}, 180_000);
