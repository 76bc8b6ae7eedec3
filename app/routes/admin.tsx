import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Link,
  Outlet,
  type ShouldRevalidateFunction,
  useLoaderData,
  useRouteError,
} from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider } from "@shopify/polaris";
import words from "@shopify/polaris/locales/en.json";
import { env } from "~/env.server";
import { adminPage } from "~/http/admin-json";
import { currentPlace, toCursor } from "~/realtime/cursor";
import { seenNow } from "~/team/presence";
import { AdminContext, type AdminFacts } from "~/ui/admin-context";
import { AdminProblem } from "~/ui/admin-problem";
import { CallBar } from "~/ui/calls/call-bar";
import { CallsProvider } from "~/ui/calls/use-calls";
import { PolarisLink } from "~/ui/polaris-link";
import { RealtimeProvider } from "~/ui/realtime/provider";
import styles from "~/ui/shell.module.css";
import { useLoadingBar } from "~/ui/use-loading-bar";

export function loader({ request }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const cursor = toCursor(await currentPlace(ctx.db.sql));
    const [shop, staff] = await Promise.all([
      ctx.db.prisma.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { timezone: true } }),
      ctx.db.prisma.staff.findUniqueOrThrow({
        where: { shopId_id: { shopId: ctx.shop.id, id: ctx.actor.id } },
        select: { locale: true },
      }),
      seenNow(ctx),
    ]);
    const facts: AdminFacts = {
      me: { id: ctx.actor.id, name: ctx.actor.name },
      shop: {
        domain: ctx.shop.domain,
        name: ctx.shop.name,
        currency: ctx.shop.currency,
        timeZone: shop.timezone ?? "UTC",
      },
      // The words are English, so are dates and amounts among them, in the reader's own kind of English.
      locale: staff.locale.startsWith("en") ? staff.locale : "en",
      clientId: env().SHOPIFY_API_KEY,
    };
    return { facts, cursor, now: ctx.clock.now().getTime() };
  });
}

/** Of pages that do not say their own. */
export const meta: MetaFunction = () => [{ title: "Throughline" }];

/** Who is signed in does not change while a page is open. */
export const shouldRevalidate: ShouldRevalidateFunction = () => false;

/** Holds everything that all pages of the admin share: navigation, look, clock and the one socket. */
export default function Admin() {
  const { facts, cursor, now } = useLoaderData<typeof loader>();
  useLoadingBar();
  return (
    <AppProvider i18n={words} linkComponent={PolarisLink}>
      <NavMenu>
        <Link to="/" rel="home">
          Home
        </Link>
        <Link to="/inbox">Inbox</Link>
        <Link to="/live-view">Live view</Link>
        <Link to="/customers">Customers</Link>
        <Link to="/settings">Settings</Link>
      </NavMenu>
      <AdminContext facts={facts} now={now}>
        <RealtimeProvider cursor={cursor}>
          <CallsProvider>
            <div className={styles.shell}>
              <CallBar />
              <main className={styles.page}>
                <Outlet />
              </main>
            </div>
          </CallsProvider>
        </RealtimeProvider>
      </AdminContext>
    </AppProvider>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  // Shopify's library answers a page without proof with a small document of its own that fetches one.
  if (isRouteErrorResponse(error) && typeof error.data === "string" && error.data.includes("<script")) {
    // biome-ignore lint/security/noDangerouslySetInnerHtml: made by Shopify's library, holds nothing that a person wrote.
    return <div dangerouslySetInnerHTML={{ __html: error.data }} />;
  }
  return (
    <AppProvider i18n={words} linkComponent={PolarisLink}>
      <AdminProblem />
    </AppProvider>
  );
}
