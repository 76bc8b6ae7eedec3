import type { FrameLocator, Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { openApp, people } from "./support/browser";
import { acceptMeasuring, say } from "./support/shopper";

const { admin, storefronts } = inject("demo");
const handle = "northwind-outfitters";

/** What agents complain about elsewhere: answering blind, answering twice, and losing what they wrote. */
describe("answering in the Inbox", () => {
  const person = people();

  /** The first open of the app installs it; before that there is nobody for a shopper to write to. */
  async function agentOf(): Promise<Page> {
    const agent = await person();
    const app = await openApp(agent, admin, handle, "/inbox");
    await app.getByRole("heading", { name: "Inbox" }).first().waitFor({ timeout: 30_000 });
    return agent;
  }

  async function chat(): Promise<{ shopper: Page; question: string }> {
    const shopper = await person({ viewport: { width: 1280, height: 860 } });
    await shopper.goto(storefronts[0]);
    await acceptMeasuring(shopper);
    const question = `Which size is it? ${Date.now()}`;
    await say(shopper, question);
    return { shopper, question };
  }

  async function answering(agent: Page, question: string): Promise<FrameLocator> {
    const app = await openApp(agent, admin, handle, "/inbox");
    await app.getByRole("list", { name: "Conversations" }).getByText(question).click({ timeout: 30_000 });
    await app.getByRole("textbox", { name: "Reply" }).waitFor();
    return app;
  }

  it("holds a reply to a message that was not on the screen, and does not pull a reader down to it", async () => {
    const agent = await agentOf();
    const { shopper, question } = await chat();
    const app = await answering(agent, question);
    const messages = app.getByRole("region", { name: "Messages" });
    for (let line = 1; line <= 14; line += 1) await say(shopper, `more about it, line ${line}`);
    await messages.getByText("more about it, line 14").waitFor();

    await messages.evaluate((box) => box.scrollTo({ top: 0 }));
    await expect.poll(() => messages.evaluate((box) => box.scrollTop)).toBe(0);
    await say(shopper, "No, wait: I meant the trousers");
    await app.getByRole("button", { name: "1 new message" }).waitFor({ timeout: 15_000 });
    expect(await messages.evaluate((box) => box.scrollTop)).toBe(0);

    await app.getByRole("textbox", { name: "Reply" }).fill("The jacket comes in L");
    await app.getByRole("button", { name: "Send reply" }).click();
    // Whoever sends is shown the end of the conversation, and there the reason.
    const held = app.getByRole("alert").filter({ hasText: "not sent yet" });
    await held.getByText("No, wait: I meant the trousers").waitFor({ timeout: 15_000 });
    expect(await shopper.getByText("The jacket comes in L").count()).toBe(0);

    await held.getByRole("button", { name: "Edit" }).click();
    await expect.poll(() => app.getByRole("textbox", { name: "Reply" }).inputValue()).toBe("The jacket comes in L");
    await app.getByRole("textbox", { name: "Reply" }).fill("The trousers come in 32");
    await app.getByRole("textbox", { name: "Reply" }).press("Control+Enter");
    await shopper.getByText("The trousers come in 32").waitFor({ timeout: 15_000 });
  });

  it("tells two agents of each other", async () => {
    const [first, second] = [await agentOf(), await person()];
    const { question } = await chat();
    await second.goto(`${admin}/store/${handle}`);
    const staff = second.locator("details", { hasText: "Signed in as" });
    await staff.locator("summary").click();
    await staff.getByRole("button").nth(1).click();
    const one = await answering(first, question);
    const two = await answering(second, question);
    await one.getByText("looking at this too").waitFor({ timeout: 15_000 });
    await two.getByText("looking at this too").waitFor({ timeout: 15_000 });
    await two.getByRole("textbox", { name: "Reply" }).pressSequentially("I take this", { delay: 40 });
    await one.getByText("is writing a reply").waitFor({ timeout: 15_000 });
  });

  it("opens what was pressed, also when another conversation arrives before the release", async () => {
    const agent = await agentOf();
    const { question } = await chat();
    const app = await openApp(agent, admin, handle, "/inbox");
    const row = app.getByRole("list", { name: "Conversations" }).getByRole("link").filter({ hasText: question });
    await row.waitFor({ timeout: 30_000 });
    await row.hover();
    await agent.mouse.down();
    const { question: another } = await chat();
    await agent.waitForTimeout(300);
    await agent.mouse.up();
    await app.getByRole("region", { name: "Messages" }).getByText(question).waitFor();
    await app.getByRole("list", { name: "Conversations" }).getByText(another).waitFor();
  });

  it("keeps the page and what was written while there is no network, and sends it once", async () => {
    const agent = await agentOf();
    const { shopper, question } = await chat();
    const app = await answering(agent, question);
    const lost = "written in a tunnel";
    await agent.context().setOffline(true);
    await app.getByRole("textbox", { name: "Reply" }).fill(lost);
    await app.getByRole("button", { name: "Send reply" }).click();
    await app.getByText("Not sent.").waitFor({ timeout: 30_000 });
    await agent.context().setOffline(false);
    await app.getByRole("button", { name: "Try again" }).click();
    await shopper.getByText(lost).waitFor({ timeout: 15_000 });
    await app.getByText("Not sent.").waitFor({ state: "detached" });
    expect(await app.getByRole("region", { name: "Messages" }).getByText(lost).count()).toBe(1);
    await expect.poll(() => shopper.getByText(lost).count()).toBe(1);
  });
});
