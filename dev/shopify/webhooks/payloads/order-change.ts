import type { OrderRecord } from "../../records";
import type { ShopStore } from "../../store";
import { zoned } from "./forms";

/** `orders/edited`: only what changed. */
export function orderEditedPayload(
  shop: ShopStore,
  order: Readonly<OrderRecord>,
  edit: { id: number; lineId: number; delta: number },
) {
  const at = zoned(order.editedAt ?? order.updatedAt, shop.settings());
  const change = [{ id: edit.lineId, delta: Math.abs(edit.delta) }];
  return {
    order_edit: {
      id: edit.id,
      app_id: null,
      created_at: at,
      committed_at: at,
      notify_customer: false,
      order_id: order.id,
      staff_note: "",
      user_id: null,
      line_items: { additions: edit.delta > 0 ? change : [], removals: edit.delta < 0 ? change : [] },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  };
}
