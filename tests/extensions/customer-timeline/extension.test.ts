// @vitest-environment jsdom

import { readFileSync } from "node:fs";
import { getExtension } from "@shopify/ui-extensions-tester";
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RecordView } from "../../../extensions/customer-timeline/src/record";

const configSearchDir = "extensions/customer-timeline";
const gid = "gid://shopify/Customer/42";
const at = "2026-11-21T10:00:00.000Z";

const record = (more: Partial<RecordView> = {}): RecordView => ({
  shopifyCustomerId: gid,
  name: "Amalie",
  conversations: [
    {
      id: "c-1",
      channel: "chat",
      status: "open",
      lastMessageText: "Where is my parcel?",
      lastMessageFrom: "shopper",
      lastMessageAt: at,
      assigneeName: "Anna Berg",
    },
  ],
  openMatters: 1,
  waitingSince: at,
  satisfaction: 4.5,
  ratings: 2,
  reach: { possible: true, words: "It goes to the chat on your store." },
  timeZone: "Europe/Copenhagen",
  ...more,
});

const ok =
  (body: object, status = 200) =>
  async () =>
    new Response(JSON.stringify(body), { status });
const all = (selector: string) => [...document.body.querySelectorAll(selector)];
const textOf = (selector: string) => all(selector).map((one) => one.textContent);
const until = <Found>(look: () => Found) => vi.waitFor(look, { timeout: 2_000 });

/** The words of the extension itself, so that a key that has none is seen. */
const words = JSON.parse(readFileSync(`${configSearchDir}/locales/en.default.json`, "utf8")) as Record<string, unknown>;
function translate(key: string, options: Record<string, unknown> = {}): string {
  const found = key
    .split(".")
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], words);
  const plural = found as Record<string, string> | string | undefined;
  const text = typeof plural === "object" ? plural[options["count"] === 1 ? "one" : "other"] : plural;
  if (typeof text !== "string") throw new Error(`no words for ${key}`);
  return text.replace(/\{\{ (\w+) \}\}/g, (_all, name: string) => String(options[name]));
}

describe.each(["customer", "order"] as const)("the block on the page of a %s", (page) => {
  const extension = getExtension(`admin.${page}-details.block.render`, { configSearchDir });
  const id = page === "customer" ? gid : "gid://shopify/Order/7";
  beforeEach(() => {
    extension.setUp();
    extension.shopify.data.selected = [{ id }];
    extension.shopify.i18n.translate = translate as never;
  });
  afterEach(() => {
    // What Preact remembers of the page goes with the page, which here stays.
    render(null, document.body);
    extension.tearDown();
  });

  it("asks the app about that record and shows its conversations, with ways into the app", async () => {
    extension.fetch = vi.fn(ok(record()));
    await extension.render();
    await until(() => expect(textOf("s-link")).toEqual(["Where is my parcel?", "Open in Throughline"]));
    expect(extension.fetch).toHaveBeenCalledWith(`/record?${page}=${encodeURIComponent(id)}`);
    expect(all("s-link").map((one) => one.getAttribute("href"))).toEqual(["app:inbox/c-1", "app:customers/shopify/42"]);
    expect(textOf("s-badge").slice(0, 3)).toEqual([
      "1 open conversation",
      expect.stringContaining("Waiting since"),
      "Rated 4.5 of 5",
    ]);
    expect(textOf("s-text").join()).toContain("with Anna Berg");
  });

  it("says that there are none", async () => {
    extension.fetch = vi.fn(ok(record({ conversations: [], openMatters: 0, waitingSince: null, satisfaction: null })));
    await extension.render();
    await until(() => expect(textOf("s-text")).toContain("No conversations yet."));
  });

  it("says that it failed, and tries again when asked to", async () => {
    extension.fetch = vi.fn().mockRejectedValueOnce(new TypeError("Failed to fetch")).mockImplementation(ok(record()));
    await extension.render();
    await until(() => expect(textOf("s-banner")).toEqual(["The conversations could not be loaded."]));
    all("s-button")[0]?.dispatchEvent(new Event("click"));
    await until(() => expect(textOf("s-link")).toContain("Where is my parcel?"));
  });

  it("says that an order has no customer", async () => {
    extension.fetch = vi.fn(ok(record({ shopifyCustomerId: null, conversations: [] })));
    await extension.render();
    await until(() => expect(textOf("s-text")).toEqual(["This order has no customer."]));
    expect(all("s-link")).toEqual([]);
  });
});

describe("the action", () => {
  const extension = getExtension("admin.customer-details.action.render", { configSearchDir });
  beforeEach(() => {
    extension.setUp();
    extension.shopify.data.selected = [{ id: gid }];
    extension.shopify.i18n.translate = translate as never;
  });
  afterEach(() => {
    // What Preact remembers of the page goes with the page, which here stays.
    render(null, document.body);
    extension.tearDown();
  });

  const type = (text: string) => {
    const box = all("s-text-area")[0] as HTMLInputElement;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const button = (label: string) => all("s-button").find((one) => one.textContent === label);
  const press = (label: string) => button(label)?.dispatchEvent(new Event("click"));
  const ready = () => until(() => expect(button("Send")?.hasAttribute("disabled")).toBe(false));

  it("writes to them once, however often it is pressed, and leads to the conversation", async () => {
    const sent: { clientKey: string; text: string }[] = [];
    let refusals = 1;
    extension.fetch = vi.fn(async (_url: unknown, init?: RequestInit) => {
      if (!init) return new Response(JSON.stringify(record()));
      sent.push(JSON.parse(String(init.body)) as { clientKey: string; text: string });
      if (refusals-- > 0) throw new TypeError("Failed to fetch");
      return new Response(JSON.stringify({ conversationId: "c-9" }));
    }) as never;
    await extension.render();
    await until(() => expect(all("s-text-area")).toHaveLength(1));
    type("It is back in stock.");
    await ready();
    press("Send");
    await until(() => expect(all("s-text-area")[0]?.getAttribute("error")).toContain("was not sent"));
    press("Send");
    await until(() => expect(all("s-link")[0]?.getAttribute("href")).toBe("app:inbox/c-9"));
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ clientKey }) => clientKey)).size).toBe(1);
    expect(sent[0]?.text).toBe("It is back in stock.");
  });

  it("shows the app's own words when it refuses", async () => {
    extension.fetch = vi.fn(async (_url: unknown, init?: RequestInit) =>
      init
        ? new Response(JSON.stringify({ error: { fields: [{ field: "text", message: "Nothing reaches them." }] } }), {
            status: 422,
          })
        : new Response(JSON.stringify(record())),
    ) as never;
    await extension.render();
    await until(() => expect(all("s-text-area")).toHaveLength(1));
    type("Hello");
    await ready();
    press("Send");
    await until(() => expect(all("s-text-area")[0]?.getAttribute("error")).toBe("Nothing reaches them."));
  });

  it("offers no box when nothing can reach them, and says why", async () => {
    extension.fetch = vi.fn(ok(record({ reach: { possible: false, words: "They were never signed in." } })));
    await extension.render();
    await until(() => expect(textOf("s-banner")).toEqual(["They were never signed in."]));
    expect(all("s-text-area")).toEqual([]);
    const close = vi.spyOn(extension.shopify, "close");
    press("Close");
    expect(close).toHaveBeenCalled();
  });
});
