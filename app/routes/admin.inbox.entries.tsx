import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { note } from "~/conversations/note";
import { reply } from "~/conversations/reply";
import { staffSeen } from "~/conversations/seen";
import { longestText } from "~/conversations/text";
import { thread } from "~/conversations/thread";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";

const position = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);
// More than is taken, so that the verb says what is wrong in its own words.
const text = z.string().max(longestText * 12, "This is too long.");

const body = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("reply"),
    text,
    clientKey: z.string(),
    attachmentIds: z.array(z.string()).max(10),
    seenPosition: position,
    to: z.union([z.object({ chat: z.literal(true) }), z.object({ endpointId: z.string() })]).optional(),
    template: z
      .object({
        name: z.string().min(1).max(512),
        language: z.string().min(1).max(35),
        values: z.array(z.string().max(1_024)).max(30),
      })
      .optional(),
    subject: z.string().trim().max(500).optional(),
    cc: z
      .array(z.object({ name: z.string().max(200).nullable(), address: z.email() }))
      .max(20)
      .optional(),
  }),
  z.object({ kind: z.literal("note"), text, clientKey: z.string() }),
  z.object({ kind: z.literal("seen"), position }),
]);

/** Earlier messages, notes and facts of a conversation. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const before = Number(new URL(request.url).searchParams.get("before")) || undefined;
  return adminJson(request, (ctx) => thread(ctx, params.conversationId ?? "", before));
}

/** What staff write into a conversation, and up to where they have read it. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const conversationId = params.conversationId ?? "";
    const written = await readJson(request, body);
    switch (written.kind) {
      case "reply":
        return { message: await reply(ctx, { ...written, conversationId }) };
      case "note":
        return { note: await note(ctx, { ...written, conversationId }) };
      case "seen":
        await staffSeen(ctx, { ...written, conversationId });
        return {};
    }
  });
}
