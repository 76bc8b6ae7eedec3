import type { OrderRecord } from "../../records";
import { orderPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { Arguments, Fields } from "../engine/context";
import { requireId } from "../resolvers/node";
import { visibleOrder } from "../resolvers/visible-orders";
import { readAddress, readAttributes, textOrNull, withMetafields } from "./read-input";
import { cleanTags, isEmail, isPhone, tagErrors, type UserError, userError } from "./user-errors";

export const orderMutations: Fields<unknown> = {
  orderUpdate: (_root, args, context) => {
    const input = args.input as Arguments;
    const before = visibleOrder(context, requireId("Order", input.id));
    if (!before) return { order: null, userErrors: [userError(["id"], "Order does not exist")] };
    const errors: UserError[] = [];
    const order: OrderRecord = { ...before, updatedAt: context.now.toISOString() };
    for (const name of ["note", "email", "phone"] as const) if (name in input) order[name] = textOrNull(input[name]);
    if (order.email && !isEmail(order.email)) errors.push(userError(["email"], "Email is invalid"));
    if (order.phone && !isPhone(order.phone)) errors.push(userError(["phone"], "Phone is invalid"));
    if (input.tags) {
      order.tags = cleanTags(input.tags as string[]);
      errors.push(...tagErrors(order.tags));
    }
    if (input.customAttributes) order.attributes = readAttributes(input.customAttributes);
    if (input.shippingAddress) order.shippingAddress = readAddress(context, input.shippingAddress);
    if (input.metafields) order.metafields = withMetafields(context, order.metafields, input.metafields);
    if (errors.length > 0) return { order: null, userErrors: errors };
    context.shop.put("order", order.id, order);
    publish(context.world, context.shop, "orders/updated", orderPayload(context.shop, order));
    return { order, userErrors: [] };
  },
};
