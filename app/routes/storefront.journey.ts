import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { readJson } from "~/http/body";
import { type Asked, storefrontDoor } from "~/http/storefront";
import { tellJourney } from "~/visitors/journey";

const stamp = { id: z.string().min(1).max(100), at: z.coerce.date() };

/** What the web pixel sends; more than it knows of is passed over. */
const body = z.object({
  signals: z
    .array(
      z.discriminatedUnion("kind", [
        z.object({ ...stamp, kind: z.literal("search"), query: z.string().max(200) }),
        z.object({ ...stamp, kind: z.literal("collection"), title: z.string().max(255), path: z.string().max(2_000) }),
        z.object({
          ...stamp,
          kind: z.literal("checkout"),
          step: z.enum(["started", "contact", "shipping", "payment", "completed"]),
        }),
      ]),
    )
    .max(20),
});

/** `POST /storefront/journey`: the web pixel tells of searches, collections and steps of the checkout. */
const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "signal", async (ctx) => {
    const { signals } = await readJson(asked.request, body, 32 * 1024);
    await tellJourney(ctx, signals);
    return {};
  });

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
