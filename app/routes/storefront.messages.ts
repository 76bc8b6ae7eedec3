import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { longestText } from "~/conversations/text";
import { readJson } from "~/http/body";
import { type Asked, storefrontDoor } from "~/http/storefront";
import { say } from "~/visitors/say";

const body = z.object({
  conversationId: z.string().nullish(),
  clientKey: z.string(),
  // One more than is taken, so that the verb says what is wrong in its own words.
  text: z.string().max(longestText * 4, "This is too long."),
  attachmentIds: z.array(z.string()).max(10).default([]),
  name: z.string().max(500).optional(),
  email: z.string().max(500).optional(),
  // With the first message: the consent line that stood over the box.
  wording: z.string().max(1_000).optional(),
  language: z.string().max(1_000).optional(),
});

const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "message", async (ctx, { consented }) =>
    say(ctx, { ...(await readJson(asked.request, body)), consented }),
  );

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
