import { z } from "zod";
import { type Account, type Inbound, type Raw, Unreadable } from "../channel";

/** An id of theirs: what is visible in ASCII. */
const id = z.string().regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 visible ASCII characters");
const at = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();

const person = z.object({ id, name: z.string().max(200).nullish() });

const file = z.object({
  name: z.string().min(1).max(200),
  type: z.string().max(100).nullish(),
  /** Base64. */
  content: z.base64().max(14_000_000),
});

/** What may be posted. docs/channels/api.md */
export const apiEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("message"),
    id,
    at,
    from: person,
    text: z.string().max(50_000).default(""),
    files: z.array(file).max(10).default([]),
    replyTo: id.nullish(),
  }),
  z.object({
    type: z.literal("receipt"),
    id,
    at,
    message: id,
    state: z.enum(["delivered", "read", "failed"]),
    reason: z.string().max(300).optional(),
  }),
  z.object({ type: z.literal("typing"), id, at, from: person }),
]);

/** What the merchant's own channel told, in its shape already at the door. */
export function read(raw: Raw, account: Pick<Account, "externalId">): Inbound[] {
  let value: unknown;
  try {
    value = JSON.parse(raw.body.toString("utf8"));
  } catch {
    throw new Unreadable("This is not JSON.");
  }
  const event = apiEvent.safeParse(value).data;
  if (!event) throw new Unreadable("This is not of the shape that docs/channels/api.md gives.");
  const time = event.at ?? raw.receivedAt;
  switch (event.type) {
    case "message": {
      const { from, text, files, replyTo } = event;
      const content = text.trim() === "" && files.length === 0 ? { content: { unsupported: "An empty message." } } : {};
      return [
        {
          type: "message",
          externalId: event.id,
          at: time,
          from: {
            address: from.id,
            name: from.name ?? null,
            identifier: { kind: "api", value: `${account.externalId}:${from.id}` },
            grade: "provider-verified",
            proof: "wrote through the store's own channel",
          },
          text,
          files: files.map((one) => ({
            name: one.name,
            mediaType: one.type ?? null,
            content: Buffer.from(one.content, "base64"),
          })),
          replyTo: replyTo ?? null,
          ...content,
        },
      ];
    }
    case "receipt": {
      const words = event.reason
        ? `Your channel could not deliver this: ${event.reason}`
        : "Your channel could not deliver this. Try again, or use another channel.";
      const failure = event.state === "failed" ? { failure: { code: "failed", words } } : {};
      return [
        {
          type: "receipt",
          externalId: event.message,
          deliveryKey: event.message,
          at: time,
          state: event.state,
          ...failure,
        },
      ];
    }
    case "typing":
      return [{ type: "typing", externalId: event.id, at: time, address: event.from.id }];
  }
}
