import { expect, inject, it } from "vitest";
import { openApp, people } from "./support/browser";
import { acceptMeasuring, say, signIn } from "./support/shopper";

const { admin, storefronts, mail } = inject("demo");
const storefront = storefronts[0];
const person = people();
type Page = Awaited<ReturnType<typeof person>>;

/** The newest code that was mailed to the address after `since`. */
async function codeFor(page: Page, address: string, since: number): Promise<string> {
  let code = "";
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`${mail}/messages.json?to=${encodeURIComponent(address)}`);
        const { messages } = (await answer.json()) as {
          messages: { receivedAt: string; text: string; subject: string }[];
        };
        const found = messages.find((one) => Date.parse(one.receivedAt) >= since && /\b\d{6}\b/.test(one.text));
        code = /\b(\d{6})\b/.exec(found?.text ?? "")?.[1] ?? "";
        return code;
      },
      { timeout: 20_000 },
    )
    .not.toBe("");
  return code;
}

async function openChat(page: Page): Promise<void> {
  const box = page.getByRole("textbox", { name: "Message" });
  await page.waitForTimeout(800);
  if (!(await box.isVisible().catch(() => false))) await page.getByRole("button", { name: /chat with us/i }).click();
  await box.waitFor();
}

it("shows a guest only their own browser's chat until they prove the address with a mailed code", async () => {
  const email = "amalie.vestergaard@example.com";
  const laptop = await person();
  await signIn(laptop, storefront, email);
  await laptop.goto(storefront);
  const question = `Do you still have my size? ${Date.now()}`;
  await say(laptop, question);

  const phone = await person({ viewport: { width: 390, height: 844 } });
  await phone.goto(storefront);
  await acceptMeasuring(phone);
  await openChat(phone);
  expect(await phone.getByText(question).count()).toBe(0);

  const since = Date.now();
  await phone.getByRole("button", { name: "See my earlier chats" }).click();
  await phone.getByRole("textbox", { name: "E-mail", exact: true }).fill(email);
  await phone.getByRole("button", { name: "Send code" }).click();
  const box = phone.getByRole("textbox", { name: "Code" });
  await box.fill("000000");
  await phone.getByRole("button", { name: "Confirm" }).click();
  await phone.getByText("This code is wrong").waitFor();
  expect(await phone.getByText(question).count()).toBe(0);

  await box.fill(await codeFor(phone, email, since));
  await phone.getByRole("button", { name: "Confirm" }).click();
  await phone.getByText(question).waitFor({ timeout: 10_000 });

  // The line is opened anew for who they are now: what the laptop says arrives.
  const more = `It is a Large. ${Date.now()}`;
  await say(laptop, more);
  await phone.getByText(more).waitFor({ timeout: 15_000 });
});

it("tells staff that a typed address is a claim, and keeps its orders closed to the shopper", async () => {
  const shopper = await person();
  await shopper.goto(storefront);
  await acceptMeasuring(shopper);
  const question = `What did I order last? ${Date.now()}`;
  await openChat(shopper);
  await shopper.getByRole("textbox", { name: /^E-mail/ }).fill("amalie.vestergaard@example.com");
  await say(shopper, question);
  const agent = await person();
  const inbox = await openApp(agent, admin, "northwind-outfitters", "/inbox");
  await inbox.getByRole("list", { name: "Conversations" }).getByText(question).first().click({ timeout: 20_000 });
  await inbox
    .getByText(/says this is theirs, not proven/i)
    .first()
    .waitFor({ timeout: 10_000 });
});

it("asks how a closed chat was, and shows staff the answer", async () => {
  const shopper = await person();
  await shopper.goto(storefront);
  await acceptMeasuring(shopper);
  const question = `Is the shop in Aarhus open? ${Date.now()}`;
  await say(shopper, question);
  const agent = await person();
  const inbox = await openApp(agent, admin, "northwind-outfitters", "/inbox");
  await inbox.getByRole("list", { name: "Conversations" }).getByText(question).first().click({ timeout: 20_000 });
  await inbox.getByRole("button", { name: "Close", exact: true }).click();
  await shopper.getByText("How was this chat?").waitFor({ timeout: 10_000 });
  await shopper.getByRole("button", { name: "4 of 5" }).click();
  await shopper.getByText("Thank you for telling us.").waitFor();
  await inbox.getByText("rated this conversation 4 of 5").first().waitFor({ timeout: 10_000 });
});
