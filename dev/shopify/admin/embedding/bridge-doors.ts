import { json, type NextFunction, type Request, type Response, Router } from "express";
import { scopesPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { World } from "../../world";
import { type Visit, visitOf } from "../visit";
import { extensionStatus } from "./extension-status";
import { type PickerType, pickerSearch } from "./picker-search";
import { idToken } from "./session-token";

const PICKERS = new Set<string>(["product", "variant", "collection", "customer"] satisfies PickerType[]);

/** What the admin's page asks its server on behalf of App Bridge. Same origin only, by the admin's cookie. */
export function bridgeDoors(world: World): Router {
  const router = Router({ mergeParams: true });
  router.use(json({ limit: "100kb" }));
  const answer =
    (work: (visit: Visit, request: Request) => unknown) =>
    async (request: Request, response: Response, next: NextFunction): Promise<void> => {
      try {
        const visit = visitOf(world, request);
        const result = visit && (await work(visit, request));
        response.set("Cache-Control", "no-store");
        if (visit) response.json(result);
        else response.status(404).json({ error: "no such shop" });
      } catch (error) {
        next(error);
      }
    };

  router.post(
    "/id-token",
    answer(async (visit) => ({ token: await idToken(visit) })),
  );
  router.get("/extensions", answer(extensionStatus));
  router.get(
    "/user",
    answer((visit) => ({ accountAccess: visit.staff.accountOwner ? "Account owner" : "Full access" })),
  );
  router.get(
    "/picker",
    answer((visit, request) => {
      const type = String(request.query.type);
      if (!PICKERS.has(type)) throw new Error(`the local Shopify has no resource picker for "${type}"`);
      return pickerSearch(visit, type as PickerType, String(request.query.query ?? ""));
    }),
  );
  router.get("/scopes", answer(scopesDetail));
  router.post(
    "/scopes/request",
    answer((visit, request) => requestScopes(visit, request.body.scopes)),
  );
  return router;
}

/** This app declares no optional scopes, so what it requires is all there is. */
function scopesDetail(visit: Visit) {
  const installation = visit.shop.get("installation", visit.world.app.clientId);
  return { granted: installation?.scopes ?? [], required: visit.world.app.scopes, optional: [] as string[] };
}

/** Grants scopes that the merchant has agreed to; only what the app's configuration declares can be asked for. */
function requestScopes(visit: Visit, asked: unknown) {
  const scopes = Array.isArray(asked) ? asked.map(String) : [];
  const detail = scopesDetail(visit);
  const undeclared = scopes.filter((scope) => ![...detail.required, ...detail.optional].includes(scope));
  if (undeclared.length > 0) {
    throw new Error(
      `scopes that the app's configuration does not declare cannot be requested: ${undeclared.join(", ")}`,
    );
  }
  const installation = visit.shop.get("installation", visit.world.app.clientId);
  if (!installation?.installedAt) throw new Error("the app is not installed");
  const granted = [...new Set([...installation.scopes, ...scopes])];
  if (granted.length > installation.scopes.length) {
    visit.shop.transaction(() => {
      visit.shop.put("installation", visit.world.app.clientId, { ...installation, scopes: granted });
      const payload = scopesPayload(visit.world, visit.shop, installation.scopes, granted);
      publish(visit.world, visit.shop, "app/scopes_update", payload);
    });
  }
  return { result: "granted-all", detail: scopesDetail(visit) };
}
