import { expect, inject, it } from "vitest";
import { openApp, people } from "./support/browser";
import { acceptMeasuring, addToCart, say, signIn } from "./support/shopper";

const { admin, storefronts } = inject("demo");
const storefront = storefronts[0];
const person = people();
const phone = { viewport: { width: 390, height: 844 } };

async function agentWith(question: string) {
  const agent = await person();
  const inbox = await openApp(agent, admin, "northwind-outfitters", "/inbox");
  await inbox.getByRole("list", { name: "Conversations" }).getByText(question).first().click({ timeout: 20_000 });
  const reply = async (text: string) => {
    await inbox.getByRole("textbox", { name: "Reply" }).fill(text);
    await inbox.getByRole("button", { name: "Send reply" }).click();
    await inbox.getByText(text).last().waitFor();
  };
  return { agent, inbox, reply };
}

it("goes on across reloads, pages and tabs, and misses nothing while the shopper was cut off", async () => {
  const shopper = await person();
  await shopper.goto(storefront);
  await acceptMeasuring(shopper);
  const question = `Do you repair zips? ${Date.now()}`;
  await say(shopper, question);
  const { reply } = await agentWith(question);
  await reply("We do, free of charge.");
  await shopper.getByText("We do, free of charge.").waitFor({ timeout: 10_000 });

  await shopper.goto(`${storefront}/collections/all`);
  await openChat(shopper);
  await shopper.getByText("We do, free of charge.").waitFor();

  const tab = await shopper.context().newPage();
  await tab.goto(storefront);
  await openChat(tab);
  await say(tab, "And how long does it take?");
  await shopper.getByText("And how long does it take?").waitFor({ timeout: 10_000 });

  await shopper.context().setOffline(true);
  await reply("About a week.");
  await reply("You get a mail when it is on its way back.");
  await shopper.waitForTimeout(1_500);
  await shopper.context().setOffline(false);
  for (const page of [shopper, tab]) {
    await page.getByText("You get a mail when it is on its way back.").waitFor({ timeout: 40_000 });
    expect(await page.getByText("About a week.").count()).toBe(1);
  }
});

it("follows a signed-in customer to the phone, and shows the next person at this computer nothing", async () => {
  const email = "amalie.vestergaard@example.com";
  const laptop = await person();
  await signIn(laptop, storefront, email);
  await laptop.goto(storefront);
  const question = `Where is my parcel? ${Date.now()}`;
  await say(laptop, question);

  const mobile = await person(phone);
  await signIn(mobile, storefront, email);
  await mobile.goto(storefront);
  await openChat(mobile);
  await mobile.getByText(question).waitFor({ timeout: 10_000 });

  // Staff see who it is and what they ordered, without asking.
  const { inbox } = await agentWith(question);
  await inbox.getByText("Amalie Vestergaard").first().waitFor({ timeout: 10_000 });

  await laptop.goto(`${storefront}/account/logout`);
  await laptop.goto(storefront);
  await openChat(laptop);
  await laptop.getByRole("textbox", { name: "Message" }).waitFor();
  await laptop.waitForTimeout(1_000);
  expect(await laptop.getByText(question).count()).toBe(0);
});

it("brings an agent who was cut off up to date, and holds a reply to a message they have not seen", async () => {
  const shopper = await person();
  await addToCart(shopper, storefront, "field-jacket");
  await shopper.reload();
  const question = `Is it warm enough for Iceland? ${Date.now()}`;
  await say(shopper, question);
  const { agent, inbox } = await agentWith(question);
  await inbox.getByRole("textbox", { name: "Reply" }).fill("In March, with a layer below.");
  await agent.context().setOffline(true);
  await say(shopper, "Sorry, I meant Greenland!");
  await agent.context().setOffline(false);
  await inbox.getByText("Sorry, I meant Greenland!").last().waitFor({ timeout: 60_000 });
  expect(await shopper.getByText("In March, with a layer below.").count()).toBe(0);
});

async function openChat(page: Awaited<ReturnType<typeof person>>): Promise<void> {
  const box = page.getByRole("textbox", { name: "Message" });
  await page.waitForTimeout(800);
  if (!(await box.isVisible().catch(() => false))) await page.getByRole("button", { name: /chat with us/i }).click();
  await box.waitFor();
}
