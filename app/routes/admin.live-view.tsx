import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ClientLoaderFunctionArgs, useLoaderData, useNavigate } from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Card, Page } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { EventKind } from "~/events/catalogue";
import { adminPage } from "~/http/admin-json";
import { listCarts, mostCarts, summary } from "~/live-view/list-carts";
import { type LiveCart, type LiveSort, noFilter } from "~/live-view/live-cart";
import { currentPlace, toCursor } from "~/realtime/cursor";
import { AdminProblem } from "~/ui/admin-problem";
import { AskFailed, ask, posting } from "~/ui/ask";
import { CartRow } from "~/ui/live-view/cart-row";
import { Controls } from "~/ui/live-view/controls";
import styles from "~/ui/live-view/live-view.module.css";
import { Summary } from "~/ui/live-view/summary";
import { useLiveCarts } from "~/ui/live-view/use-live-carts";
import { QuietState } from "~/ui/quiet-state";
import { steadyLoader, useKept } from "~/ui/steady";
import { useEvents, useQuietRevalidate } from "~/ui/use-realtime";

export const meta: MetaFunction = () => [{ title: "Live view · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const cursor = toCursor(await currentPlace(ctx.db.sql));
    const [carts, counted] = await Promise.all([listCarts(ctx), summary(ctx)]);
    return { carts, summary: counted, cursor };
  });
}

export const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader("live-view", () => serverLoader<typeof loader>());

/** What changes a row or the numbers above the list. */
const telling: ReadonlySet<EventKind> = new Set<EventKind>([
  "cart.changed",
  "cart.emptied",
  "cart.ordered",
  "cart.checkout-started",
  "visitor.viewed",
  "customer.identified",
  "conversation.opened",
  "conversation.closed",
  "conversation.reopened",
  "draft-order.created",
  "draft-order.voided",
  "draft-order.paid",
]);

/** Shoppers leave without a word: the list is read anew this often although nothing was heard, in milliseconds. */
const rereadEvery = 30_000;

/** Who is shopping now and what is in their carts, with or without a chat. */
export default function LiveView() {
  const data = useLoaderData<typeof loader>();
  useKept("live-view", data);
  const navigate = useNavigate();
  const [sort, setSort] = useState<LiveSort>("changed");
  const [filter, setFilter] = useState(noFilter);
  const [starting, setStarting] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const reread = useQuietRevalidate(700);
  const { list, handlers } = useLiveCarts(data.carts, sort, filter);

  useEvents((events) => {
    if (events.some((event) => telling.has(event.kind))) reread();
  }, data.cursor);
  useEffect(() => {
    const timer = setInterval(reread, rereadEvery);
    return () => clearInterval(timer);
  }, [reread]);

  const start = async (cart: LiveCart) => {
    if (!cart.shopper || starting) return;
    setStarting(cart.id);
    setProblem(null);
    try {
      const { visitorId } = cart.shopper;
      const opened = await ask<{ conversationId: string }>("/live-view/chats", posting({ visitorId }));
      navigate(`/inbox/${opened.conversationId}`);
    } catch (error) {
      setProblem(error instanceof AskFailed ? error.message : "The chat could not be started. Try again.");
      setStarting(null);
    }
  };

  return (
    <Page title="Live view" subtitle="Who is shopping now, and what is in their carts" fullWidth>
      <TitleBar title="Live view" />
      <BlockStack gap="400">
        <Summary summary={data.summary} />
        {problem ? (
          <Banner tone="critical" onDismiss={() => setProblem(null)}>
            {problem}
          </Banner>
        ) : null}
        <Card padding="0">
          <Controls sort={sort} filter={filter} onSort={setSort} onFilter={setFilter} />
          {list.length > 0 ? (
            <ul className={styles.list} aria-label="Live carts" {...handlers}>
              {list.map((cart) => (
                <li key={cart.id}>
                  <CartRow cart={cart} starting={starting === cart.id} onStartChat={start} />
                </li>
              ))}
            </ul>
          ) : data.carts.length > 0 ? (
            <QuietState
              heading="No cart matches"
              action={{ content: "Show all carts", onAction: () => setFilter(noFilter) }}
            >
              {`${data.carts.length === 1 ? "One live cart is" : `${data.carts.length} live carts are`} hidden by the search and the filters.`}
            </QuietState>
          ) : (
            <QuietState heading="No live carts right now" action={{ content: "Open the Inbox", url: "/inbox" }}>
              As soon as a shopper puts something into their cart, it appears here by itself.
            </QuietState>
          )}
        </Card>
        {data.carts.length >= mostCarts ? (
          <Banner tone="info">{`The ${mostCarts} carts that changed last are shown.`}</Banner>
        ) : null}
      </BlockStack>
    </Page>
  );
}

export { AdminProblem as ErrorBoundary };
