import type { LoaderFunctionArgs } from "@remix-run/node";
import { listCustomers } from "~/customers/list";
import { adminJson } from "~/http/admin-json";

/** People to choose one of: `?q=` is what was typed. */
export function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const search = (new URL(request.url).searchParams.get("q") ?? "").slice(0, 200);
  return adminJson(request, async (ctx) => {
    const { rows, unmet } = await listCustomers(ctx, { search, cursor: null });
    return { rows: rows.slice(0, 8), unmet: unmet.slice(0, 4) };
  });
}
