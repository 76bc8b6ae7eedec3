import { tellTags } from "../../customers/tell-tags";
import { idOf } from "../../records";
import { customerPayload, orderPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { AdminContext, Fields } from "../engine/context";
import { accessDenied, invalidId, notImplemented } from "../engine/errors";
import { tagged } from "../engine/resolve-field";
import { saveDraft } from "./draft-orders";
import { cleanTags, tagErrors, userError } from "./user-errors";

const CUSTOMER_TAG_LENGTH = 255;

export const tagMutations: Fields<unknown> = {
  tagsAdd: (_root, args, context) =>
    change(context, args.id, (present) => cleanTags([...present, ...(args.tags as string[])])),
  tagsRemove: (_root, args, context) => {
    const gone = new Set(cleanTags(args.tags as string[]).map((tag) => tag.toLowerCase()));
    return change(context, args.id, (present) => present.filter((tag) => !gone.has(tag.toLowerCase())));
  },
};

function change(context: AdminContext, id: unknown, apply: (present: string[]) => string[]) {
  const type = typeof id === "string" ? /^gid:\/\/shopify\/([A-Za-z]+)\/\d+$/.exec(id)?.[1] : undefined;
  const owner = type ? owners(context)[type] : undefined;
  if (!type || typeof id !== "string") throw invalidId(id);
  if (!owner) throw notImplemented(`tags of ${type}`);
  // The scope map has no entry for tags: Shopify asks for the write scope of what is tagged.
  if (!context.token.scopes.includes(owner.scope)) {
    throw accessDenied("tags", `\`${owner.scope}\` access scope.`);
  }
  const node = owner.apply(idOf(type, id) ?? 0, apply);
  if (Array.isArray(node)) return { node: null, userErrors: node };
  return node
    ? { node: tagged(type, node), userErrors: [] }
    : { node: null, userErrors: [userError(["id"], `${type} does not exist`)] };
}

interface Owner {
  scope: string;
  /** The changed record, user errors, or null when there is no such record. */
  apply: (id: number, change: (present: string[]) => string[]) => object | ReturnType<typeof tagErrors> | null;
}

function owners(context: AdminContext): Record<string, Owner> {
  const { shop, world } = context;
  const updatedAt = context.now.toISOString();
  return {
    Customer: {
      scope: "write_customers",
      apply: (id, edit) => {
        const customer = shop.get("customer", id);
        if (!customer) return null;
        const changed = { ...customer, tags: edit(customer.tags), updatedAt };
        const errors = tagErrors(changed.tags, CUSTOMER_TAG_LENGTH);
        if (errors.length > 0) return errors;
        shop.put("customer", id, changed);
        publish(world, shop, "customers/update", customerPayload(shop, changed));
        tellTags(world, shop, id, { before: customer.tags, after: changed.tags });
        return changed;
      },
    },
    Order: {
      scope: "write_orders",
      apply: (id, edit) => {
        const order = shop.get("order", id);
        if (!order) return null;
        const changed = { ...order, tags: edit(order.tags), updatedAt };
        const errors = tagErrors(changed.tags);
        if (errors.length > 0) return errors;
        shop.put("order", id, changed);
        publish(world, shop, "orders/updated", orderPayload(shop, changed));
        return changed;
      },
    },
    DraftOrder: {
      scope: "write_draft_orders",
      apply: (id, edit) => {
        const draft = shop.get("draftOrder", id);
        if (!draft) return null;
        const tags = edit(draft.tags);
        const errors = tagErrors(tags);
        return errors.length > 0 ? errors : saveDraft(context, { ...draft, tags });
      },
    },
  };
}
