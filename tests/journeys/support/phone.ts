import type { Locator, Page } from "playwright-core";

type Channel = "email" | "instagram" | "messenger" | "whatsapp" | "sms";

/** The phone of one of the demo's people, on the page "Be the customer". */
export interface Phone {
  page: Page;
  /** Takes up one channel. */
  on(channel: Channel): Promise<void>;
  /** Writes to the store on the channel that was taken up; answers the last that came when asked to. */
  write(text: string, more?: { subject?: string; answering?: string }): Promise<void>;
  /** Presses one of the buttons under the phone, with words where it wants some. */
  press(button: string, text?: string): Promise<void>;
  /** Waits until the store's words are there. */
  reads(text: string): Promise<Locator>;
}

/** Opens the page and is that person. */
export async function phoneOf(page: Page, customer: string, name: string): Promise<Phone> {
  await page.goto(customer);
  const shown = (channel: string, who: string) =>
    page.waitForResponse((one) => {
      const url = new URL(one.url());
      return (
        url.pathname === "/thread" &&
        url.searchParams.get("on") === channel &&
        url.searchParams.get("who") === who &&
        url.searchParams.get("to") === ""
      );
    });
  const who = page.locator("#who");
  const option = page.locator("#who option").filter({ hasText: `${name},` });
  const id = (await option.first().getAttribute("value")) ?? "";
  await who.selectOption(id);
  const thread = page.locator("#thread");
  /** Until the store's provider has taken it. */
  const said = async (press: Locator): Promise<void> => {
    const answer = page.waitForResponse((one) => new URL(one.url()).pathname === "/say");
    await press.click();
    const taken = await answer;
    if (!taken.ok()) throw new Error(await taken.text());
  };
  return {
    page,
    async on(channel) {
      const read = shown(channel, id);
      await page.locator(`[data-on=${channel}]`).click();
      await read;
      await page.locator(`[data-on=${channel}][aria-pressed=true]`).waitFor();
      await page.locator("#to option").first().waitFor({ state: "attached" });
    },
    async write(text, { subject, answering } = {}) {
      if (answering) {
        const bubble = thread.locator(".bubble.store").filter({ hasText: answering }).last();
        await bubble.getByRole("button", { name: "Answer this" }).click();
      }
      if (subject) await page.getByRole("textbox", { name: "Subject" }).fill(subject);
      await page.getByRole("textbox", { name: "Message" }).fill(text);
      await said(page.getByRole("button", { name: "Send", exact: true }));
      await thread.locator(".bubble.me").filter({ hasText: text }).last().waitFor();
    },
    async press(button, text) {
      if (text) await page.getByRole("textbox", { name: "Message" }).fill(text);
      await said(page.locator("#acts").getByRole("button", { name: button }));
    },
    async reads(text) {
      const bubble = thread.locator(".bubble.store").filter({ hasText: text }).last();
      await bubble.waitFor({ timeout: 40_000 });
      return bubble;
    },
  };
}
