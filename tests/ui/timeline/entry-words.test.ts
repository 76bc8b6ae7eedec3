import { describe, expect, it } from "vitest";
import { entryKinds } from "~/timeline/catalogue";
import type { EntryView } from "~/timeline/entry-view";
import { entryIcons } from "~/ui/timeline/entry-icon";
import { entryWords, type Reader } from "~/ui/timeline/entry-words";
import { runWords } from "~/ui/timeline/run-row";
import { pathOf } from "~/ui/timeline/use-timeline";

const reader: Reader = {
  me: "me",
  locale: "en",
  timeZone: "UTC",
  shop: { domain: "northwind.myshopify.com", name: "Northwind Outfitters" },
};
const order = "gid://shopify/Order/12";
const said = (entry: object, who: Reader = reader) => {
  const view = { id: "1", at: "2026-11-21T10:00:00.000Z", ref: null, data: {}, ...entry } as EntryView;
  const { sentence, link } = entryWords(view, who);
  return [sentence.map((piece) => (typeof piece === "string" ? piece : piece.name)).join(""), link?.url ?? null];
};

/** All that any kind can hold, so that each says something. */
const anything = {
  path: "/",
  title: "T",
  query: "Q",
  channel: "chat",
  score: 4,
  outcome: "solved",
  until: "2026-11-22T09:00:00Z",
  because: "staff",
  total: 1999,
  currency: "EUR",
  itemCount: 2,
  titles: ["Scarf"],
  step: "paid",
  name: "#1",
  orderId: order,
  orderName: "#1",
  reason: null,
  status: "in_transit",
  carrier: null,
  gateway: null,
  returnName: "#1-R1",
  how: "closed",
  requested: true,
  by: "e-mail",
  grade: "claimed",
  identity: "email",
  evidence: "staff",
  relation: "household",
  purpose: "marketing",
  source: "staff",
  toStaffId: null,
};

describe("the words of an entry", () => {
  it("are there for every kind, with a picture and no hole", () => {
    for (const kind of entryKinds) {
      const data = kind === "checkout.step" ? { step: "contact" } : anything;
      const [words] = said({ kind, data });
      expect(words, kind).toMatch(/^[A-Z€0-9]/);
      expect(words, kind).not.toMatch(/undefined|null|NaN|\[object/);
      expect(entryIcons[kind], kind).toBeTruthy();
    }
  });

  it("say who of the team did it: you, a colleague by name, or one who is gone", () => {
    const note = { kind: "note.added", ref: "c1" };
    expect(said({ ...note, data: { staffId: "me" } })).toEqual(["You added a note", "/inbox/c1"]);
    expect(said({ ...note, data: { staffId: "x" }, staffName: "Anna" })[0]).toBe("Anna added a note");
    expect(said({ ...note, data: { staffId: "x" } })[0]).toBe("Someone no longer on the team added a note");
    expect(said({ kind: "message.sent", data: {} })[0]).toBe("Throughline answered by itself");
    expect(said({ kind: "message.received", data: { channel: "instagram" } })[0]).toBe("Customer wrote on Instagram");
    expect(said({ kind: "message.sent", data: { staffId: "me", channel: "email" } })[0]).toBe("You replied by email");
    const given = { kind: "conversation.assigned", data: { staffId: "x", toStaffId: "me" }, staffName: "Anna" };
    expect(said(given)[0]).toBe("Anna assigned the conversation to you");
  });

  it("lead to what they are about, and nowhere from where one is", () => {
    expect(said({ kind: "message.received", ref: "c1" }, { ...reader, conversationId: "c1" })).toEqual([
      "Customer wrote",
      null,
    ]);
    expect(said({ kind: "order.placed", ref: order, data: { ...anything, name: "#1042" } })).toEqual([
      "Placed order #1042 for €19.99",
      "shopify://admin/orders/12",
    ]);
    expect(
      said({
        kind: "fulfillment.step",
        ref: "gid://shopify/FulfillmentEvent/1",
        data: { name: "#1", orderId: order, status: "out_for_delivery" },
      }),
    ).toEqual(["Out for delivery: order #1", "shopify://admin/orders/12"]);
    expect(said({ kind: "draft-order.created", ref: "gid://shopify/DraftOrder/3", data: anything })[1]).toBe(
      "shopify://admin/draft_orders/3",
    );
    expect(said({ kind: "draft-order.created", ref: "0d1", data: anything })[1]).toBe("/draft-orders/0d1");
    // An address that is no path of the shop is shown and not followed.
    expect(said({ kind: "page.viewed", data: { path: "x:.evil.example", title: null } })).toEqual([
      "Viewed x:.evil.example",
      null,
    ]);
  });

  it("leave out the shop's own name at the end of a page's title", () => {
    const title = (text: string | null) =>
      said({ kind: "page.viewed", data: { path: "/products/lamp", title: text } })[0];
    expect(title("Lamp – Northwind Outfitters")).toBe("Viewed Lamp");
    expect(title("Northwind Outfitters")).toBe("Viewed Northwind Outfitters");
    expect(title(null)).toBe("Viewed /products/lamp");
  });

  it("count what a folded line holds", () => {
    expect(runWords({ views: 12, cartChanges: 0 })).toBe("12 page views");
    expect(runWords({ views: 1, cartChanges: 2 })).toBe("1 page view, 2 cart changes");
  });
});

it("asks for the story up to the end of a day in the shop's time zone", () => {
  const path = pathOf("c1", { groups: ["orders", "notes"], search: "a b", day: "2026-11-20" }, "Europe/Copenhagen");
  const query = new URL(path, "https://x").searchParams;
  expect(Object.fromEntries(query)).toEqual({
    zone: "Europe/Copenhagen",
    groups: "orders,notes",
    search: "a b",
    at: "2026-11-20T22:59:59.999Z",
  });
});
