import { beforeAll, expect, it } from "vitest";
import { Invalid } from "~/http/errors";
import { newId } from "~/platform/ids";
import { type Said, say } from "~/visitors/say";
import { type Storefront, testStorefront } from "../support/storefront";

let front: Storefront;
beforeAll(async () => {
  front = await testStorefront();
});

const about = { name: "Mia", email: "mia@example.com" };
const said = (more: Partial<Said> = {}): Said => ({
  text: "Hello",
  clientKey: newId(),
  attachmentIds: [],
  consented: false,
  ...about,
  ...more,
});

/** A new browser, and what the shop knows of it. */
async function browser() {
  const { token } = await front.open();
  const ctx = await front.shopper(token);
  const known = () =>
    front.app.db.prisma.visitor.findUniqueOrThrow({
      where: { shopId_id: { shopId: ctx.shop.id, id: ctx.actor.visitorId } },
      include: { customer: { include: { identities: true } }, conversations: { include: { messages: true } } },
    });
  return { ctx, known };
}

it.each([
  ["an empty message", { text: "  " }],
  ["a key that is none", { clientKey: "once" }],
  ["a file that is not theirs", { attachmentIds: ["0193f1c2-7f6e-7000-8000-000000000000"] }],
  ["an address that is none", { email: "mia" }],
])("keeps nothing of %s: no person, no claim, no consent, no chat", async (_what, wrong) => {
  const { ctx, known } = await browser();
  await expect(say(ctx, said(wrong))).rejects.toThrow(Invalid);
  expect(await known()).toMatchObject({ consentedAt: null, customer: null, conversations: [] });
});

it("keeps the message, the claim and the consent together, and once", async () => {
  const { ctx, known } = await browser();
  const message = said();
  const first = await say(ctx, message);
  expect(first.state?.visitor).toMatchObject({ name: "Mia", hasEmail: true, consented: true });
  const before = await known();
  expect(before).toMatchObject({ customer: { name: "Mia", identities: [{ value: "mia@example.com" }] } });
  expect(before.consentedAt).toEqual(before.conversations[0]?.messages[0]?.at);
  front.clock.advance(60_000);
  expect((await say(ctx, message)).message).toEqual(first.message);
  expect(await known()).toEqual(before);
});

it("keeps neither claim nor consent when the chat that was named is not theirs", async () => {
  const [one, other] = [await browser(), await browser()];
  const { message } = await say(one.ctx, said());
  await expect(say(other.ctx, said({ conversationId: message.conversationId }))).rejects.toThrow();
  expect(await other.known()).toMatchObject({ consentedAt: null, customer: null });
});

it("takes what is said later in a chat that goes on", async () => {
  const { ctx, known } = await browser();
  const { message } = await say(ctx, said({ name: "", email: "" }));
  const { conversationId } = message;
  await say(ctx, said({ conversationId, consented: true }));
  expect(await known()).toMatchObject({ customer: { name: "Mia" } });
  expect((await known()).conversations[0]?.messages.map((each) => each.position)).toEqual([1, 2]);
});
