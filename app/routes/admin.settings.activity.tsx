import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ClientLoaderFunctionArgs, useLoaderData } from "@remix-run/react";
import { adminPage } from "~/http/admin-json";
import { chainState, listActivity } from "~/settings/activity-log";
import { searchOf } from "~/settings/activity-search";
import { listStaff } from "~/team/list-staff";
import { AdminProblem } from "~/ui/admin-problem";
import { ActivityLog } from "~/ui/settings/activity-log";
import { steadyLoader, useKept } from "~/ui/steady";

export const meta: MetaFunction = () => [{ title: "Activity log · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const search = searchOf(searchParams);
  return adminPage(request, async (ctx) => {
    const [page, chain, staff] = await Promise.all([
      listActivity(ctx, { ...search, cursor: searchParams.get("before") }),
      chainState(ctx),
      listStaff(ctx),
    ]);
    return { ...page, chain, staff, search };
  });
}

const keyOf = (query: string) => `activity ${query}`;

export const clientLoader = ({ request, serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader(keyOf(new URL(request.url).search), () => serverLoader<typeof loader>());

/** Who saw, changed, exported, merged or erased what. */
export default function Activity() {
  const data = useLoaderData<typeof loader>();
  useKept(keyOf(typeof window === "undefined" ? "" : window.location.search), data);
  return <ActivityLog {...data} />;
}

export { AdminProblem as ErrorBoundary };
