import { beforeAll, expect, it } from "vitest";
import type { App } from "~/app.server";
import { newId } from "~/platform/ids";
import * as calls from "~/routes/admin.calls";
import * as contacts from "~/routes/admin.customers.contacts";
import * as deliveries from "~/routes/admin.inbox.deliveries";
import * as mail from "~/routes/admin.inbox.mail";
import * as split from "~/routes/admin.inbox.split";
import * as templates from "~/routes/admin.inbox.templates";
import * as channel from "~/routes/admin.settings.channels.one";
import * as raw from "~/routes/admin.settings.channels.raw";
import { sessionToken, signedIn, testApp } from "../support/app";
import { startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { mailAccount } from "../support/mail";

const domain = "asks-for-others.myshopify.com";
let app: App;
let headers: Record<string, string>;
let other: TestShop;
const of = { conversation: "", message: "", customer: "", endpoint: "", account: "", inbound: "", call: newId() };

/** A whole shop beside the one that asks. */
beforeAll(async () => {
  app = await testApp();
  await testShop(app.db, domain);
  await signedIn(app, domain);
  headers = { authorization: `Bearer ${await sessionToken({ shop: domain })}` };
  other = await testShop(app.db);
  const shopId = other.base.shop.id;
  of.conversation = (await startChat(other)).id;
  const at = other.clock.now();
  const message = await app.db.prisma.message.findFirstOrThrow({ where: { shopId } });
  const talk = await app.db.prisma.conversation.findFirstOrThrow({ where: { shopId } });
  Object.assign(of, { message: message.id, customer: talk.customerId, account: (await mailAccount(other)).id });
  of.endpoint = newId();
  await app.db.prisma.endpoint.create({
    data: {
      ...{ shopId, id: of.endpoint, accountId: of.account, customerId: of.customer },
      ...{ address: "a@b.example", createdAt: at },
    },
  });
  of.inbound = newId();
  await app.db.prisma.inbound.create({
    data: {
      ...{ shopId, id: of.inbound, accountId: of.account, receivedAt: at },
      ...{ body: Buffer.from("Subject: theirs\r\n\r\nsecret"), key: of.inbound, state: "aside" },
    } as never,
  });
});

type Handler = (args: never) => unknown;
type Asked = [string, Handler, () => object, (() => unknown)?];

const talk = () => ({ conversationId: of.conversation });
const sayOf = (act: string) => () => ({ act, messageId: of.message });
const account = (act: string, more: object = {}) => [
  `settings/channels ${act}`,
  channel.action,
  () => ({ kind: "email" }),
  () => ({ act, accountId: of.account, ...more }),
];
const contact = { kind: "visit", text: "Was here", outcome: "solved", place: null };

const asked = [
  ["mail", mail.loader, () => ({ ...talk(), messageId: of.message })],
  ["templates", templates.loader, () => ({ endpointId: of.endpoint })],
  ["deliveries again", deliveries.action, talk, sayOf("again")],
  ["deliveries arrived", deliveries.action, talk, sayOf("arrived")],
  ["deliveries unsend", deliveries.action, talk, sayOf("unsend")],
  ["split", split.action, talk, () => ({ ...sayOf("split")(), only: true, clientKey: newId() })],
  ["split undo", split.action, talk, () => ({ act: "undo" })],
  ["contacts", contacts.action, () => ({ customerId: of.customer }), () => ({ ...contact, clientKey: newId() })],
  ["calls decline", calls.action, () => ({}), () => ({ act: "decline", callId: of.call })],
  ["calls hang up", calls.action, () => ({}), () => ({ act: "hang-up", callId: of.call })],
  ["calls hold", calls.action, () => ({}), () => ({ act: "hold", callId: of.call, hold: true })],
  ["raw", raw.loader, () => ({ inboundId: of.inbound })],
  ...["test", "look", "pause", "resume", "disconnect", "read-again"].map((act) => account(act)),
  account("rename", { name: "Mine now" }),
] as Asked[];

/** All that the other shop holds, as far as these routes can change it. */
async function held(): Promise<string> {
  const where = { shopId: other.base.shop.id };
  const { prisma } = app.db;
  const all = await Promise.all([
    prisma.conversation.findMany({ where, orderBy: { id: "asc" } }),
    prisma.message.findMany({ where, orderBy: { id: "asc" } }),
    prisma.delivery.findMany({ where }),
    prisma.endpoint.findMany({ where }),
    prisma.channelAccount.findMany({ where }),
    prisma.event.count({ where }),
  ]);
  return JSON.stringify(all, (_key, value) => (typeof value === "bigint" ? String(value) : value));
}

it.each(asked)(
  "another shop's ids are unknown to %s, and nothing changes there",
  async (what, handler, params, body) => {
    const before = await held();
    const request = new Request("http://127.0.0.1:4403/", {
      headers: { ...headers, "content-type": "application/json" },
      ...(body ? { method: "POST", body: JSON.stringify(body()) } : {}),
    });
    const answer = (async () => handler({ request, params: params(), context: {} } as never) as Response)();
    const response = await answer.catch((thrown) => thrown as Response);
    // Nothing rings there for whoever asks: declining it is done, and does nothing.
    expect(response.status).toBe(what === "calls decline" ? 200 : 404);
    expect(await response.text()).not.toContain("secret");
    expect(await held()).toBe(before);
  },
);
