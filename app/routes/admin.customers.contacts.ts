import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { contactOutcomes } from "~/conversations/contacts/outcomes";
import { writeDown } from "~/conversations/contacts/write-down";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";

const body = z.object({
  kind: z.enum(["visit", "call"], "Choose what it was."),
  text: z.string().max(20_000),
  outcome: z.enum(contactOutcomes, "Choose what became of it."),
  place: z.string().max(500).nullable(),
  clientKey: z.string().max(60),
});

/** A member of staff writes down a visit, or a call on a phone that is not connected. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const said = await readJson(request, body, 100_000);
    return writeDown(ctx, { ...said, customerId: params.customerId ?? "" });
  });
}
