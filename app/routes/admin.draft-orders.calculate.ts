import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { calculateDraft } from "~/draft-orders/calculate";
import { draftFormShape, mostFormBytes } from "~/draft-orders/form/shape";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";

const body = z.object({ form: draftFormShape, reserved: z.record(z.string().max(100), z.number().int().min(0)) });

/** What a draft order would come to, while it is edited. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const { form, reserved } = await readJson(request, body, mostFormBytes);
    return calculateDraft(ctx, form, reserved);
  });
}
