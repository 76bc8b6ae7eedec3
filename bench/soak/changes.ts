import { cancelOrder } from "../../dev/shopify/commerce/orders/cancel";
import { type Change, changeIn, Refused, saveOrder, tell } from "../../dev/shopify/commerce/orders/change";
import { editLine } from "../../dev/shopify/commerce/orders/edit";

import { reportParcel, sendParcel } from "../../dev/shopify/commerce/orders/parcels";
import { payments, refundOrder, worthOf } from "../../dev/shopify/commerce/orders/refund";
import { deleteOrder } from "../../dev/shopify/commerce/orders/remove";
import { moveReturn, processReturn, startReturn } from "../../dev/shopify/commerce/orders/returns";
import { unsentUnits } from "../../dev/shopify/commerce/orders/units";
import type { OrderRecord, WebhookDeliveryRecord } from "../../dev/shopify/records";
import { Random } from "../../dev/shopify/seed/random";
import type { ShopStore } from "../../dev/shopify/store";
import {
  customerDeletedPayload,
  customerPayload,
  draftOrderPayload,
  productPayload,
} from "../../dev/shopify/webhooks/payloads";
import { onQueued } from "../../dev/shopify/webhooks/publish";
import type { World } from "../../dev/shopify/world";
import { placeOrder, putCustomer } from "./population";

/** Without `read_all_orders` the app sees the orders of 60 days; those near the edge are left alone. */
const VISIBLE = 50 * 86_400_000;

/** Things that happen in a shop, at random but from a seed; what Shopify would send of each is given out. */
export class Changes {
  private readonly random = new Random("soak");
  private readonly queued: string[] = [];
  private readonly orders: number[];
  private readonly cancelled: number[] = [];
  private readonly lonely: number[] = [];
  private count = 0;

  constructor(
    private readonly world: World,
    private readonly shop: ShopStore,
  ) {
    const since = world.clock().getTime() - VISIBLE;
    this.orders = shop
      .all("order")
      .filter((each) => Date.parse(each.createdAt) > since && each.fulfillments.length === 0 && !each.cancelledAt)
      .map((each) => each.id);
    onQueued(world.store, (domain, webhookId) => {
      if (domain === shop.domain) this.queued.push(webhookId);
    });
  }

  /** One thing happens; answers what is to be delivered of it, which the shop then forgets. */
  next(): WebhookDeliveryRecord[] {
    this.count += 1;
    try {
      this.shop.transaction(() => this.happen());
    } catch (error) {
      // Not every order can be sent, refunded or edited once more.
      if (!(error instanceof Refused)) throw error;
    }
    return this.queued.splice(0).flatMap((id) => {
      const delivery = this.shop.get("webhookDelivery", id);
      this.shop.delete("webhookDelivery", id);
      return delivery ? [delivery] : [];
    });
  }

  private happen(): void {
    const change = changeIn(this.world, this.shop);
    this.random.weighted(this.happenings)(change);
  }

  /** How common each is, and what it does. */
  private readonly happenings: readonly (readonly [number, (change: Change) => void])[] = [
    [46, (change) => saveOrder(change, { ...this.order(), discountCodes: [`STEP${this.count}`] })],
    [8, () => this.orders.push(placeOrder(this.world, this.shop, this.order(), this.count).id)],
    [6, (change) => this.send(change)],
    [5, (change) => this.report(change)],
    [4, (change) => this.refund(change)],
    [4, (change) => this.moveReturn(change)],
    [2, (change) => this.edit(change)],
    [1.5, (change) => this.cancel(change)],
    [0.7, (change) => this.deleteOrder(change)],
    [14, (change) => this.renameCustomer(change)],
    [2, (change) => this.addCustomer(change)],
    [1, (change) => this.deleteCustomer(change)],
    [3, (change) => this.renameProduct(change)],
    [3, (change) => this.changeDraft(change)],
  ];

  private send(change: Change): void {
    const order = this.order();
    const line = order.lines.find((each) => unsentUnits(order, each) > 0);
    const tracking = { company: "DHL", number: `JD${this.count}`, url: null };
    if (line) sendParcel(change, order.id, [{ lineId: line.id, quantity: 1 }], tracking);
  }

  private report(change: Change): void {
    const parcel = this.order().fulfillments.at(-1);
    if (!parcel) return;
    const status = this.random.pick(["IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED", "ATTEMPTED_DELIVERY"] as const);
    const nowhere = { city: null, province: null, country: null, zip: null, address1: null, message: null };
    reportParcel(change, parcel.id, { ...nowhere, status, estimatedDeliveryAt: null, happenedAt: change.now });
  }

  private refund(change: Change): void {
    const order = this.order();
    const lines = [{ lineId: order.lines[0]?.id ?? 0, quantity: 1, restockType: "NO_RESTOCK" as const }];
    const amount = worthOf(order, { lines, shipping: 0 });
    const transactions = amount > 0 ? [{ amount, parentId: payments(order)[0]?.id ?? null }] : [];
    refundOrder(change, order.id, { lines, shipping: 0, transactions, note: null, returnId: null });
  }

  private edit(change: Change): void {
    const order = this.order();
    editLine(change, order.id, order.lines[0]?.id ?? 0, 1);
  }

  private cancel(change: Change): void {
    const order = this.order();
    cancelOrder(change, order.id, { reason: "CUSTOMER", refund: true, restock: true });
    this.cancelled.push(order.id);
  }

  private deleteOrder(change: Change): void {
    const id = this.cancelled.shift();
    if (id === undefined) return;
    this.orders.splice(this.orders.indexOf(id), 1);
    deleteOrder(change, id);
  }

  private renameCustomer(change: Change): void {
    const like = this.random.pick(this.shop.all("customer"));
    const customer = { ...like, firstName: `Step ${this.count}`, updatedAt: change.now };
    this.shop.put("customer", customer.id, customer);
    tell(change, "customers/update", customerPayload(this.shop, customer));
  }

  private addCustomer(change: Change): void {
    const like = this.random.pick(this.shop.all("customer"));
    const made = putCustomer(this.world, this.shop, like, 1_000_000 + this.count);
    const customer = { ...made, createdAt: change.now, updatedAt: change.now };
    this.shop.put("customer", customer.id, customer);
    this.lonely.push(customer.id);
    tell(change, "customers/create", customerPayload(this.shop, customer));
  }

  private deleteCustomer(change: Change): void {
    const customer = this.shop.get("customer", this.lonely.shift() ?? 0);
    // They may have bought something since.
    if (!customer || this.shop.all("order").some((each) => each.customerId === customer.id)) return;
    this.shop.delete("customer", customer.id);
    tell(change, "customers/delete", customerDeletedPayload(customer));
  }

  private renameProduct(change: Change): void {
    const like = this.random.pick(this.shop.all("product"));
    const product = { ...like, title: `Step ${this.count}`, updatedAt: change.now };
    this.shop.put("product", product.id, product);
    tell(change, "products/update", productPayload(this.shop, product));
  }

  private changeDraft(change: Change): void {
    const drafts = this.shop.all("draftOrder").filter((each) => each.status !== "COMPLETED");
    const like = this.random.pick(drafts);
    const totals = { ...like.totals, total: like.totals.total + 1 };
    const draft = { ...like, totals, updatedAt: change.now };
    this.shop.put("draftOrder", draft.id, draft);
    tell(change, "draft_orders/update", draftOrderPayload(this.shop, draft));
  }

  private moveReturn(change: Change): void {
    const order = this.order();
    const open = order.returns?.find((each) => each.status === "REQUESTED" || each.status === "OPEN");
    if (open?.status === "REQUESTED") {
      moveReturn(change, open.id, this.random.chance(0.8) ? "approve" : "decline", { reason: "OTHER", note: null });
    } else if (open) {
      const lines = open.lines.map((line) => ({ lineId: line.id, quantity: line.quantity, restock: false }));
      processReturn(change, open.id, lines, "none");
    } else {
      const parcel = order.fulfillments[0];
      if (!parcel) return;
      const line = { fulfillmentId: parcel.id, index: 0, quantity: 1, reason: "OTHER" as const };
      startReturn(change, order.id, "REQUESTED", [{ ...line, reasonNote: "", customerNote: null }]);
    }
  }

  /** One that the app may see, a copy. */
  private order(): OrderRecord {
    const order = this.shop.get("order", this.random.pick(this.orders));
    if (!order) throw new Error("an order that should be there is not");
    return order;
  }
}
