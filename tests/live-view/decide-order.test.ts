import { describe, expect, it } from "vitest";
import { held, inOrder, passes } from "~/live-view/decide-order";
import { type LiveCart, noFilter } from "~/live-view/live-cart";

const shopper = (changes: Partial<NonNullable<LiveCart["shopper"]>> = {}): LiveCart["shopper"] => ({
  visitorId: "v",
  here: true,
  since: "2026-11-21T11:50:00Z",
  lastSeenAt: "2026-11-21T12:00:00Z",
  visits: 1,
  countryCode: null,
  page: null,
  name: null,
  email: null,
  identified: false,
  ...changes,
});

const cart = (id: string, changes: Partial<LiveCart> = {}): LiveCart => ({
  id,
  currency: "EUR",
  total: 100,
  itemCount: 1,
  lines: [
    {
      key: "1",
      title: "Field Jacket",
      variantTitle: "Olive / M",
      image: null,
      quantity: 1,
      price: 100,
      lineTotal: 100,
    },
  ],
  discountCodes: [],
  changedAt: "2026-11-21T12:00:00Z",
  createdAt: "2026-11-21T11:00:00Z",
  checkoutAt: null,
  shopper: shopper(),
  conversation: null,
  draftOrder: null,
  ...changes,
});

const ids = (carts: LiveCart[]) => carts.map(({ id }) => id).join("");

describe("order", () => {
  it("is by last change, by value, by time on the site", () => {
    const a = cart("a", {
      total: 1,
      changedAt: "2026-11-21T12:03:00Z",
      shopper: shopper({ since: "2026-11-21T11:59:00Z" }),
    });
    const b = cart("b", {
      total: 3,
      changedAt: "2026-11-21T12:01:00Z",
      shopper: shopper({ since: "2026-11-21T11:00:00Z" }),
    });
    const c = cart("c", {
      total: 2,
      changedAt: "2026-11-21T12:02:00Z",
      shopper: shopper({ here: false, since: "2026-11-21T01:00:00Z" }),
    });
    const d = cart("d", { total: 0, changedAt: "2026-11-21T12:00:00Z", shopper: null });
    const all = [d, c, b, a];
    expect(ids(inOrder(all, "changed"))).toBe("acbd");
    expect(ids(inOrder(all, "value"))).toBe("bcad");
    // Those who left stand after all who are here.
    expect(ids(inOrder(all, "time"))).toBe("bacd");
  });

  it("of equal ones is always the same", () => {
    expect(ids(inOrder([cart("b"), cart("a")], "value"))).toBe("ab");
  });

  it("stands still while someone works in the list: what is there stays, new ones come below, gone ones go", () => {
    expect(ids(held(["c", "a", "x"], [cart("n"), cart("a"), cart("c")]))).toBe("can");
  });
});

describe("filters", () => {
  it.each<[string, Partial<typeof noFilter>, Partial<LiveCart>, boolean]>([
    ["none", {}, {}, true],
    ["with chat", { chat: "with" }, {}, false],
    ["with chat", { chat: "with" }, { conversation: { id: "c", status: "open" } }, true],
    ["without chat", { chat: "without" }, { conversation: { id: "c", status: "open" } }, false],
    ["signed in only", { identifiedOnly: true }, { shopper: shopper({ name: "Sam" }) }, false],
    ["signed in only", { identifiedOnly: true }, { shopper: shopper({ identified: true }) }, true],
    ["signed in only, a cart of nobody", { identifiedOnly: true }, { shopper: null }, false],
    ["value from", { valueFrom: 100 }, { total: 100 }, true],
    ["value from", { valueFrom: 101 }, { total: 100 }, false],
    ["a word of a product", { search: "olive jacket" }, {}, true],
    ["a word of a name", { search: "SAM" }, { shopper: shopper({ name: "Sam Lee" }) }, true],
    [
      "a word of a page",
      { search: "boots" },
      { shopper: shopper({ page: { path: "/products/boots", title: null } }) },
      true,
    ],
    ["a word that is nowhere", { search: "jacket teapot" }, {}, false],
  ])("%s", (_what, filter, changes, passed) => {
    expect(passes(cart("a", changes), { ...noFilter, ...filter })).toBe(passed);
  });
});
