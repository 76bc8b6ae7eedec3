import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { reply } from "~/conversations/reply";
import { staffSeen } from "~/conversations/seen";
import { limit, resetLimits } from "~/http/limits";
import { newId } from "~/platform/ids";
import type { AttachmentView, MessageView } from "~/realtime/frames";
import { loader as file } from "~/routes/files.$id";
import { action as session } from "~/routes/proxy.session";
import { action as attachments } from "~/routes/storefront.attachments";
import { action as cart } from "~/routes/storefront.cart";
import { action as contact } from "~/routes/storefront.contact";
import { action as journey } from "~/routes/storefront.journey";
import { action as messages } from "~/routes/storefront.messages";
import { action as receipts } from "~/routes/storefront.receipts";
import { action as signals } from "~/routes/storefront.signals";
import { loader as state } from "~/routes/storefront.state";
import type { StateAnswer } from "~/visitors/answers";
import { post, type Storefront, testStorefront } from "../support/storefront";

let front: Storefront;
let token: string;
beforeAll(async () => {
  front = await testStorefront();
});
beforeEach(async () => {
  resetLimits();
  token = (await front.open()).token;
});

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const message = (more = {}) => ({ clientKey: newId(), text: "Is it in stock?", attachmentIds: [], ...more });
const say = async (body: object, as = token) => front.ask(messages, "/storefront/messages", as, post(body));
const said = async (body: object, as = token) =>
  (await (await say(body, as)).json()) as { message: MessageView; state: StateAnswer };
const read = async (query = "", as = token) =>
  (await (await front.ask(state, `/storefront/state${query}`, as)).json()) as StateAnswer;
const attach = async (content: BodyInit, name = "jacket.png", as = token, headers = {}) =>
  front.ask(attachments, `/storefront/attachments?name=${encodeURIComponent(name)}`, as, {
    method: "POST",
    body: content,
    headers,
  });
const staffReply = async (staff: Context<StaffActor>, conversationId: string, text: string, seenPosition: number) =>
  reply(staff, { conversationId, text, clientKey: newId(), attachmentIds: [], seenPosition });

const doors = [
  ["messages", messages, "POST"],
  ["receipts", receipts, "POST"],
  ["attachments", attachments, "POST"],
  ["contact", contact, "POST"],
  ["signals", signals, "POST"],
  ["cart", cart, "POST"],
  ["journey", journey, "POST"],
  ["state", state, "GET"],
] as const;

describe.each(doors)("the door %s", (name, door, method) => {
  const path = `/storefront/${name}`;
  const init = method === "POST" ? post({}) : {};

  it("answers the browser's question beforehand, for any origin and without cookies", async () => {
    const response = await front.ask(door, path, null, { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://northwind.example");
    expect(response.headers.get("access-control-allow-headers")).toContain("Authorization");
    expect(response.headers.get("access-control-allow-methods")).toBe(method);
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
  });

  it.each([
    ["none", () => null],
    ["nonsense", () => "a.b.c"],
    ["a changed one", () => `${token.slice(0, -2)}xx`],
  ])("refuses a token that is %s, in words that the page may read", async (_name, made) => {
    const response = await front.ask(door, path, made(), init);
    expect(response.status).toBe(401);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://northwind.example");
    expect(await response.json()).toMatchObject({ error: { code: "unproven" } });
  });

  it("refuses a token whose time is over", async () => {
    const { token: old } = await front.open();
    front.clock.advance(15 * 60_000 + 1_000);
    expect((await front.ask(door, path, old, init)).status).toBe(401);
  });

  it("refuses other methods", async () => {
    const response = await front.ask(door, path, token, { method: method === "GET" ? "POST" : "PUT", body: "{}" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe(method);
  });
});

describe("the session door", () => {
  const ask = (url: string, init: RequestInit = post({})) => front.openRaw(new Request(url, init));

  it("refuses what Shopify did not sign", async () => {
    const url = new URL(front.signed({ logged_in_customer_id: "1" }));
    url.searchParams.set("logged_in_customer_id", "2");
    expect((await ask(String(url))).status).toBe(401);
    expect((await ask("http://app.test/proxy/session")).status).toBe(401);
  });

  it("refuses a shop that has not installed the app", async () => {
    expect((await ask(front.signed({ shop: "stranger.myshopify.com" }))).status).toBe(400);
  });

  it.each([
    ["what is no JSON", { method: "POST", body: "{" }, 400],
    ["a body that is too large", { method: "POST", body: JSON.stringify({ key: "x".repeat(9_000) }) }, 413],
    ["a wrong field", post({ tracking: "yes" }), 422],
    ["GET", { method: "GET" }, 405],
  ])("refuses %s", async (_name, init, status) => {
    expect((await ask(front.signed(), init)).status).toBe(status);
  });

  it("asks a shopper who opens too many to wait, by the address that Shopify saw", async () => {
    const headers = { "X-Forwarded-For": "10.0.0.1, 198.51.100.4" };
    const open = () =>
      session({
        request: new Request(front.signed(), { ...post({}), headers }),
        params: {},
        context: { address: "127.0.0.1", requestId: "t" },
      } as never);
    const answers = [];
    for (let count = 0; count < 61; count += 1) answers.push((await open()).status);
    expect(answers.slice(0, 60)).toEqual(Array(60).fill(200));
    expect(answers[60]).toBe(429);
    const other = await front.openRaw(new Request(front.signed(), post({})));
    expect(other.status).toBe(200);
  }, 40_000);
});

describe("a flood of new browsers", () => {
  it("keeps new ones out, and nobody from the chat that they are in", async () => {
    const { key } = await front.open();
    for (let count = 0; count < 30_000; count += 1) {
      await limit({ "session-new:shop": front.shop.base.shop.id }).catch(() => undefined);
    }
    const enter = async (body: object) => (await front.openRaw(new Request(front.signed(), post(body)))).status;
    expect(await enter({})).toBe(429);
    expect(await enter({ key: "A".repeat(43) })).toBe(429);
    expect(await enter({ key })).toBe(200);
  });
});

describe("writing", () => {
  it("opens a chat with the first message and answers with both", async () => {
    const { message: kept, state: now } = await said(message());
    expect(kept).toMatchObject({ author: "shopper", text: "Is it in stock?" });
    expect(now.conversation).toMatchObject({ id: kept.conversationId, status: "open" });
    expect(now.conversation?.messages.map((each) => each.id)).toEqual([kept.id]);
    expect(now.visitor.consented).toBe(true);
  });

  it("keeps a message once, however often and at once it comes, also the first", async () => {
    const body = message();
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => said(body)));
    expect(new Set(all.map((each) => each.message.id)).size).toBe(1);
    expect((await read()).conversation?.messages).toHaveLength(1);
  });

  it.each([
    ["an empty text", { text: " \n " }, 422],
    ["a text that is too long", { text: "x".repeat(5_001) }, 422],
    ["a text that is far too long", { text: "x".repeat(100_000) }, 413],
    ["a key that is no UUID", { clientKey: "1" }, 422],
    ["an unknown attachment", { attachmentIds: [newId()] }, 422],
    ["a wrong address", { email: "nobody" }, 422],
    ["an unknown chat", { conversationId: newId() }, 404],
    ["an id that is none", { conversationId: "' OR 1=1" }, 404],
  ])("refuses %s and leaves nothing half done", async (_name, wrong, status) => {
    const response = await say(message(wrong));
    expect(response.status).toBe(status);
    expect((await read()).conversation?.messages ?? []).toEqual([]);
  });

  it("keeps markup as the words it is, without control characters", async () => {
    const { message: kept } = await said(message({ text: "<img src=x onerror=alert(1)>\u0000\u202E!" }));
    expect(kept.text).toBe("<img src=x onerror=alert(1)>!");
  });

  it("cannot reach another visitor's chat", async () => {
    const other = await front.open();
    const { message: kept } = await said(message(), other.token);
    expect((await say(message({ conversationId: kept.conversationId }))).status).toBe(404);
    expect((await front.ask(state, `/storefront/state?conversation=${kept.conversationId}`, token)).status).toBe(404);
    const receipt = { conversationId: kept.conversationId, position: 1, what: "seen" };
    expect((await front.ask(receipts, "/storefront/receipts", token, post(receipt))).status).toBe(404);
  });

  it("cannot reach another shop's chat", async () => {
    const there = await front.open({}, { shop: front.other });
    const { message: kept } = await said(message(), there.token);
    expect((await say(message({ conversationId: kept.conversationId }))).status).toBe(404);
  });

  it("asks one who writes too fast to wait, and says for how long", async () => {
    const answers = [];
    for (let count = 0; count < 32; count += 1) answers.push(await say(message()));
    const refused = answers.find((each) => each.status === 429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused?.headers.get("access-control-expose-headers")).toContain("Retry-After");
    expect(answers.filter((each) => each.status === 200)).toHaveLength(30);
  });
});

describe("reading", () => {
  it("gives what came after a place, what stood before one, and how far each side has seen", async () => {
    const staff = await front.shop.staff();
    const first = await said(message({ text: "one" }));
    const { conversationId } = first.message;
    const answer = await staffReply(staff, conversationId, "two", first.message.position);
    await staffSeen(staff, { conversationId, position: answer.position });
    const third = await said(message({ text: "three", conversationId }));
    const texts = (from: StateAnswer) => from.conversation?.messages.map((each) => each.text);
    expect(texts(await read())).toEqual(["one", "two", "three"]);
    expect(texts(await read(`?after=${first.message.position}`))).toEqual(["two", "three"]);
    expect(texts(await read(`?before=${third.message.position}`))).toEqual(["one", "two"]);
    expect(texts(await read("?after=-1"))).toEqual(["one", "two", "three"]);
    await front.ask(
      receipts,
      "/storefront/receipts",
      token,
      post({ conversationId, position: answer.position, what: "seen" }),
    );
    expect((await read()).conversation).toMatchObject({ shopperSeen: answer.position, staffSeen: answer.position });
  });

  it("gives the newest thirty and says that there are older ones", async () => {
    const { message: first } = await said(message({ text: "0" }));
    for (let count = 1; count <= 30; count += 1) {
      if (count % 25 === 0) resetLimits();
      await said(message({ text: String(count), conversationId: first.conversationId }));
    }
    const now = (await read()).conversation;
    expect(now?.messages).toHaveLength(30);
    expect(now?.older).toBe(true);
    const before = (await read(`?before=${now?.messages[0]?.position}`)).conversation;
    expect(before?.messages.map((each) => each.text)).toEqual(["0"]);
    expect(before?.older).toBe(false);
  }, 30_000);

  it("never tells staff's notes, ids or other customers", async () => {
    const staff = await front.shop.staff("Anna Berg");
    const { message: kept } = await said(message());
    await staffReply(staff, kept.conversationId, "Yes", kept.position);
    const text = JSON.stringify(await read());
    expect(text).toContain("Anna Berg");
    expect(text).not.toContain(staff.actor.id);
    expect(text).not.toContain("note");
  });

  it("does not tell a guest what the shop knows of the person", async () => {
    const { message: kept } = await said(message({ name: "Mia" }));
    expect((await read()).visitor).toMatchObject({ name: "Mia", hasEmail: false });
    const conversation = await front.app.db.prisma.conversation.findFirstOrThrow({
      where: { id: kept.conversationId },
    });
    await front.app.db.prisma.customer.updateMany({
      where: { id: conversation.customerId },
      data: { shopifyCustomerId: "gid://shopify/Customer/9001", name: "Mia Real", email: "real@example.com" },
    });
    const { visitor } = await read();
    expect(visitor).toMatchObject({ name: null, hasEmail: true });
    expect(JSON.stringify(visitor)).not.toContain("real");
  });
});

describe("files", () => {
  it("are kept by their bytes, sent with a message, and shown to those who may see them", async () => {
    const response = await attach(png, "my jacket.html");
    expect(response.status).toBe(200);
    const kept = (await response.json()) as AttachmentView;
    expect(kept).toMatchObject({
      name: "my jacket.png",
      mediaType: "image/png",
      width: 1,
      height: 1,
      size: png.length,
    });
    const { message: sent } = await said(message({ text: "", attachmentIds: [kept.id] }));
    expect(sent.attachments).toMatchObject([{ id: kept.id }]);

    const shown = await front.ask(file, `/files/${kept.id}`, token, {}, { id: kept.id });
    expect(shown.status).toBe(200);
    expect(Buffer.from(await shown.arrayBuffer()).equals(png)).toBe(true);
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(shown.headers.get("content-security-policy")).toContain("sandbox");
    expect(shown.headers.get("x-content-type-options")).toBe("nosniff");

    const stranger = await front.open();
    expect((await front.ask(file, `/files/${kept.id}`, stranger.token, {}, { id: kept.id })).status).toBe(404);
    const elsewhere = await front.open({}, { shop: front.other });
    expect((await front.ask(file, `/files/${kept.id}`, elsewhere.token, {}, { id: kept.id })).status).toBe(404);
    expect((await front.ask(file, `/files/${kept.id}`, null, {}, { id: kept.id })).status).toBe(401);
    expect((await front.ask(file, "/files/x", token, {}, { id: "x" })).status).toBe(404);
  });

  it("cannot be taken from another visitor", async () => {
    const kept = (await (await attach(png)).json()) as AttachmentView;
    const stranger = await front.open();
    expect((await say(message({ attachmentIds: [kept.id] }), stranger.token)).status).toBe(422);
  });

  it.each([
    ["a page", "<html><script>alert(1)</script></html>", 415],
    ["nothing", "", 422],
  ])("refuses %s called a picture", async (_name, content, status) => {
    expect((await attach(content)).status).toBe(status);
  });

  it("refuses 25 MB by what it says of itself, before reading any of it", async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(64 * 1024));
        },
      },
      { highWaterMark: 0 },
    );
    const response = await front.ask(attachments, "/storefront/attachments?name=a.png", token, {
      method: "POST",
      body,
      headers: { "Content-Length": String(25 * 1024 * 1024) },
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { message: "Files can have up to 10 MB." } });
    expect(pulled).toBe(0);
  });

  it("stops at the first byte too many when nothing says how much comes", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          sent += 1024 * 1024;
          controller.enqueue(new Uint8Array(1024 * 1024));
        },
      },
      { highWaterMark: 0 },
    );
    const init = { method: "POST", body, duplex: "half" } as RequestInit;
    const response = await front.ask(attachments, "/storefront/attachments?name=a.png", token, init);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThanOrEqual(12 * 1024 * 1024);
  });
});

describe("the cart's door", () => {
  const item = {
    key: "1:k",
    variant_id: 1,
    product_id: 2,
    product_title: "Field Jacket",
    variant_title: "Olive / L",
    sku: "NW-1",
    image: "https://cdn.shopify.com/a.png",
    url: "/products/field-jacket",
    quantity: 2,
    original_price: 21_900,
    final_line_price: 40_000,
    properties: { Engraving: "M", _hidden: "1", empty: "" },
  };
  const body = (more = {}, of = {}) => ({
    at: front.clock.now().getTime(),
    cart: {
      token: "abc?key=secret",
      currency: "EUR",
      total_price: 40_000,
      note: "",
      discount_codes: [
        { code: "SAVE", applicable: true },
        { code: "OLD", applicable: false },
      ],
      items: [item],
      ...of,
    },
    ...more,
  });
  const tell = (given: object) => front.ask(cart, "/storefront/cart", token, post(given));

  it("keeps the cart in our words, without the secret half of its token", async () => {
    const response = await tell(body());
    expect(response.status).toBe(200);
    const { cartId } = (await response.json()) as { cartId: string };
    const kept = await front.app.db.prisma.cart.findFirstOrThrow({ where: { id: cartId } });
    expect(kept).toMatchObject({
      token: "abc",
      currency: "EUR",
      total: 40_000,
      itemCount: 2,
      discountCodes: ["SAVE"],
      lines: [
        {
          variantId: "gid://shopify/ProductVariant/1",
          price: 21_900,
          lineTotal: 40_000,
          properties: { Engraving: "M", _hidden: "1" },
        },
      ],
    });
    expect(JSON.stringify(kept)).not.toContain("secret");
  });

  it("takes control characters out of every text", async () => {
    const bad = "a\u0000b\u202Ec\ud800";
    const clean = "a b c\ufffd";
    const words = { product_title: bad, variant_title: bad, sku: bad, key: bad, properties: { [bad]: bad } };
    const codes = [{ code: bad, applicable: true }];
    const kept = await tell(
      body({}, { token: `odd${bad}`, note: bad, discount_codes: codes, items: [{ ...item, ...words }] }),
    );
    expect(kept.status).toBe(200);
    const { cartId } = (await kept.json()) as { cartId: string };
    const row = await front.app.db.prisma.cart.findFirstOrThrow({ where: { id: cartId } });
    expect(row).toMatchObject({
      discountCodes: [clean],
      lines: [{ title: clean, variantTitle: clean, sku: clean, properties: { [clean]: clean } }],
    });
    expect(JSON.stringify(row)).not.toContain("\\u0000");
  });

  it("counts yen in yen", async () => {
    const response = await tell(body({}, { token: "yen", currency: "JPY", total_price: 100_000 }));
    const { cartId } = (await response.json()) as { cartId: string };
    const kept = await front.app.db.prisma.cart.findFirstOrThrow({ where: { id: cartId } });
    expect(kept).toMatchObject({ currency: "JPY", total: 1_000 });
  });

  it("takes no address that could run in the admin", async () => {
    const response = await tell(
      body({}, { token: "evil", items: [{ ...item, image: "https://evil.example/a.png", url: "data:x" }] }),
    );
    const { cartId } = (await response.json()) as { cartId: string };
    const kept = await front.app.db.prisma.cart.findFirstOrThrow({ where: { id: cartId } });
    expect(kept.lines).toMatchObject([{ image: null, url: null }]);
  });

  it.each([
    ["no cart", { cart: undefined }, {}],
    ["a currency that is none", {}, { currency: "euro" }],
    ["half a unit", {}, { items: [{ ...item, quantity: 1.5 }] }],
    ["no units", {}, { items: [{ ...item, quantity: 0 }] }],
    ["a variant that is no number", {}, { items: [{ ...item, variant_id: "1" }] }],
    ["a total that is no number", {}, { total_price: "40" }],
    ["a thousand lines", {}, { items: Array(1_000).fill(item) }],
    ["no time", { at: "now" }, {}],
  ])("refuses %s", async (_name, more, of) => {
    expect((await tell(body(more, of))).status).toBe(422);
  });
});

describe("signals", () => {
  const signal = (given: object) => front.ask(signals, "/storefront/signals", token, post(given));
  const views = async () => {
    const { actor } = await front.shopper(token);
    return front.app.db.prisma.pageView.findMany({ where: { visitorId: actor.visitorId }, orderBy: { id: "asc" } });
  };

  it("takes a title with control characters", async () => {
    const page = { url: "/\u0000x?y", title: "A\u0000B\ud800" };
    expect((await signal({ tracking: true, page })).status).toBe(200);
    expect(await views()).toMatchObject([{ path: "/%00x", title: "A B\ufffd" }]);
    expect((await front.open({ locale: "en\u0000", tracking: true, page })).token).toBeTruthy();
  });

  it("notes a page with permission, and nothing without", async () => {
    await signal({ tracking: true, page: { url: "/collections/all?utm=1#x", title: "All" } });
    await signal({ tracking: false, page: { url: "/products/secret", title: "Secret" } });
    expect((await views()).map((each) => each.path)).toEqual(["/collections/all"]);
    const { actor } = await front.shopper(token);
    const visitor = await front.app.db.prisma.visitor.findFirstOrThrow({ where: { id: actor.visitorId } });
    expect(visitor).toMatchObject({ trackingAllowed: false, pageUrl: null, pageTitle: null });
  });
});

describe("the contact door", () => {
  const give = (email: string) => front.ask(contact, "/storefront/contact", token, post({ email }));

  it("keeps an address as a claim, and says what is wrong with another", async () => {
    expect((await give("mia@example.com")).status).toBe(200);
    expect((await read()).visitor.hasEmail).toBe(true);
    for (const wrong of ["mia", "mia@", "@example.com", "a b@example.com", "mia@example.com>", "mia@example"]) {
      expect((await give(wrong)).status, wrong).toBe(422);
    }
  });
});
