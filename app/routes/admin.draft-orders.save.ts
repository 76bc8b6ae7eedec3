import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { createDraft } from "~/draft-orders/create";
import { draftFormShape, mostFormBytes } from "~/draft-orders/form/shape";
import { updateDraft } from "~/draft-orders/update";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";

const body = z.object({ act: z.enum(["create", "update"]), form: draftFormShape });

/** Makes a draft order or writes the form over an open one. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const { act, form } = await readJson(request, body, mostFormBytes);
    const draft = act === "create" ? await createDraft(ctx, form) : await updateDraft(ctx, form);
    return { id: draft.id, name: draft.name };
  });
}
