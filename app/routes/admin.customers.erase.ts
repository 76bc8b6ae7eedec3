import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { beforeErasing, eraseByStaff } from "~/privacy/erase-person";

/** What an erasure of this person would be about, and what must be typed for it. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  return adminJson(request, (ctx) => beforeErasing(ctx, params.customerId ?? ""));
}

/** Erases the person. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const { typed } = await readJson(request, z.object({ typed: z.string().max(500) }));
    return { receipt: await eraseByStaff(ctx, { customerId: params.customerId ?? "", typed }) };
  });
}
