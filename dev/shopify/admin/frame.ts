import { join } from "node:path";
import { static as files, type NextFunction, type Request, type Response, Router } from "express";
import type { World } from "../world";
import { actions } from "./actions";
import { companiesPage } from "./companies/companies-page";
import { companyPage } from "./companies/company-page";
import { controlPanel } from "./control/panel";
import { bridgeDoors } from "./embedding/bridge-doors";
import { extensionRoutes } from "./extensions/extension-routes";
import { html } from "./look/html";
import { appHandle, layout } from "./look/layout";
import { card } from "./look/pieces";
import { appPage, appsPage, installPage } from "./pages/app";
import { customerPage } from "./pages/customer";
import { customersPage } from "./pages/customers";
import { draftOrderPage, draftOrdersPage } from "./pages/draft-orders";
import { homePage } from "./pages/home";
import { orderPage } from "./pages/order";
import { ordersPage } from "./pages/orders";
import { parcelPage } from "./pages/parcel";
import { productPage, productsPage } from "./pages/products";
import { themeEditorPage, themesPage } from "./pages/theme-editor";
import { browserScript } from "./scripts";
import { handleOf, type Visit, visitOf } from "./visit";

type Show = (visit: Visit, request: Request) => string | null | Promise<string | null>;

/** The Shopify admin as the browser sees it: its own pages, the app in its frame, App Bridge, the control panel. */
export function adminFrame(world: World): Router {
  const router = Router();
  router.get("/app-bridge.js", (_request, response, next) => sendScript(response, next, "app-bridge"));
  router.get("/admin-assets/shell.js", (_request, response, next) => sendScript(response, next, "shell"));
  router.get("/admin-assets/extension-host.js", (_request, response, next) =>
    sendScript(response, next, "extension-host"),
  );
  router.use("/admin-assets", files(join(import.meta.dirname, "assets"), { index: false }));
  router.use(sameOrigin(world));
  router.get("/", (_request, response) => {
    const first = firstShop(world);
    if (first) response.redirect(302, `/store/${first}`);
    else response.status(503).type("text").send("This local Shopify has no shop yet.");
  });
  router.get("/parcels/:number", (request, response) => {
    const page = parcelPage(world, String(request.params.number));
    if (page === null) response.status(404).type("text").send("No parcel has this number.");
    else response.type("html").send(page);
  });
  router.use("/control", controlPanel(world));
  router.use("/store/:handle/bridge", bridgeDoors(world));
  router.use("/store/:handle/extensions", extensionRoutes(world));
  router.use("/store/:handle", pages(world));
  router.use("/store/:handle", actions(world));
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    return response.status(500).json({ error: error instanceof Error ? error.message : String(error) });
  });
  return router;
}

/** Northwind is the demo's main shop; without it the first by name. */
function firstShop(world: World): string | null {
  const domains = world.store.domains();
  const found = domains.find((domain) => domain.startsWith("northwind")) ?? domains[0];
  return found ? handleOf(found) : null;
}

/** The app's page is of another site and must not press the admin's buttons by itself. */
function sameOrigin(world: World) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const origin = request.headers.origin;
    const harmless = request.method === "GET" || request.method === "HEAD";
    if (harmless || !origin || origin === world.origin) next();
    else response.status(403).json({ error: `requests from ${origin} are refused here` });
  };
}

function pages(world: World): Router {
  const router = Router({ mergeParams: true });
  const show = (path: string, work: Show): void => {
    router.get(path, (request, response, next) => {
      send(world, request, response, work).catch(next);
    });
  };
  show("/", homePage);
  show("/orders", ordersPage);
  show("/orders/:id", (visit, request) =>
    found(visit.shop.get("order", idIn(request)), (order) => orderPage(visit, order)),
  );
  show("/draft_orders", draftOrdersPage);
  show("/draft_orders/:id", (visit, request) =>
    found(visit.shop.get("draftOrder", idIn(request)), (draft) => draftOrderPage(visit, draft)),
  );
  show("/products", productsPage);
  show("/products/:id", (visit, request) =>
    found(visit.shop.get("product", idIn(request)), (product) => productPage(visit, product)),
  );
  show("/customers", customersPage);
  show("/customers/:id", (visit, request) =>
    found(visit.shop.get("customer", idIn(request)), (customer) =>
      customerPage(visit, customer, {
        problem: typeof request.query.problem === "string" ? request.query.problem : null,
        sent: request.query.sent,
      }),
    ),
  );
  show("/companies", companiesPage);
  show("/companies/:id", (visit, request) =>
    found(visit.shop.get("company", idIn(request)), (company) => companyPage(visit, company)),
  );
  show("/themes", themesPage);
  show("/themes/:theme/editor", themeEditorPage);
  show("/settings/apps", appsPage);
  show("/apps/:app*", (visit, request) => {
    const [name = "", ...rest] = String(request.path)
      .replace(/^\/apps\//, "")
      .split("/");
    // Shopify's own links to an app name it by its client id as well.
    if (name !== appHandle(visit) && name !== visit.world.app.clientId) return null;
    if (!visit.shop.get("installation", visit.world.app.clientId)?.installedAt) return installPage(visit);
    const query = request.originalUrl.split("?")[1];
    return appPage(visit, `/${rest.join("/")}${query ? `?${query}` : ""}`);
  });
  return router;
}

async function send(world: World, request: Request, response: Response, work: Show): Promise<void> {
  const visit = visitOf(world, request);
  const page = visit ? await work(visit, request) : null;
  response.set("Cache-Control", "no-store");
  // Only the storefront and the app are framed here; nobody frames the admin.
  response.set("Content-Security-Policy", "frame-ancestors 'none'");
  if (page !== null) response.type("html").send(page);
  else
    response
      .status(404)
      .type("html")
      .send(visit ? missing(visit) : "<h1>No such shop</h1><a href='/'>Back</a>");
}

function missing(visit: Visit): string {
  return layout(visit, {
    title: "Not found",
    body: card(null, html`<p class="empty">There is nothing at this address in ${visit.settings.name}.</p>`),
  });
}

function found<Item>(item: Item | null, work: (item: Item) => string): string | null {
  return item === null ? null : work(item);
}

function idIn(request: Request): string {
  return String(request.params.id);
}

function sendScript(response: Response, next: NextFunction, name: Parameters<typeof browserScript>[0]): void {
  browserScript(name)
    .then((code) =>
      response
        .type("text/javascript")
        .set("Cache-Control", "no-cache")
        .set("Access-Control-Allow-Origin", "*")
        .send(code),
    )
    .catch(next);
}
