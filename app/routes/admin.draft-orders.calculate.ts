import type { ActionFunctionArgs } from "@remix-run/node";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { calculateDraft } from "~/selling/calculate-draft";
import { draftFormShape, mostFormBytes } from "~/selling/draft-form";

/** What a draft order would come to, while it is edited. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => calculateDraft(ctx, await readJson(request, draftFormShape, mostFormBytes)));
}
