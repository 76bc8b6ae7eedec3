import type { FrameLocator, Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { axe, frameOf } from "./support/axe";
import { openApp, people } from "./support/browser";

const { admin, customer } = inject("demo");
const handle = "northwind-outfitters";
const store = "+4589880100";
const agentsPhone = "+14155552901";
/** Amalie Vestergaard's, as Shopify has it. */
const amaliesPhone = "+4520123456";

interface Line {
  sid: string;
  to: string;
  status: string;
  waiting: { kind: string };
  hold: boolean;
  with: string[];
}

/** What somebody does on the telephone network. */
async function line(path: string, body?: object): Promise<Line & { calls: Line[] }> {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`${customer}/control/twilio/calls${path}`, body ? init : {});
  expect(answer.status).toBe(200);
  return (await answer.json()) as Line & { calls: Line[] };
}

const lines = async () => (await line("")).calls;
const waitsFor = async (sid: string) => (await lines()).find((one) => one.sid === sid)?.waiting.kind;

/** The agent's phone rings, is picked up, and 1 is pressed. */
async function pickUp(): Promise<Line> {
  const ringing = async () => (await lines()).findLast((one) => one.to === agentsPhone && one.status === "ringing");
  await expect.poll(ringing, { timeout: 20_000 }).toBeTruthy();
  const phone = (await ringing()) as Line;
  await line(`/${phone.sid}/answer`, { at: 1 });
  await expect.poll(() => waitsFor(phone.sid), { timeout: 20_000 }).toBe("key");
  await line(`/${phone.sid}/press`, { key: "1", at: 1 });
  return phone;
}

async function takesCalls(app: FrameLocator): Promise<void> {
  const bar = app.getByRole("region", { name: "Calls" });
  await bar.getByRole("button", { name: /^(Take|Stop taking) calls$/ }).waitFor({ timeout: 60_000 });
  if (await bar.getByText("You take calls on").isVisible()) return;
  await bar.getByRole("button", { name: "Take calls" }).click();
  const phone = bar.getByRole("textbox", { name: "Your phone" });
  await phone.fill(agentsPhone);
  await phone.press("Tab");
  await phone.page().keyboard.press("Enter");
  await bar.getByText(`You take calls on ${agentsPhone}`).waitFor();
}

/** No fault that axe finds, and nothing is wider than the screen, on a small phone too. */
async function staysWhole(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1440, height: 900 };
  const frame = await frameOf(page);
  for (const width of [size.width, 390, 320]) {
    await page.setViewportSize({ width, height: size.height });
    expect(await axe(frame), `${width} wide`).toEqual([]);
    const wide = await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${width} wide`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(size);
}

/** Scene of the product: whoever calls is known before a word is said. */
describe("a telephone call", () => {
  const person = people();

  it("shows who calls, is taken on the phone, held, ended, wrapped up and told in the story", async () => {
    const agent = await person();
    const app = await openApp(agent, admin, handle, "/customers");
    await takesCalls(app);
    const bar = app.getByRole("region", { name: "Calls" });
    const call = await line("", { from: amaliesPhone, to: store, verstat: "TN-Validation-Passed-A" });
    await bar.getByText("Incoming call from").waitFor({ timeout: 20_000 });
    await bar.getByRole("link", { name: "Amalie Vestergaard" }).waitFor();
    // Her story is on the screen before anybody says a word.
    await app.getByRole("heading", { name: "Amalie Vestergaard", level: 1 }).waitFor({ timeout: 20_000 });
    await app.getByText("Orders", { exact: true }).first().waitFor();
    await staysWhole(agent);

    await pickUp();
    await bar.getByRole("button", { name: "Hold", exact: true }).click({ timeout: 20_000 });
    await bar.getByText("On hold").waitFor();
    expect((await lines()).find((one) => one.sid === call.sid)?.hold).toBe(true);
    await bar.getByRole("button", { name: "Resume" }).click();
    await bar.getByRole("button", { name: "Hold", exact: true }).waitFor();
    expect((await lines()).find((one) => one.sid === call.sid)).toMatchObject({
      hold: false,
      with: [expect.anything()],
    });

    await bar.getByRole("button", { name: "Note" }).click();
    await bar.getByRole("textbox", { name: "Note" }).fill("Wants the jacket in M.");
    await staysWhole(agent);
    await bar.getByRole("button", { name: "Add note" }).click();
    await app
      .getByRole("region", { name: "Messages" })
      .getByText("Wants the jacket in M.")
      .waitFor({ timeout: 20_000 });

    await bar.getByRole("button", { name: "End call" }).click();
    await bar.getByText("Call ended with").waitFor({ timeout: 20_000 });
    await expect.poll(async () => (await lines()).every((one) => one.status === "completed")).toBe(true);
    await bar.getByRole("combobox", { name: "What was it about?" }).selectOption("Order help");
    await bar.getByRole("button", { name: "Save" }).click();
    await bar.getByText("Call ended with").waitFor({ state: "detached" });
    await app
      .getByRole("region", { name: "Messages" })
      .getByText(/^Incoming call · /)
      .waitFor();

    await bar.getByText("You take calls on").waitFor();
    const profile = await openApp(agent, admin, handle, "/customers");
    await profile.getByRole("link", { name: "Amalie Vestergaard" }).first().click({ timeout: 30_000 });
    await profile
      .getByText(/Called,.* talked /)
      .first()
      .waitFor({ timeout: 30_000 });
    expect(await profile.getByText(/Called,.* talked /).count()).toBe(1);
  });

  it("that nobody takes is a voicemail that waits in the Inbox, and is called back from there", async () => {
    const agent = await person();
    const app = await openApp(agent, admin, handle, "/inbox");
    await takesCalls(app);
    const bar = app.getByRole("region", { name: "Calls" });
    const from = `+45311${Date.now() % 100_000}`.padEnd(11, "0");
    const call = await line("", { from, to: store, verstat: "TN-Validation-Passed-A" });
    await bar.getByRole("button", { name: "Decline" }).click({ timeout: 20_000 });
    await expect.poll(() => waitsFor(call.sid), { timeout: 60_000 }).toBe("message");
    const said = `Where is my parcel? ${Date.now()}`;
    await line(`/${call.sid}/speak`, { text: said, seconds: 6, at: 1 });
    const list = app.getByRole("list", { name: "Conversations" });
    await list.getByRole("link").filter({ hasText: said }).filter({ hasText: "Waiting" }).click({ timeout: 30_000 });
    const messages = app.getByRole("region", { name: "Messages" });
    await messages.getByText("Voicemail · 6 s").waitFor();
    await messages.getByRole("button", { name: "Play voicemail" }).click({ timeout: 30_000 });
    await messages.locator("audio").waitFor();

    await messages.getByRole("button", { name: "Call back" }).click();
    const dialog = app.getByRole("dialog");
    await dialog.getByText(from).waitFor();
    await dialog.getByRole("button", { name: "Call", exact: true }).click();
    await pickUp();
    const theirs = async () => (await lines()).findLast((one) => one.to === from && one.status === "ringing");
    await expect.poll(theirs, { timeout: 20_000 }).toBeTruthy();
    const phone = (await theirs()) as Line;
    await line(`/${phone.sid}/answer`, { at: 1 });
    await bar.getByRole("button", { name: "Hold", exact: true }).waitFor({ timeout: 20_000 });
    await line(`/${phone.sid}/hang-up`, { at: 1 });
    await messages.getByText(/^Outgoing call · /).waitFor({ timeout: 30_000 });
  });
});
