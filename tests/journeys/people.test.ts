import { randomUUID } from "node:crypto";
import { expect, inject, it } from "vitest";
import { openApp, people } from "./support/browser";

const { admin, app, mail, storefronts } = inject("demo");
const person = people();

/** A shopper's page without its pixels: a session of the storefront's, and what it asks of the app. */
async function shopper() {
  const opened = await fetch(`${storefronts[0]}/apps/throughline/session`, {
    method: "POST",
    body: JSON.stringify({ tracking: true, locale: "en", country: "DK" }),
  });
  const { token } = (await opened.json()) as { token: string };
  const ask = async (path: string, body: object) => {
    const response = await fetch(`${app}${path}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as { visitor?: { confirmed: boolean } };
  };
  return {
    ask,
    say: (text: string, name: string, email: string) =>
      ask("/storefront/messages", { text, name, email, clientKey: randomUUID(), attachmentIds: [], consented: true }),
  };
}

async function codeFor(address: string): Promise<string> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const page = await fetch(`${mail}/messages.json?to=${encodeURIComponent(address)}`);
    const { messages } = (await page.json()) as { messages: { text: string | null }[] };
    const code = /\b\d{6}\b/.exec(messages[0]?.text ?? "")?.[0];
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error("no mail came");
}

it("proves an address with a mailed code, suggests who is the same, merges them, asks where a reply goes, and undoes it", async () => {
  const mark = String(Date.now()).slice(-7);
  const address = `ronja.${mark}@example.com`;
  const [guest, proven] = [await shopper(), await shopper()];
  await guest.say(`From the train ${mark}`, `Ronja${mark} Guest`, address);
  await proven.say(`From home ${mark}`, `Ronja${mark}`, address);
  await proven.ask("/storefront/verify", { act: "request", email: address, locale: "en" });
  const state = await proven.ask("/storefront/verify", { act: "confirm", code: await codeFor(address) });
  expect(state.visitor?.confirmed).toBe(true);

  const agent = await person();
  const page = await openApp(agent, admin, "northwind-outfitters", `/customers?search=ronja${mark}`);
  await page.getByRole("link", { name: `Ronja${mark} Guest` }).click({ timeout: 20_000 });
  const suggested = page.getByRole("list", { name: "Probably the same person" });
  await suggested.getByText(`Same e-mail address, ${address}`).waitFor({ timeout: 20_000 });
  await suggested.getByRole("button", { name: /^Merge with/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Merge", exact: true }).click();
  await page.getByRole("list", { name: "Merges" }).waitFor({ timeout: 20_000 });
  await suggested.waitFor({ state: "detached" });
  await page.getByText("Address confirmed").waitFor();

  await page.getByRole("link", { name: `From the train ${mark}` }).click();
  const where = page.getByRole("region", { name: "Where the reply goes" });
  await where.waitFor({ timeout: 20_000 });
  await page.getByRole("textbox", { name: "Reply" }).fill("Hello Ronja");
  expect(await page.getByRole("button", { name: "Send reply" }).isDisabled()).toBe(true);
  // What was written goes along to where they are proven to be.
  await where.getByRole("button", { name: "Open that conversation" }).click();
  await page.getByText(`From home ${mark}`).last().waitFor({ timeout: 20_000 });
  await page.getByRole("button", { name: "Send reply" }).click();
  await page.getByText("Hello Ronja").last().waitFor();

  const again = await openApp(agent, admin, "northwind-outfitters", `/customers?search=ronja${mark}`);
  await again
    .getByRole("link", { name: new RegExp(`Ronja${mark}`) })
    .first()
    .click({ timeout: 20_000 });
  const merges = again.getByRole("list", { name: "Merges" });
  await merges.getByRole("button", { name: "Undo merge" }).click({ timeout: 20_000 });
  await merges.getByRole("button", { name: "Undo merge" }).click();
  await merges.getByText("Undone").waitFor({ timeout: 20_000 });
  await suggested.waitFor({ timeout: 20_000 });
});
