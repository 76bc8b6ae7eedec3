import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "~/platform/ids";
import { action as verify } from "~/routes/storefront.verify";
import type { SessionAnswer, StateAnswer } from "~/visitors/answers";
import { codeOf, isCodeOf } from "~/visitors/code";
import { codeLanguage, codeMail, codeTexts } from "~/visitors/code-texts";
import { say } from "~/visitors/say";
import { forgetCodes, sendCode } from "~/visitors/send-code";
import { type Mail, startMail } from "../../dev/mail/start";
import { mirrorCustomer } from "../support/mirror";
import { post, type Storefront, testStorefront } from "../support/storefront";

let front: Storefront;
let mail: Mail;
const folder = mkdtempSync(path(tmpdir(), "throughline-codes-"));
beforeAll(async () => {
  mail = await startMail({ smtpPort: 0, webPort: 0, folder });
  process.env.SMTP_URL = `smtp://127.0.0.1:${mail.smtpPort}`;
  process.env.MAIL_FROM = "support@throughline.example";
  front = await testStorefront();
});
afterAll(async () => {
  await mail.close();
  rmSync(folder, { recursive: true });
});

const shopId = () => front.shop.base.shop.id;
const ask = (token: string, body: object) => front.ask(verify, "/storefront/verify", token, post(body));
const request = (token: string, email: string, locale = "en") => ask(token, { act: "request", email, locale });
const write = async (token: string, text: string, more = {}) =>
  say(await front.shopper(token), { text, clientKey: newId(), attachmentIds: [], consented: false, ...more });
const row = async (token: string) => {
  const { actor } = await front.shopper(token);
  return front.app.db.prisma.emailCode.findFirstOrThrow({
    where: { visitorId: actor.visitorId },
    orderBy: { createdAt: "desc" },
  });
};
/** The code as the shopper reads it in their mail, which the job sends. */
const mailed = async (token: string): Promise<string> => {
  await sendCode(front.app, { shopId: shopId(), codeId: (await row(token)).id });
  return codeOf(await row(token));
};
const confirm = (token: string, code: string) => ask(token, { act: "confirm", code });
const proven = async (token: string, email: string): Promise<StateAnswer> => {
  expect((await request(token, email)).status).toBe(200);
  const response = await confirm(token, await mailed(token));
  expect(response.status).toBe(200);
  return (await response.json()) as StateAnswer;
};
const visitorOf = async (token: string) => {
  const { actor } = await front.shopper(token);
  return front.app.db.prisma.visitor.findFirstOrThrow({ where: { id: actor.visitorId }, include: { customer: true } });
};
const fieldOf = async (response: Response) =>
  ((await response.json()) as { error: { fields: { field: string; message: string }[] } }).error.fields[0];
const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("asking for a code", () => {
  it("mails six digits in the shopper's language, committed with the request", async () => {
    const { token } = await front.open();
    const response = await request(token, "Mia@Example.com", "da-DK");
    expect(await response.json()).toEqual({ digits: 6, seconds: 600 });
    const { id } = await row(token);
    const jobs = await front.app.db.sql.query(
      `SELECT 1 FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        WHERE t.identifier = 'send-code' AND j.payload->>'codeId' = $1`,
      [id],
    );
    expect(jobs.rowCount).toBe(1);
    const code = await mailed(token);
    await sendCode(front.app, { shopId: shopId(), codeId: id });
    const page = await fetch(`${mail.url}/messages.json?to=mia@example.com`);
    const { messages: caught } = (await page.json()) as { messages: { subject: string; text: string; from: string }[] };
    expect(caught).toHaveLength(1);
    expect(caught[0]?.subject).toBe("Din kode til chatten hos Northwind Outfitters");
    expect(caught[0]?.text).toContain(code);
    expect(caught[0]?.from).toContain("support@throughline.example");
  });

  it("keeps the code nowhere", async () => {
    const { token } = await front.open();
    await request(token, "nowhere@example.com");
    const code = await mailed(token);
    const tables = ["email_code", "event", "visitor", "customer", "identity"];
    for (const table of tables) {
      const { rows } = await front.app.db.sql.query<{ text: string }>(`SELECT t::text AS text FROM "${table}" t`);
      expect(rows.filter((each) => new RegExp(`\\b${code}\\b`).test(each.text))).toEqual([]);
    }
    const jobs = await front.app.db.sql.query<{ text: string }>(
      `SELECT j.payload::text AS text FROM graphile_worker._private_jobs j`,
    );
    expect(jobs.rows.length).toBeGreaterThan(0);
    expect(jobs.rows.filter((each) => each.text.includes(code))).toEqual([]);
  });

  it("answers the same for an address that the shop knows and one that nobody has", async () => {
    await mirrorCustomer(front.app.db, shopId(), 9001, { email: "known@example.com" });
    const { token } = await front.open();
    const answers = await Promise.all(
      ["known@example.com", "nobody@example.com"].map((email) => request(token, email)),
    );
    expect(answers.map((each) => each.status)).toEqual([200, 200]);
    expect(await answers[0]?.text()).toBe(await answers[1]?.text());
    expect((await visitorOf(token)).customerId).toBeNull();
  });

  it.each(["", "mia", "mia@", "@example.com"])("refuses %j as no address", async (email) => {
    const { token } = await front.open();
    const response = await request(token, email);
    expect(response.status).toBe(422);
    expect((await fieldOf(response))?.field).toBe("email");
  });

  it("gives five an hour to one browser, and to one mailbox", async () => {
    const { token } = await front.open();
    for (let count = 0; count < 5; count += 1) {
      expect((await request(token, `many${count}@example.com`)).status).toBe(200);
    }
    const refused = await request(token, "many6@example.com");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(3_000);
    for (let count = 0; count < 5; count += 1) {
      expect((await request((await front.open()).token, "flooded@example.com")).status).toBe(200);
    }
    expect((await request((await front.open()).token, "Flooded@example.com")).status).toBe(429);
    front.clock.advance(3_600_001);
    const later = await front.open();
    expect((await request(later.token, "flooded@example.com")).status).toBe(200);
  });

  it("lets five through of eight at once", async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => front.open()));
    const answers = await Promise.all(opened.map(({ token }) => request(token, "rush@example.com")));
    expect(answers.filter((each) => each.status === 200)).toHaveLength(5);
  });
});

describe("a code", () => {
  it("is wrong five times at most", async () => {
    const { token } = await front.open();
    await request(token, "tries@example.com");
    const code = await mailed(token);
    for (const left of ["4 more times", "3 more times", "2 more times", "once more"]) {
      const response = await confirm(token, another(code));
      expect(response.status).toBe(422);
      expect((await fieldOf(response))?.message).toContain(left);
    }
    expect((await fieldOf(await confirm(token, another(code))))?.message).toContain("no longer valid");
    expect((await confirm(token, code)).status).toBe(422);
    expect((await visitorOf(token)).customerId).toBeNull();
  });

  it("is tried five times also by twenty at once", async () => {
    const { token } = await front.open();
    await request(token, "race@example.com");
    const code = await mailed(token);
    await Promise.all(Array.from({ length: 20 }, () => confirm(token, another(code))));
    expect((await row(token)).tries).toBe(5);
    expect((await confirm(token, code)).status).toBe(422);
  });

  it("is over after ten minutes, after a newer one, and after its use", async () => {
    const { token } = await front.open();
    await request(token, "over@example.com");
    const first = await mailed(token);
    front.clock.advance(600_001);
    expect((await confirm((await front.open({ key: null })).token, first)).status).toBe(422);
    expect((await confirm(token, first)).status).toBe(422);
    await request(token, "over@example.com");
    const second = await mailed(token);
    front.clock.advance(1_000);
    await request(token, "over@example.com");
    const third = await mailed(token);
    if (second !== third) expect((await confirm(token, second)).status).toBe(422);
    expect((await confirm(token, third)).status).toBe(200);
    expect((await confirm(token, third)).status).toBe(422);
  });

  it("is worth nothing in another browser", async () => {
    const mine = await front.open();
    const theirs = await front.open();
    await request(mine.token, "mine@example.com");
    await request(theirs.token, "theirs@example.com");
    const code = await mailed(mine.token);
    if (code !== (await mailed(theirs.token))) expect((await confirm(theirs.token, code)).status).toBe(422);
    expect((await confirm(mine.token, ` ${code.slice(0, 3)} ${code.slice(3)} `)).status).toBe(200);
  });

  it.each(["", "12345", "1234567", "abcdef", "      ", "١٢٣٤٥٦"])("%j is none", (typed) => {
    expect(isCodeOf({ shopId: "a", id: "b", visitorId: "c", address: "d" }, typed)).toBe(false);
  });

  it.each([
    ["Arabic-Indic", 0x0660],
    ["Persian", 0x06f0],
    ["Devanagari", 0x0966],
    ["full width", 0xff10],
  ])("may be typed in %s digits", (_script, zero) => {
    const row = { shopId: "a", id: "b", visitorId: "c", address: "d" };
    const typed = (code: string) => [...code].map((digit) => String.fromCodePoint(zero + Number(digit))).join("");
    expect(isCodeOf(row, typed(codeOf(row)))).toBe(true);
    expect(isCodeOf(row, typed(another(codeOf(row))))).toBe(false);
  });

  it("goes with the address after a day", async () => {
    const { token } = await front.open();
    await request(token, "gone@example.com");
    front.clock.advance(86_400_001);
    await forgetCodes(front.app);
    expect(await front.app.db.prisma.emailCode.count({ where: { address: "gone@example.com" } })).toBe(0);
  });
});

describe("an address that was proven", () => {
  it("is proven on the person that the browser was, with what they had typed", async () => {
    const guest = await front.open();
    await write(guest.token, "Hello", { name: "Mia", email: "own@example.com" });
    const before = (await visitorOf(guest.token)).customerId;
    const state = await proven(guest.token, "Own@example.com");
    expect(state.visitor).toMatchObject({ confirmed: true, canConfirm: false, signedIn: false, name: "Mia" });
    expect((await visitorOf(guest.token)).customerId).toBe(before);
    const identities = await front.app.db.prisma.identity.findMany({ where: { customerId: before as string } });
    expect(identities).toMatchObject([{ kind: "email", value: "own@example.com", grade: "emailed-code" }]);
  });

  it("opens the chats of that person from another browser, both ways", async () => {
    const phone = await front.open();
    const first = await write(phone.token, "Where is my parcel?");
    await proven(phone.token, "both@example.com");
    const laptop = await front.open();
    front.clock.advance(1_000);
    const second = await write(laptop.token, "Hello again");
    const state = await proven(laptop.token, "both@example.com");
    expect(state.conversation?.messages.map((each) => each.id)).toEqual([second.message.id]);
    front.clock.advance(1_000);
    const answer = { conversationId: first.message.conversationId, consented: true };
    const third = await write(laptop.token, "From the laptop", answer);
    expect(third.message.conversationId).toBe(first.message.conversationId);
    const opened = await front.open({ key: phone.key as string });
    expect(opened.conversation?.messages.map((each) => each.id)).toEqual([first.message.id, third.message.id]);
    const [one, two] = [await visitorOf(phone.token), await visitorOf(laptop.token)];
    expect(one.customerId).toBe(two.customerId);
    const ledger = await front.app.db.prisma.customerMerge.findMany({ where: { intoId: one.customerId as string } });
    expect(ledger).toMatchObject([{ evidence: "emailed-code", opens: true }]);
  });

  it("is the customer of Shopify's who has it, and their chats as signed in", async () => {
    const gid = await mirrorCustomer(front.app.db, shopId(), 9002, { email: "ada@example.com" });
    const signedIn = await front.open({}, { customer: 9002 });
    const { message } = await write(signedIn.token, "Signed in");
    const guest = await front.open();
    const state = await proven(guest.token, "ada@example.com");
    expect(state.conversation?.messages.map((each) => each.id)).toEqual([message.id]);
    expect((await visitorOf(guest.token)).customer?.shopifyCustomerId).toBe(gid);
  });

  it("stays closed to who only types it", async () => {
    const owner = await front.open();
    const { message } = await write(owner.token, "A secret");
    await proven(owner.token, "secret@example.com");
    const stranger = await front.open();
    const { state } = await write(stranger.token, "Hi", { email: "secret@example.com" });
    expect(state?.conversation?.messages.map((each) => each.id)).not.toContain(message.id);
    expect(state?.visitor).toMatchObject({ confirmed: false, canConfirm: true });
  });

  it("closes again thirty days later, and stays the person's", async () => {
    const phone = await front.open();
    const { message } = await write(phone.token, "Old chat");
    await proven(phone.token, "month@example.com");
    const laptop = await front.open();
    await proven(laptop.token, "month@example.com");
    const again = () => front.open({ key: laptop.key as string });
    front.clock.advance(29 * 86_400_000);
    expect((await again()).visitor.confirmed).toBe(true);
    const reached = { conversationId: message.conversationId, consented: true };
    await write((await again()).token, "Still me", reached);
    front.clock.advance(2 * 86_400_000);
    expect((await again()).visitor).toMatchObject({ confirmed: false, canConfirm: true });
    await expect(write((await again()).token, "And now?", reached)).rejects.toThrow(/conversation/);
  });

  it("of one Shopify customer never joins them with another who is signed in", async () => {
    await mirrorCustomer(front.app.db, shopId(), 9003, { email: "first@example.com" });
    const first = await front.open({}, { customer: 9003 });
    const { message } = await write(first.token, "The first one's");
    const second = await front.open({}, { customer: 9004 });
    const state = await proven(second.token, "first@example.com");
    expect(state.conversation?.messages.map((each) => each.id) ?? []).not.toContain(message.id);
    const [one, two] = [await visitorOf(first.token), await visitorOf(second.token)];
    expect(one.customer?.personId).not.toBe(two.customer?.personId);
  });

  it("is what a signed-in customer says is theirs, because another may sit there", async () => {
    const { token } = await front.open({}, { customer: 9005 });
    const state = await proven(token, "second.address@example.com");
    expect(state.visitor).toMatchObject({ signedIn: true, confirmed: false });
    const { customerId } = await visitorOf(token);
    const kinds = await front.app.db.prisma.identity.findMany({ where: { customerId: customerId as string } });
    expect(kinds.map((each) => `${each.kind} ${each.grade}`).sort()).toEqual([
      "email claimed",
      "shopify-customer signed-in",
    ]);
  });
});

describe("the texts", () => {
  const locales = new URL("../../extensions/storefront-chat/locales", import.meta.url).pathname;
  const files = readdirSync(locales).filter((name) => !name.includes("schema"));
  it("are there in each language of the chat", () => {
    expect(Object.keys(codeTexts).sort()).toEqual(files.map((name) => name.replace(/(\.default)?\.json$/, "")).sort());
    expect(JSON.parse(readFileSync(path(locales, "da.json"), "utf8"))).toBeTruthy();
  });
  it.each(Object.keys(codeTexts) as (keyof typeof codeTexts)[])("hold the code and the shop in %s", (language) => {
    const made = codeMail({ language, shop: "Northwind", code: "012345" });
    expect(made.subject).toContain("Northwind");
    expect(made.text).toContain("012345");
    expect(`${made.subject}${made.text}`).not.toMatch(/[{}]/);
  });
  it.each([
    ["da-DK", "da"],
    ["pt", "pt-BR"],
    ["pt-PT", "pt-BR"],
    ["PT-br", "pt-BR"],
    ["zh-CN", "en"],
    [null, "en"],
    ["", "en"],
  ])("for %s are %s", (locale, language) => {
    expect(codeLanguage(locale)).toBe(language);
  });
});

it("is not offered where no mail server is set", async () => {
  const { token } = await front.open();
  const opened: SessionAnswer = await front.open();
  expect(opened.visitor.canConfirm).toBe(true);
  const { env } = await import("~/env.server");
  const set = env() as { SMTP_URL?: string | undefined };
  const url = set.SMTP_URL;
  set.SMTP_URL = undefined;
  try {
    const response = await request(token, "mia@example.com");
    expect(response.status).toBe(503);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe("mail-not-set-up");
    expect((await front.open()).visitor.canConfirm).toBe(false);
  } finally {
    set.SMTP_URL = url;
  }
});
