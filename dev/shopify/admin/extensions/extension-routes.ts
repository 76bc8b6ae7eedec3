import { json, type NextFunction, type Request, type Response, Router } from "express";
import { run } from "../../admin-api/engine/run";
import { types } from "../../admin-api/resolvers/types";
import { type AdminTarget, adminTargets, targetMessages, targetScript } from "../../extensions/admin-ui";
import type { TokenRecord } from "../../records";
import { loadAdminSchema } from "../../schema/load";
import type { World } from "../../world";
import { json as data, html } from "../look/html";
import { type Visit, visitOf } from "../visit";

/** `/store/<handle>/extensions`: the document that each extension runs in, its code, and what it may ask. */
export function extensionRoutes(world: World): Router {
  const router = Router({ mergeParams: true });
  const on =
    (work: (visit: Visit, target: AdminTarget, request: Request, response: Response) => unknown) =>
    async (request: Request, response: Response, next: NextFunction): Promise<void> => {
      try {
        const visit = visitOf(world, request);
        const { extension, target } = request.params;
        const found = adminTargets(world).find((each) => each.handle === extension && each.target === target);
        response.set("Cache-Control", "no-store");
        if (visit && found) await work(visit, found, request, response);
        else response.status(404).type("text").send("There is no such extension here.");
      } catch (error) {
        next(error);
      }
    };

  router.get(
    "/:extension/:target",
    on((visit, target, request, response) => {
      // The frame's sandbox again, for whoever opens the address by itself.
      response.set("Content-Security-Policy", "frame-ancestors 'self'; sandbox allow-scripts allow-forms");
      response.type("html").send(page(visit, target, String(request.query.id ?? "")));
    }),
  );
  router.get(
    "/:extension/:target/code.js",
    on(async (_visit, target, _request, response) => {
      response.type("text/javascript").send(await targetScript(target));
    }),
  );
  router.post(
    "/:extension/:target/query",
    json({ limit: "100kb" }),
    on(async (visit, _target, request, response) => {
      response.json(await query(visit, request.body as { query?: unknown; variables?: unknown }));
    }),
  );
  return router;
}

function page(visit: Visit, target: AdminTarget, id: string): string {
  const { world, base } = visit;
  const own = `${base}/extensions/${target.handle}/${target.target}`;
  return html`<!doctype html>
<html lang="${visit.staff.locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${target.name}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/admin-assets/extension.css">
${data("extension-data", {
  target: target.target,
  name: target.name,
  selected: [{ id }],
  appOrigin: world.app.origin,
  staffLocale: visit.staff.locale,
  ...targetMessages(target.folder, visit.staff.locale),
})}
<script defer src="/admin-assets/extension-host.js"></script><script defer src="${own}/code.js"></script></head>
<body></body>
</html>`.text;
}

/** `shopify.query`: the Admin API as the signed-in member of staff, within what the app was granted. */
async function query(visit: Visit, asked: { query?: unknown; variables?: unknown }) {
  const { world, shop, settings, staff } = visit;
  const installation = shop.get("installation", world.app.clientId);
  const token: TokenRecord = {
    accessToken: "",
    clientId: world.app.clientId,
    kind: "online",
    staffId: staff.id,
    scopes: (installation?.scopes ?? []).flatMap((scope) => [scope, scope.replace(/^write_/, "read_")]),
    expiresAt: null,
    refreshToken: null,
    refreshTokenExpiresAt: null,
    revoked: false,
  };
  const context = { world, shop, settings, token, admin: await loadAdminSchema(), now: world.clock() };
  return run(types, context, {
    query: String(asked.query ?? ""),
    variables: (asked.variables ?? {}) as Record<string, unknown>,
    operationName: null,
  });
}
