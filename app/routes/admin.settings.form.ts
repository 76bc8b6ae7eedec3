import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { nameFormSites } from "~/settings/form-sites";

const body = z.object({ sites: z.string().max(10_000, "This is too long.") });

/** Names the websites whose contact forms are taken. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const { sites } = await readJson(request, body);
    return { sites: await nameFormSites(ctx, sites) };
  });
}
