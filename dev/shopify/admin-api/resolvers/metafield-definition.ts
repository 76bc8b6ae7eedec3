import { gid } from "../../records";
import type { MetafieldDefinitionRecord } from "../../records-people";
import { type AdminContext, type Arguments, type Fields, same, type Types } from "../engine/context";
import { paginate } from "../engine/pages";
import { resolveNamespace } from "./metafield";
import { requireId } from "./node";

type Definition = Readonly<MetafieldDefinitionRecord>;

/** The definition of a metafield, or null when it has none. */
export function definitionOf(
  { shop }: AdminContext,
  wanted: { ownerType: string; namespace: string; key: string },
): Definition | null {
  const isIt = (each: Definition) =>
    each.ownerType === wanted.ownerType && each.namespace === wanted.namespace && each.key === wanted.key;
  return shop.all("metafieldDefinition").find(isIt) ?? null;
}

export const metafieldDefinitionQueries: Fields<unknown> = {
  metafieldDefinition: (_root, args, context) => {
    if (typeof args.id === "string") {
      return context.shop.get("metafieldDefinition", requireId("MetafieldDefinition", args.id));
    }
    const identifier = (args.identifier ?? {}) as Arguments;
    return definitionOf(context, {
      ownerType: String(identifier.ownerType),
      namespace: resolveNamespace(identifier.namespace, context),
      key: String(identifier.key),
    });
  },
  metafieldDefinitions: (_root, args, context) => {
    const namespace = typeof args.namespace === "string" ? resolveNamespace(args.namespace, context) : null;
    const found = context.shop
      .all("metafieldDefinition")
      .filter((each) => each.ownerType === args.ownerType)
      .filter((each) => namespace === null || each.namespace === namespace)
      .filter((each) => typeof args.key !== "string" || each.key === args.key);
    const byName = args.sortKey === "NAME";
    return paginate(found, args, {
      id: (each: Definition) => each.id,
      value: (each: Definition) => (byName ? each.name : each.id),
    });
  },
};

export const metafieldDefinitionTypes: Types = {
  MetafieldDefinition: {
    ...same<MetafieldDefinitionRecord>("key", "name", "namespace", "ownerType", "description", "access"),
    id: (definition: Definition) => gid("MetafieldDefinition", definition.id),
    type: (definition: Definition) => definition,
    pinnedPosition: (definition: Definition) => definition.pinnedPosition,
    validations: () => [],
    validationStatus: () => "ALL_VALID",
    useAsCollectionCondition: () => false,
  },
  MetafieldDefinitionType: { name: (definition: Definition) => definition.type },
  MetafieldAccess: same<MetafieldDefinitionRecord["access"]>("admin", "storefront", "customerAccount"),
};
