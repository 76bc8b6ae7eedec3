import type { LoaderFunctionArgs } from "@remix-run/node";
import { adminJson } from "~/http/admin-json";
import { search } from "~/inbox/search";

/** The conversations in which words were said, a page of them. */
export function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return adminJson(request, (ctx) =>
    search(ctx, { words: searchParams.get("q") ?? "", before: searchParams.get("before") }),
  );
}
