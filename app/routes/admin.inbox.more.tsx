import type { LoaderFunctionArgs } from "@remix-run/node";
import { adminJson } from "~/http/admin-json";
import { isInboxView } from "~/inbox/inbox-row";
import { list } from "~/inbox/list";

/** A further page of a list of the Inbox. */
export function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const view = searchParams.get("view");
  return adminJson(request, (ctx) =>
    list(ctx, { view: isInboxView(view) ? view : "open", cursor: searchParams.get("cursor") }),
  );
}
