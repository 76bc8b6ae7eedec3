import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  useFetcher,
  useLoaderData,
} from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Layout, Page } from "@shopify/polaris";
import { useEffect } from "react";
import { z } from "zod";
import { noteWidget } from "~/home/note-widget";
import { today } from "~/home/today";
import { adminJson, adminPage } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { currentPlace, toCursor } from "~/realtime/cursor";
import { dismissSetup } from "~/settings/save";
import { useAdmin } from "~/ui/admin-context";
import { AdminProblem } from "~/ui/admin-problem";
import { ChatStatus } from "~/ui/home/chat-status";
import { Figures } from "~/ui/home/figures";
import { FirstSyncBanner } from "~/ui/home/first-sync";
import { SetupGuide } from "~/ui/home/setup-guide";
import { useWidgetStatus } from "~/ui/home/use-widget-status";
import { WaitingLongest } from "~/ui/home/waiting-longest";
import { ChainBanner } from "~/ui/settings/chain-banner";
import { steadyAction, steadyLoader, useKept } from "~/ui/steady";
import { useEvents, useQuietRevalidate } from "~/ui/use-realtime";

export const meta: MetaFunction = () => [{ title: "Home · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const cursor = toCursor(await currentPlace(ctx.db.sql));
    return { ...(await today(ctx)), cursor };
  });
}

const body = z.discriminatedUnion("act", [
  z.object({ act: z.literal("widget"), status: z.enum(["on", "off"]) }),
  z.object({ act: z.literal("dismiss-setup") }),
]);

export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const asked = await readJson(request, body);
    if (asked.act === "widget") await noteWidget(ctx, asked.status);
    else await dismissSetup(ctx);
    return { done: asked.act };
  });
}

export const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader("home", () => serverLoader<typeof loader>());

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) => steadyAction(() => serverAction());

/** What needs doing now. */
export default function Home() {
  const data = useLoaderData<typeof loader>();
  const { counts, waiting, live, widget, setup, chain, sync, cursor } = data;
  useKept("home", data);
  const { shop } = useAdmin();
  const fetcher = useFetcher();
  const revalidate = useQuietRevalidate(2_000);
  useEvents(() => revalidate(), cursor);
  const comingIn = sync !== null;
  // Shoppers who leave say nothing: they are away once their browser was silent for a while.
  useEffect(() => {
    const timer = setInterval(revalidate, comingIn ? 5_000 : 60_000);
    return () => clearInterval(timer);
  }, [revalidate, comingIn]);
  const tell = (what: z.input<typeof body>) =>
    fetcher.submit(what, { method: "POST", action: "/?index", encType: "application/json" });
  const status = useWidgetStatus(widget, (found) => tell({ act: "widget", status: found }));
  const dismissed = (fetcher.json as { act?: string } | undefined)?.act === "dismiss-setup";

  return (
    <Page
      title={shop.name}
      primaryAction={status === "off" ? undefined : { content: "Open Inbox", url: "/inbox" }}
      secondaryActions={status === "off" ? [{ content: "Open Inbox", url: "/inbox" }] : []}
    >
      <TitleBar title="Home" />
      <BlockStack gap="400">
        <ChainBanner chain={chain} linked />
        <FirstSyncBanner sync={sync} />
        <Figures counts={counts} live={live} />
        <Layout>
          <Layout.Section>
            <WaitingLongest waiting={waiting} />
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <BlockStack gap="400">
              <ChatStatus status={status} />
              {setup && !dismissed ? (
                <SetupGuide steps={setup} chatOn={status === "on"} onDismiss={() => tell({ act: "dismiss-setup" })} />
              ) : null}
            </BlockStack>
          </Layout.Section>
        </Layout>
      </BlockStack>
    </Page>
  );
}

export { AdminProblem as ErrorBoundary };
