import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  useFetcher,
  useLoaderData,
} from "@remix-run/react";
import { useEffect } from "react";
import { adminJson, adminPage } from "~/http/admin-json";
import { lastReconcile } from "~/shopify-data/last-reconcile";
import { syncProgress } from "~/shopify-data/sync/progress";
import { syncAgain } from "~/shopify-data/sync-again";
import { AdminProblem } from "~/ui/admin-problem";
import { SyncPage } from "~/ui/shopify-data/sync-page";
import { steadyAction, steadyLoader, useKept } from "~/ui/steady";
import { useQuietRevalidate } from "~/ui/use-realtime";

export const meta: MetaFunction = () => [{ title: "Shopify data · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const [progress, lastCheck] = await Promise.all([syncProgress(ctx), lastReconcile(ctx)]);
    return { progress, lastCheck };
  });
}

export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => ({ began: await syncAgain(ctx) }));
}

export const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader("shopify-data", () => serverLoader<typeof loader>());

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) => steadyAction(() => serverAction());

/** Milliseconds between two looks: while something moves, and while nothing does. */
const looks = { running: 2_000, still: 30_000 };

/** What is here of Shopify's data, and how far a sync is. */
export default function ShopifyData() {
  const data = useLoaderData<typeof loader>();
  useKept("shopify-data", data);
  const fetcher = useFetcher<{ began?: boolean; error?: { message: string } }>();
  const revalidate = useQuietRevalidate(1_000);
  const every = data.progress.running ? looks.running : looks.still;
  useEffect(() => {
    const timer = setInterval(revalidate, every);
    return () => clearInterval(timer);
  }, [revalidate, every]);
  return (
    <SyncPage
      {...data}
      asking={fetcher.state !== "idle"}
      failed={fetcher.data?.error?.message ?? null}
      onSync={() => fetcher.submit({}, { method: "POST", encType: "application/json" })}
    />
  );
}

export { AdminProblem as ErrorBoundary };
