import express, { type NextFunction, type Request, type Response, type Router } from "express";
import type { World } from "../world";
import { answerCart, cartOperation } from "./ajax/cart";
import { readBody, UnreadableBody } from "./body";
import { loadTheme, type Theme } from "./liquid/theme";
import { answerPage } from "./pages/answer";
import { answerPixel } from "./pixels/running";
import { forwardToApp, proxyFor } from "./proxy/forward";
import { answerStatic } from "./static";
import { openVisit } from "./visit";

/**
 * The online store of one shop: its theme's pages, the AJAX API, accounts, checkout, invoices, the app
 * proxy and the theme app extension. Mount it at the root of an origin of its own.
 */
export function storefront(world: World, domain: string): Router {
  const router = express.Router({ caseSensitive: true });
  const shop = world.store.shop(domain);
  const themes = new Map<string, Theme>();
  const themeNow = () => {
    const { theme } = shop.settings();
    const found = themes.get(theme) ?? loadTheme(theme);
    themes.set(theme, found);
    return found;
  };
  router.use(async (req: Request, res: Response, next) => {
    try {
      const theme = themeNow();
      if (answerStatic(world, theme, req, res)) return;
      if (await answerPixel(world, shop, req, res)) return;
      const visit = openVisit(world, shop, theme, req, res);
      const proxy = proxyFor(visit);
      // The app gets the body as it came, so this must stay before anything reads it.
      if (proxy) return await forwardToApp(visit, proxy);
      const body = req.method === "GET" || req.method === "HEAD" ? {} : await readBody(req);
      const operation = cartOperation(visit.path);
      if (operation) {
        req.body = body;
        return answerCart(visit, operation);
      }
      answerPage(visit, body);
    } catch (error) {
      if (error instanceof UnreadableBody) {
        res.status(error.status).json({ status: error.status, message: "Bad Request", description: error.message });
      } else next(error);
    }
  });
  router.use(fail);
  return router;
}

/** What a shopper sees of a fault in the local Shopify itself; the fault is in the log. */
function fail(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return void next(error);
  console.error(`storefront: ${req.method} ${req.path} failed`, error);
  res.status(500).type("html").send("<!doctype html><title>Something went wrong</title><h1>Something went wrong</h1>");
}
