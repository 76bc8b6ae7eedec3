import "./app";
import { z } from "zod";
import { type ChannelAdapter, type Inbound, type Part, type Sent, Unreadable } from "~/channels/channel";
import { keepInbound } from "~/channels/keep";
import { readInbound } from "~/channels/receive";
import { adapters } from "~/channels/registry";
import type { Context } from "~/context";
import { newId } from "~/platform/ids";
import type { TestShop } from "./context";

/** What the far end does with the next parts it is given. */
export type FarEnd = (part: Part) => Promise<Sent>;

/**
 * A channel without a provider, for the way in and the way out alone: what comes in is already what an adapter would read,
 * as JSON, and what goes out goes to a function of the test's. Stands in place of SMS in this test file.
 */
export function plainChannel(): {
  sent: Part[];
  /** Set by a test: throws what an adapter may throw. */
  far: { answer: FarEnd; find: NonNullable<ChannelAdapter["find"]> | null; rule: ChannelAdapter["rule"] };
} {
  const sent: Part[] = [];
  const far = {
    answer: async (part: Part): Promise<Sent> => ({ externalId: `sent-${part.key}`, state: "sent" }),
    find: null as NonNullable<ChannelAdapter["find"]> | null,
    rule: (() => ({ open: true, until: null, words: "Any time." })) as ChannelAdapter["rule"],
  };
  const adapter: ChannelAdapter = {
    kind: "sms",
    abilities: {
      textLimit: 1_600,
      files: { "image/*": 5_000_000 },
      filesPerMessage: 10,
      receipts: "read",
      typing: false,
      templates: false,
      together: false,
    },
    settings: z.record(z.string(), z.unknown()),
    credentials: z.record(z.string(), z.string()),
    fields: [],
    identify: () => Promise.reject(new Error("not connected in tests")),
    async read(raw) {
      const text = raw.body.toString();
      if (!text.startsWith("[")) throw new Unreadable("This is not JSON.");
      return JSON.parse(text, (key, value) => (key === "at" ? new Date(value) : value)) as Inbound[];
    },
    parts: (outbound) =>
      [outbound.text, ...outbound.files].map((one, index) => ({
        outbound,
        index,
        key: `${outbound.key}:${index}`,
        text: typeof one === "string" ? one : "",
        file: typeof one === "string" ? null : one,
      })),
    async send(part) {
      sent.push(part);
      return far.answer(part);
    },
    find: (part, account, since) => far.find?.(part, account, since) ?? Promise.resolve("unknown"),
    rule: (...asked) => far.rule(...asked),
    check: async () => ({ ok: true, words: "Connected.", tokenExpiresAt: null }),
  };
  (adapters as Record<string, ChannelAdapter>).sms = adapter;
  return { sent, far };
}

/** An account of the shop's on the plain channel. */
export async function plainAccount(shop: TestShop, externalId: string, kind = "sms"): Promise<{ id: string }> {
  const id = newId();
  await shop.base.db.prisma.channelAccount.create({
    data: {
      shopId: shop.base.shop.id,
      id,
      kind,
      externalId,
      name: externalId,
      state: "active",
      createdAt: shop.clock.now(),
    },
  });
  return { id };
}

/** Lets things arrive at the account, each under a key of its own or the given one, and reads them. */
export async function arrive(
  ctx: Context,
  accountId: string,
  items: readonly (Inbound | Inbound[])[],
  keys: readonly string[] = [],
): Promise<void> {
  await keepInbound(
    ctx,
    items.map((one, at) => ({
      account: { shopId: ctx.shop.id, id: accountId },
      key: keys[at] ?? newId(),
      body: Buffer.from(JSON.stringify([one].flat())),
    })),
  );
  await readInbound(ctx, accountId);
}
