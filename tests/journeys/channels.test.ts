import { describe, expect, inject, it } from "vitest";
import { type Agent, agentAt } from "./support/agent";
import { people } from "./support/browser";
import { type Phone, phoneOf } from "./support/phone";

const { admin, customer, providers } = inject("demo");
const name = "Henrik Dall";
const email = "indkoeb@fjordguide.example";
const mark = () => String(Date.now()).slice(-7);

describe("what becomes of what is sent", () => {
  const person = people();
  const both = async (): Promise<[Phone, Agent]> => [
    await phoneOf(await person({ viewport: { width: 820, height: 1100 } }), customer, name),
    await agentAt(await person(), admin),
  ];

  it("says loudly that a text message was refused, and sends it on a second try", async () => {
    const [phone, { app, messages, open, reply }] = await both();
    const asked = `Are you open on Sunday? ${mark()}`;
    await phone.on("sms");
    await phone.write(asked);
    await open(asked);
    await control("twilio/trouble", { fail: { times: 1, status: 400 }, only: "POST" });
    const open10 = `From ten to four ${mark()}`;
    await reply(open10);
    const failed = messages.getByRole("alert").filter({ hasText: "Not sent" });
    await failed.waitFor({ timeout: 40_000 });
    await app.getByRole("list", { name: "Conversations" }).getByText("Waiting").first().waitFor();
    await failed.getByRole("button", { name: "Send on another channel" }).waitFor();
    await failed.getByRole("button", { name: "Try again" }).click();
    await phone.reads(open10);
    await failed.waitFor({ state: "detached", timeout: 20_000 });
    await ours(messages, open10)
      .getByText(/· Delivered/)
      .waitFor({ timeout: 20_000 });
  });

  it("says that WhatsApp's day is over, and sends a template that arrives", async () => {
    const [phone, { app, messages, open, reply }] = await both();
    const asked = `Do you restock the tent? ${mark()}`;
    await phone.on("whatsapp");
    await phone.write(asked);
    await open(asked);
    await app.getByText(/on WhatsApp, wrote .*free replies for 23 h/).waitFor();
    const friday = `On Friday ${mark()}`;
    await reply(friday);
    await phone.reads(friday);
    await phone.press("Let 25 hours pass");
    const later = `I look again ${mark()}`;
    await reply(later);
    const failed = messages.getByRole("alert").filter({ hasText: "More than 24 hours have passed" });
    await failed.waitFor({ timeout: 40_000 });
    expect(await phone.page.getByText(later).count()).toBe(0);
    await app.getByRole("button", { name: "Send a template" }).click();
    const dialog = app.getByRole("dialog");
    await dialog.getByRole("button", { name: /continue_chat/ }).click();
    await dialog.getByRole("button", { name: "Send template" }).click();
    await phone.reads("We have an answer to your question");
    await ours(messages, "We have an answer to your question")
      .getByText(/· (Sent|Delivered)/)
      .last()
      .waitFor();
  });

  it("takes a mail back while it waits", async () => {
    const [phone, { app, messages, open, reply }] = await both();
    const asked = `A quote for 14 jackets, please ${mark()}`;
    await phone.on("email");
    await phone.write(asked, { subject: `Spring order ${mark()}` });
    await open(asked);
    const wrong = `Dear Amalie ${mark()}`;
    await reply(wrong);
    await messages.getByRole("button", { name: "Undo send" }).click();
    await messages.getByText(wrong).waitFor({ state: "detached", timeout: 20_000 });
    await expect.poll(() => app.getByRole("textbox", { name: "Reply" }).inputValue()).toBe(wrong);
    const right = `Dear Henrik ${mark()}`;
    await reply(right);
    await phone.reads(right);
    expect(await phone.page.getByText(wrong).count()).toBe(0);
  });

  it("warns of a mail that is not from whom it says", async () => {
    const [phone, agent] = await both();
    await phone.on("email");
    const asked = `Send the order to another address ${mark()}`;
    await phone.press("Send it forged", asked);
    await agent.open(asked);
    const warned = agent.messages.getByText(`This may not be from ${email}`);
    await warned.waitFor();
    await agent.messages.getByText(/Do not act on what it asks/).waitFor();
  });
});

describe("Settings, Channels", () => {
  const person = people();

  it("pauses a channel, refuses a reply with the reason, resumes and tests it", async () => {
    const phone = await phoneOf(await person({ viewport: { width: 820, height: 1100 } }), customer, name);
    const agent = await agentAt(await person(), admin);
    const settings = await agentAt(await person(), admin, "/settings/channels");
    await phone.on("messenger");
    const asked = `Do you sell gift cards? ${mark()}`;
    await phone.write(asked);
    await agent.open(asked);
    await settings.app.getByRole("link", { name: "Messenger" }).click({ timeout: 30_000 });
    await settings.app.getByRole("button", { name: "Pause" }).click();
    await settings.app.getByText("Nothing is sent from this account while it is paused").waitFor();
    const answer = `We do ${mark()}`;
    await agent.app.getByRole("textbox", { name: "Reply" }).fill(answer);
    await agent.app.getByRole("button", { name: "Send reply" }).click();
    await agent.app
      .getByText(/Messenger \(.*\) is paused\. A manager can change that/)
      .first()
      .waitFor({ timeout: 20_000 });
    expect(await phone.page.getByText(answer).count()).toBe(0);
    const more = `Or vouchers? ${mark()}`;
    await phone.write(more);
    await agent.messages.getByText(more).waitFor({ timeout: 40_000 });
    await settings.app.getByRole("button", { name: "Resume" }).click();
    await settings.app.getByRole("button", { name: "Pause" }).waitFor();
    await settings.app.getByRole("button", { name: "Test connection" }).click();
    await settings.app
      .getByRole("status")
      .getByText(/Connected/)
      .waitFor({ timeout: 20_000 });
    await agent.open(more);
    const sent = `Gift cards and vouchers ${mark()}`;
    await agent.reply(sent);
    await phone.reads(sent);
  });

  it("connects X with its keys, and says which are wrong", async () => {
    const { page, app, messages, open, reply } = await agentAt(await person(), admin, "/settings/channels/x");
    const another = app.getByRole("button", { name: "Connect another account" });
    const form = app.getByRole("button", { name: "Connect", exact: true });
    await another.or(form).waitFor({ timeout: 30_000 });
    // A second try finds it connected.
    if (await form.isVisible()) {
      await app.getByLabel("API key", { exact: true }).fill("northwind-api-key");
      await app.getByLabel("API key secret", { exact: true }).fill("northwind-api-key-secret");
      await app.getByLabel("Access token", { exact: true }).fill("1700000000000000001-northwind");
      await app.getByLabel("Access token secret", { exact: true }).fill("not-the-token-secret");
      await form.click();
      await app.getByText("X does not accept these keys").waitFor({ timeout: 20_000 });
      await app.getByLabel("Access token secret", { exact: true }).fill("northwind-access-token-secret");
      await form.click();
    }
    await app.getByRole("heading", { name: "@northwind" }).waitFor({ timeout: 20_000 });
    const asked = `Is the sale on? ${mark()}`;
    const from = `15${mark()}`;
    await control("x/people", { id: from, name: "Ulla Lind", username: "ulla" });
    await control("x/messages", { from, to: "1700000000000000001", text: asked });
    await open(asked);
    const answer = `Until Sunday ${mark()}`;
    await reply(answer);
    await expect.poll(() => told("x", from), { timeout: 40_000 }).toContain(answer);
    await ours(messages, answer)
      .getByText(/· Sent/)
      .waitFor({ timeout: 20_000 });
    await page.context().close();
  });
});

/** The run of our messages in which this stands. */
function ours(messages: Agent["messages"], text: string) {
  return messages.locator("[data-from=staff]").filter({ hasText: text });
}

async function control(path: string, body: object): Promise<void> {
  const answer = await fetch(`${providers}/control/${path}`, { method: "POST", body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

async function told(provider: string, who: string): Promise<string[]> {
  const answer = await fetch(`${providers}/control/${provider}/messages?with=${who}`);
  return ((await answer.json()) as { messages: { text: string }[] }).messages.map((one) => one.text);
}
