import { beforeAll, describe, expect, it } from "vitest";
import type { App } from "~/app.server";
import { newId } from "~/platform/ids";
import * as attachments from "~/routes/admin.inbox.attachments";
import * as conversation from "~/routes/admin.inbox.conversation";
import * as entries from "~/routes/admin.inbox.entries";
import * as settings from "~/routes/admin.settings";
import { settingsOf } from "~/settings/settings";
import { sessionToken, signedIn, testApp } from "../support/app";
import { conversationRow, say, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";

const domain = "admin-pages.myshopify.com";
let app: App;
let shop: TestShop;
let headers: Record<string, string>;

beforeAll(async () => {
  app = await testApp();
  shop = await testShop(app.db, domain);
  await signedIn(app, domain);
  headers = { authorization: `Bearer ${await sessionToken({ shop: domain })}` };
});

type Handler = (args: never) => unknown;

async function ask(handler: Handler, params: object, body?: unknown, path = "/"): Promise<Response> {
  const raw = body instanceof Uint8Array;
  const request = new Request(`http://127.0.0.1:4403${path}`, {
    headers: raw ? headers : { ...headers, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  try {
    return (await handler({ request, params, context: {} } as never)) as Response;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}

const json = async (response: Response) => ({ status: response.status, body: await response.json() });

describe("writing into a conversation", () => {
  it("keeps a reply once, however often it is sent under its key", async () => {
    const chat = await startChat(shop);
    const params = { conversationId: chat.id };
    const reply = { kind: "reply", text: "On its way", clientKey: newId(), attachmentIds: [], seenPosition: 1 };
    const first = await json(await ask(entries.action, params, reply));
    const again = await json(await ask(entries.action, params, reply));
    expect(first).toMatchObject({ status: 200, body: { message: { text: "On its way", author: "staff" } } });
    expect(again.body.message.id).toBe(first.body.message.id);
    expect(await app.db.prisma.message.count({ where: { conversationId: chat.id, author: "staff" } })).toBe(1);
  });

  it("holds a reply to what was not seen, and sends it once that was", async () => {
    const chat = await startChat(shop);
    const params = { conversationId: chat.id };
    const later = await say(chat.shopper, chat.id, "Wait, size M");
    const reply = { kind: "reply", text: "Reserved L", clientKey: newId(), attachmentIds: [], seenPosition: 1 };
    expect(await json(await ask(entries.action, params, reply))).toMatchObject({
      status: 409,
      body: { error: { code: "stale" } },
    });
    expect(await app.db.prisma.message.count({ where: { conversationId: chat.id, author: "staff" } })).toBe(0);
    const seen = { ...reply, seenPosition: later.position };
    expect((await ask(entries.action, params, seen)).status).toBe(200);
  });

  it.each([
    [{ kind: "reply", text: "  ", attachmentIds: [], seenPosition: 0 }, 422],
    [{ kind: "reply", text: "x".repeat(5_001), attachmentIds: [], seenPosition: 0 }, 422],
    [{ kind: "reply", text: "x", attachmentIds: [newId()], seenPosition: 1 }, 422],
    [{ kind: "reply", text: "x", attachmentIds: [], seenPosition: -1 }, 422],
    [{ kind: "shout", text: "x" }, 422],
    [{ kind: "note", text: "" }, 422],
  ])("refuses %o and leaves nothing behind", async (body, status) => {
    const chat = await startChat(shop);
    const before = await conversationRow(app.db, chat.shopper.shop.id, chat.id);
    const answered = await json(
      await ask(entries.action, { conversationId: chat.id }, { clientKey: newId(), ...body }),
    );
    expect(answered.status).toBe(status);
    expect(answered.body.error.fields.length).toBeGreaterThan(0);
    expect(await conversationRow(app.db, chat.shopper.shop.id, chat.id)).toEqual(before);
  });

  it("answers earlier entries, and 404 for a conversation that is not there", async () => {
    const chat = await startChat(shop, "the first");
    await say(chat.shopper, chat.id, "the second");
    const page = await json(await ask(entries.loader, { conversationId: chat.id }, undefined, "/?before=2"));
    expect(page.body.entries.map((one: { message: { text: string } }) => one.message.text)).toEqual(["the first"]);
    expect((await ask(entries.loader, { conversationId: newId() })).status).toBe(404);
    expect((await ask(entries.loader, { conversationId: "x" })).status).toBe(404);
  });
});

describe("doing something with a conversation", () => {
  it("assigns, snoozes, closes and opens again", async () => {
    const chat = await startChat(shop);
    const { id: shopId } = chat.shopper.shop;
    const params = { conversationId: chat.id };
    const marek = await shop.staff("Marek");
    const until = new Date(app.clock.now().getTime() + 86_400_000).toISOString();
    const steps: [object, object][] = [
      [
        { act: "assign", staffId: marek.actor.id },
        { assigneeId: marek.actor.id, status: "open" },
      ],
      [
        { act: "snooze", until },
        { status: "snoozed", snoozedUntil: new Date(until) },
      ],
      [{ act: "close" }, { status: "closed", waitingSince: null }],
      [{ act: "reopen" }, { status: "open", closedAt: null }],
      [{ act: "assign", staffId: null }, { assigneeId: null }],
    ];
    for (const [body, after] of steps) {
      expect((await ask(conversation.action, params, body)).status).toBe(200);
      expect(await conversationRow(app.db, shopId, chat.id)).toMatchObject(after);
    }
  });

  it.each([
    [{ act: "snooze", until: "2001-01-01T00:00:00.000Z" }],
    [{ act: "snooze", until: "tomorrow" }],
    [{ act: "assign", staffId: newId() }],
    [{ act: "delete" }],
  ])("refuses %o in words", async (body) => {
    const chat = await startChat(shop);
    const answered = await json(await ask(conversation.action, { conversationId: chat.id }, body));
    expect(answered.status).toBe(422);
    expect(answered.body.error.message).not.toBe("");
  });

  it("has no draft order of another conversation to send", async () => {
    const chat = await startChat(shop);
    const body = { act: "send-invoice", draftOrderId: newId(), clientKey: newId(), seenPosition: 1 };
    expect((await ask(conversation.action, { conversationId: chat.id }, body)).status).toBe(404);
  });

  it("reads everything its page needs", async () => {
    const chat = await startChat(shop, "Hello");
    const read = await conversation.loader({
      request: new Request("http://127.0.0.1:4403/", { headers }),
      params: { conversationId: chat.id },
      context: {} as never,
    });
    expect(read).toMatchObject({ conversation: { id: chat.id }, page: { entries: [{ position: 1 }] } });
    expect(read.cursor).toMatch(/^\d+\.\d+$/);
  });
});

describe("attaching", () => {
  const png = Uint8Array.from(
    Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    ),
  );

  it("keeps a picture for the one who uploads it", async () => {
    const answered = await json(await ask(attachments.action, {}, png, "/?name=a%2Fb.exe"));
    expect(answered).toMatchObject({ status: 200, body: { attachment: { mediaType: "image/png", width: 1 } } });
    expect(answered.body.attachment.name).not.toContain("/");
  });

  it("goes by the bytes, not by the name", async () => {
    const answered = await ask(attachments.action, {}, new TextEncoder().encode("<svg/>"), "/?name=x.png");
    expect(answered.status).toBe(415);
  });

  it("refuses what is too large before it is held", async () => {
    expect((await ask(attachments.action, {}, new Uint8Array(10 * 1024 * 1024 + 1), "/?name=x.png")).status).toBe(413);
  });
});

describe("settings", () => {
  const form = {
    ...{ privacyPolicyUrl: "", displayName: "", awayMessage: "", hoursText: "", continueDays: "7" },
    ...{ followUpByEmail: true, followUpAfterMinutes: "5", followUpGapMinutes: "10" },
  };

  it("are saved", async () => {
    const body = { ...form, displayName: "Northwind help", continueDays: "3" };
    expect((await ask(settings.action, {}, body)).status).toBe(200);
    expect(await settingsOf(shop.base)).toMatchObject({ displayName: "Northwind help", continueDays: 3 });
  });

  it("say at each field what is wrong, and save nothing then", async () => {
    const body = { ...form, displayName: "changed", privacyPolicyUrl: "javascript:alert(1)", continueDays: "many" };
    const answered = await json(await ask(settings.action, {}, body));
    expect(answered.status).toBe(422);
    expect(answered.body.error.fields.map((one: { field: string }) => one.field).sort()).toEqual([
      "continueDays",
      "privacyPolicyUrl",
    ]);
    expect((await settingsOf(shop.base)).displayName).not.toBe("changed");
  });
});
