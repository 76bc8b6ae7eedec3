import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { channels, purposes } from "~/consent/consent";
import { consentView } from "~/consent/consent-view";
import { giveConsent } from "~/consent/give";
import { withdrawConsent } from "~/consent/withdraw";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";

const body = z.object({
  allows: z.boolean(),
  channel: z.enum(channels, "Choose a channel."),
  purpose: z.enum(purposes, "Choose what it is for."),
  touchpoint: z.string().max(500, "Use at most 500 characters"),
  wording: z.string().max(1_000, "Use at most 1000 characters").optional(),
  language: z.string().max(35, "Use a language's code, such as en").optional(),
});

/** What a person allowed and forbade. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  return adminJson(request, (ctx) => consentView(ctx, params.customerId ?? ""));
}

/** A member of staff records what a person said. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const { allows, ...said } = await readJson(request, body);
    const customerId = params.customerId ?? "";
    await (allows ? giveConsent : withdrawConsent)(ctx, { ...said, customerId });
    return consentView(ctx, customerId);
  });
}
