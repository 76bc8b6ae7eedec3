import type { LinksFunction, MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, useLoaderData, useLocation, useRouteError } from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { useEffect } from "react";
import { env } from "./env.server";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: polarisStyles }];

/** The admin shows the page's own title; this one is for a screen reader that enters the frame. */
export const meta: MetaFunction = () => [{ title: "Throughline" }];

export function loader() {
  return { apiKey: env().SHOPIFY_API_KEY, appBridgeUrl: env().APP_BRIDGE_URL };
}

/** Nothing of it changes while a page is open, so reading a page anew neither asks for it nor fails with it. */
export const shouldRevalidate = () => false;

/**
 * A link that is followed before the page is alive opens a whole document, and without the shop in its address that
 * document may not be framed: it takes along what the admin put into this one's address.
 */
const keepShop = `addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest('a[href^="/"]:not([target])');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const next = new URL(link.href);
  for (const [key, value] of new URLSearchParams(location.search))
    if (["shop", "host", "embedded", "locale"].includes(key)) next.searchParams.set(key, value);
  location.assign(next);
});`;

/** The frame of every document. App Bridge must be the first script of the head. */
export default function Root() {
  const { apiKey, appBridgeUrl } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  // Remix's ScrollRestoration needs sessionStorage, which a browser that blocks third-party data denies to a frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page starts at its top.
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="shopify-api-key" content={apiKey} />
        <script src={appBridgeUrl} data-api-key={apiKey} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own words, nothing of anybody else's. */}
        <script dangerouslySetInnerHTML={{ __html: keepShop }} />
        <Meta />
        <Links />
      </head>
      <body>
        <Outlet />
        <Scripts />
      </body>
    </html>
  );
}

export function ErrorBoundary() {
  useRouteError();
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Throughline</title>
        <Links />
      </head>
      <body>
        <main
          style={{
            fontFamily: "Inter, -apple-system, sans-serif",
            maxWidth: "32rem",
            margin: "20vh auto",
            padding: "0 1rem",
          }}
        >
          <h1>Something went wrong</h1>
          <p>
            Nothing was lost. Reload the page to go on; if it happens again, open Throughline anew from the Shopify
            admin.
          </p>
        </main>
      </body>
    </html>
  );
}
