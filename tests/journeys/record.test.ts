import { expect, inject, it } from "vitest";
import { people } from "./support/browser";
import { acceptMeasuring, say, signIn } from "./support/shopper";

const { admin, storefronts } = inject("demo");
const storefront = storefronts[0];
const person = people();

it("shows a customer's conversations on Shopify's own pages, and writes to them from there", async () => {
  const shopper = await person();
  await signIn(shopper, storefront, "amalie.vestergaard@example.com");
  await shopper.goto(storefront);
  await acceptMeasuring(shopper);
  const question = `Which wax do you use? ${Date.now()}`;
  await say(shopper, question);

  const staff = await person();
  await staff.goto(`${admin}/store/northwind-outfitters/customers`);
  await staff.getByText("Amalie Vestergaard").first().click();
  const block = staff.frameLocator("iframe[title='Throughline']").first();
  await block.getByText(question).waitFor({ timeout: 15_000 });
  await block.getByText("Open in Throughline").waitFor();

  await staff.getByText("More actions").click();
  await staff.getByRole("group", { name: "More actions" }).getByText("Throughline").click();
  const action = staff.frameLocator("dialog iframe, [role='dialog'] iframe").first();
  const answer = `Ours is made in Aarhus. ${Date.now()}`;
  await action.getByRole("textbox", { name: "Message" }).fill(answer);
  await action.getByRole("button", { name: "Send" }).click();
  await action.getByText("Sent.").waitFor({ timeout: 15_000 });
  await shopper.getByText(answer).waitFor({ timeout: 15_000 });

  // The summary that segments and Flow read follows within the minute.
  await expect
    .poll(
      async () => {
        await staff.reload();
        return staff.getByText("Open conversations", { exact: true }).count();
      },
      { timeout: 100_000, interval: 10_000 },
    )
    .toBeGreaterThan(0);
});
