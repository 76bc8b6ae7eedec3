import { type Request, type Response, Router, urlencoded } from "express";
import { placeOrder } from "../commerce/place-order";
import { draftOrderDeletedPayload } from "../webhooks/payloads";
import { publish } from "../webhooks/publish";
import type { World } from "../world";
import { companyActions } from "./companies/company-actions";
import { customerActions } from "./customers/customer-actions";
import { installApp, uninstallApp } from "./embedding/install";
import { appHandle } from "./look/layout";
import { cancelOrder, markOrderPaid, moveParcel } from "./orders/change-order";
import { fulfilOrder } from "./orders/fulfil";
import { orderActions } from "./orders/order-actions";
import { recordActions } from "./orders/record-actions";
import { saveEmbed } from "./pages/theme-editor";
import { signIn, type Visit, visitOf } from "./visit";

/** What the buttons of the admin's own pages do. Each answers with a redirect to where its result is seen. */
export function actions(world: World): Router {
  const router = Router({ mergeParams: true });
  router.use(urlencoded({ extended: false, limit: "200kb" }));
  const on = (path: string, work: (visit: Visit, request: Request, response: Response) => string | null): void => {
    router.post(path, (request, response) => {
      const visit = visitOf(world, request);
      const to = visit ? work(visit, request, response) : null;
      if (to === null) response.status(404).send("Not found.");
      else response.redirect(303, to);
    });
  };

  on("/staff", (visit, request, response) => {
    const id = Number(request.body.staff);
    if (!visit.shop.get("staff", id)) return null;
    signIn(response, visit.handle, id);
    return inAdmin(visit, request.body.back);
  });

  on("/orders/:id/fulfil", (visit, request) => {
    const order = fulfilOrder(world, visit.shop, Number(request.params.id));
    return order && `${visit.base}/orders/${order.id}`;
  });

  on("/orders/:id/parcels/:parcel", (visit, request) => {
    const input = {
      orderId: Number(request.params.id),
      fulfillmentId: Number(request.params.parcel),
      state: String(request.body.state),
    };
    const order = moveParcel(world, visit.shop, input);
    return order && `${visit.base}/orders/${order.id}`;
  });

  on("/orders/:id/cancel", (visit, request) => {
    const order = cancelOrder(world, visit.shop, Number(request.params.id));
    return order && `${visit.base}/orders/${order.id}`;
  });

  on("/orders/:id/paid", (visit, request) => {
    const order = markOrderPaid(world, visit.shop, Number(request.params.id));
    return order && `${visit.base}/orders/${order.id}`;
  });

  on("/draft_orders/:id/complete", (visit, request) => {
    const draft = visit.shop.get("draftOrder", Number(request.params.id));
    if (!draft) return null;
    const order = placeOrder(world, visit.shop, { from: draft, paymentPending: request.body.payment === "pending" });
    return `${visit.base}/orders/${order.id}`;
  });

  on("/draft_orders/:id/delete", (visit, request) =>
    visit.shop.transaction(() => {
      const draft = visit.shop.get("draftOrder", Number(request.params.id));
      // A completed draft belongs to its order: Shopify does not delete it either.
      if (!draft || draft.status === "COMPLETED") return null;
      visit.shop.delete("draftOrder", draft.id);
      publish(world, visit.shop, "draft_orders/delete", draftOrderDeletedPayload(draft));
      return `${visit.base}/draft_orders`;
    }),
  );

  on("/themes/current/embeds/:block", (visit, request) => {
    saveEmbed(visit, String(request.params.block), request.body);
    return inAdmin(visit, request.body.back);
  });

  orderActions(world, on);
  recordActions(world, on);
  customerActions(world, on);
  companyActions(world, on);

  on("/settings/apps/install", (visit) => {
    installApp(world, visit.shop);
    return `${visit.base}/apps/${appHandle(visit)}`;
  });

  on("/settings/apps/uninstall", (visit) => {
    uninstallApp(world, visit.shop);
    return `${visit.base}/settings/apps`;
  });
  return router;
}

/** A place to return to that a form brought along; only inside this shop's admin. */
function inAdmin(visit: Visit, back: unknown): string {
  return typeof back === "string" && back.startsWith(`${visit.base}/`) ? back : visit.base;
}
