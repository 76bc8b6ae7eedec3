import { describe, expect, it } from "vitest";
import { signalOf } from "../../../extensions/storefront-pixel/src/signals";

type Event = Parameters<typeof signalOf>[0];

const stamp = { id: "e-1", timestamp: "2026-11-21T10:00:00.000Z", clientId: "c", seq: 1 };
const page = { document: { location: { pathname: "/collections/rain" } } };
const event = (name: string, data: object): Event => ({ ...stamp, name, data, context: page }) as unknown as Event;
const checkout = {
  token: "t0k",
  order: null,
  email: "a@example.com",
  phone: "+4512345678",
  billingAddress: { city: "X" },
};

describe("what a pixel's event tells the app", () => {
  it.each([
    [
      "a search",
      "search_submitted",
      { searchResult: { query: " rain jacket " } },
      { kind: "search", query: "rain jacket" },
    ],
    [
      "a collection",
      "collection_viewed",
      { collection: { title: "Rain", id: "1" } },
      { kind: "collection", title: "Rain", path: "/collections/rain" },
    ],
    [
      "a checkout begun",
      "checkout_started",
      { checkout },
      { kind: "checkout", step: "started", token: "t0k", order: null },
    ],
    [
      "a checkout done, with the order by its number",
      "checkout_completed",
      { checkout: { ...checkout, order: { id: "gid://shopify/OrderIdentity/450789469" } } },
      { kind: "checkout", step: "completed", token: "t0k", order: "450789469" },
    ],
  ])("%s", (_what, name, data, expected) => {
    expect(signalOf(event(name, data))).toEqual({ id: "e-1", at: stamp.timestamp, ...expected });
  });

  it("is nothing for a search of nothing", () => {
    expect(signalOf(event("search_submitted", { searchResult: { query: "  " } }))).toBeNull();
  });

  it("is never what a shopper typed into the checkout", () => {
    const told = JSON.stringify(signalOf(event("checkout_contact_info_submitted", { checkout })));
    expect(told).not.toMatch(/example\.com|4512345678|city/);
  });

  it("is cut to what the app takes", () => {
    const signal = signalOf(event("search_submitted", { searchResult: { query: "x".repeat(5_000) } }));
    expect(signal).toMatchObject({ query: "x".repeat(200) });
  });
});
