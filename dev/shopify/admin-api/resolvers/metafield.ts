import { createHash } from "node:crypto";
import { gid, type MetafieldRecord } from "../../records";
import { appIdOf } from "../../webhooks/payloads/shop";
import { type AdminContext, type Arguments, type Fields, same, type Types } from "../engine/context";
import { paginate } from "../engine/pages";
import { definitionOf, metafieldDefinitionTypes } from "./metafield-definition";

/** A metafield with where it hangs. */
export interface MetafieldNode extends MetafieldRecord {
  ownerType: string;
}

/** `metafield` and `metafields` of any type that has them. */
export function metafieldFields<Source>(
  ownerType: string,
  of: (source: Source, context: AdminContext) => readonly MetafieldRecord[],
): Fields<Source> {
  return {
    metafield: (source, args, context) => {
      const namespace = resolveNamespace(args.namespace, context);
      const found = of(source, context).find((each) => each.namespace === namespace && each.key === args.key);
      return found ? { ...found, ownerType } : null;
    },
    metafields: (source, args, context) => {
      const wanted = args.namespace === undefined ? null : resolveNamespace(args.namespace, context);
      const keys = args.keys as string[] | undefined;
      const found = of(source, context).filter(
        (each) =>
          (wanted === null || each.namespace === wanted) &&
          (!keys || keys.includes(each.key) || keys.includes(`${each.namespace}.${each.key}`)),
      );
      const nodes = found.map((each) => ({ ...each, ownerType }));
      return paginate<MetafieldNode>(nodes, args, { id: (node) => node.id, value: (node) => node.id });
    },
  };
}

/** `$app` and `$app:x` are the app's own namespaces; none given means `$app`. */
export function resolveNamespace(namespace: unknown, context: AdminContext): string {
  const own = `app--${appIdOf(context.world)}`;
  if (typeof namespace !== "string" || namespace === "$app") return own;
  return namespace.startsWith("$app:") ? `${own}--${namespace.slice(5)}` : namespace;
}

/** Metafields of the shop and of the app's installation, which have no record of their own to be in. */
export function metafieldsOwnedBy(context: AdminContext, ownerGid: string): MetafieldRecord[] {
  return context.shop.all("metafield").filter((each) => each.ownerGid === ownerGid);
}

export const metafieldTypes: Types = {
  Metafield: {
    ...same<MetafieldNode>("namespace", "key", "type", "value", "createdAt", "updatedAt", "ownerType"),
    id: (metafield: MetafieldNode) => gid("Metafield", metafield.id),
    legacyResourceId: (metafield: MetafieldNode) => String(metafield.id),
    jsonValue: (metafield: MetafieldNode) => jsonValue(metafield),
    sizeInBytes: (metafield: MetafieldNode) => Buffer.byteLength(metafield.value),
    compareDigest: (metafield: MetafieldNode) => compareDigest(metafield),
    definition: (metafield: MetafieldNode, _args: Arguments, context: AdminContext) => definitionOf(context, metafield),
    description: (metafield: MetafieldNode, _args: Arguments, context: AdminContext) =>
      definitionOf(context, metafield)?.description ?? null,
  },
  ...metafieldDefinitionTypes,
  MetafieldIdentifier: same<{ ownerId: string; namespace: string; key: string }>("ownerId", "namespace", "key"),
};

/** The digest that `metafieldsSet(compareDigest:)` must name to change the value. */
export function compareDigest(metafield: MetafieldRecord): string {
  return createHash("sha256").update(metafield.value).digest("hex");
}

function jsonValue(metafield: MetafieldRecord): unknown {
  const isJson =
    metafield.type === "json" || metafield.type.startsWith("list.") || /^number_|^boolean$/.test(metafield.type);
  if (!isJson || metafield.type === "number_decimal") return metafield.value;
  try {
    return JSON.parse(metafield.value);
  } catch {
    return metafield.value;
  }
}
