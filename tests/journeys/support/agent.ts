import type { FrameLocator, Locator, Page } from "playwright-core";
import { openApp } from "./browser";

/** An agent of the first shop at their screen. */
export interface Agent {
  page: Page;
  app: FrameLocator;
  messages: Locator;
  /** Opens the conversation whose last words are these. */
  open(lastWords: string): Promise<void>;
  /** Answers where the composer says, and waits until it stands in the conversation. */
  reply(text: string): Promise<Locator>;
}

export async function agentAt(page: Page, admin: string, path = "/inbox"): Promise<Agent> {
  const app = await openApp(page, admin, "northwind-outfitters", path);
  const messages = app.getByRole("region", { name: "Messages" });
  return {
    page,
    app,
    messages,
    async open(lastWords) {
      await openApp(page, admin, "northwind-outfitters", "/inbox");
      const row = app.getByRole("list", { name: "Conversations" }).getByRole("link").filter({ hasText: lastWords });
      await row.first().click({ timeout: 40_000 });
      await messages.getByText(lastWords).last().waitFor({ timeout: 20_000 });
    },
    async reply(text) {
      await app.getByRole("textbox", { name: "Reply" }).fill(text);
      await app.getByRole("button", { name: "Send reply" }).click();
      const said = messages.getByText(text).last();
      await said.waitFor({ timeout: 20_000 });
      return said;
    },
  };
}
