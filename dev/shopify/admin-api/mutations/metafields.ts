import type { MetafieldRecord } from "../../records";
import { gid, idOf } from "../../records";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { accessDenied, invalidId, notImplemented, tooManyInputs } from "../engine/errors";
import { compareDigest, resolveNamespace } from "../resolvers/metafield";
import { definitionOf } from "../resolvers/metafield-definition";
import { installationGid } from "../resolvers/shop";
import { textOrNull } from "./read-input";

const MOST = 25;

interface MetafieldError {
  field: string[];
  message: string;
  code: string;
  elementIndex: null;
}

/** Where metafields of one owner are kept. */
interface Shelf {
  ownerType: string;
  all: () => MetafieldRecord[];
  save: (all: MetafieldRecord[]) => void;
}

export const metafieldMutations: Fields<unknown> = {
  /** All or nothing: one wrong value and none is stored. */
  metafieldsSet: (_root, args, context) => {
    const inputs = args.metafields as Arguments[];
    if (inputs.length > MOST) throw tooManyInputs(inputs.length, MOST);
    const errors: MetafieldError[] = [];
    const writes = inputs.map((input, index) => prepare(context, input, index, errors));
    if (errors.length > 0) return { metafields: null, userErrors: errors };
    return { metafields: writes.map((write) => write()), userErrors: [] };
  },

  metafieldsDelete: (_root, args, context) => ({
    deletedMetafields: (args.metafields as Arguments[]).map((input) => {
      const shelf = shelfOf(context, input.ownerId);
      const namespace = resolveNamespace(input.namespace, context);
      const key = String(input.key);
      const kept = shelf.all().filter((each) => each.namespace !== namespace || each.key !== key);
      if (kept.length === shelf.all().length) return null;
      shelf.save(kept);
      return { ownerId: input.ownerId, namespace, key };
    }),
    userErrors: [],
  }),
};

function prepare(context: AdminContext, input: Arguments, index: number, errors: MetafieldError[]) {
  const refuse = (field: string, code: string, message: string) =>
    errors.push({ field: ["metafields", String(index), field], message, code, elementIndex: null });
  const shelf = shelfOf(context, input.ownerId);
  const namespace = resolveNamespace(input.namespace, context);
  const key = String(input.key);
  const value = String(input.value);
  const before = shelf.all().find((each) => each.namespace === namespace && each.key === key);
  const type =
    textOrNull(input.type) ??
    before?.type ??
    definitionOf(context, { ownerType: shelf.ownerType, namespace, key })?.type;
  if (key.length < 2) refuse("key", "TOO_SHORT", "Key is too short (minimum is 2 characters)");
  if (key.length > 64) refuse("key", "TOO_LONG", "Key is too long (maximum is 64 characters)");
  if (value === "") refuse("value", "BLANK", "Value can't be blank");
  if (!type) refuse("type", "BLANK", "Type can't be blank");
  else if (value !== "") {
    const defined = definitionOf(context, { ownerType: shelf.ownerType, namespace, key });
    if (defined && defined.type !== type) {
      refuse(
        "type",
        "INVALID_TYPE",
        `Type '${type}' must be consistent with the definition's type: '${defined.type}'.`,
      );
    }
    const wrong = wrongValue(type, value);
    if (wrong) refuse("value", "INVALID_VALUE", wrong);
  }
  const digest = input.compareDigest;
  if (typeof digest === "string" && (!before || digest !== compareDigest(before))) {
    refuse(
      "compareDigest",
      "STALE_OBJECT",
      "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.",
    );
  }
  return () => {
    const now = context.now.toISOString();
    const metafield: MetafieldRecord = {
      id: before?.id ?? context.shop.newId("metafield"),
      namespace,
      key,
      type: type ?? "",
      value,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    };
    shelf.save([...shelf.all().filter((each) => each.id !== metafield.id), metafield]);
    return { ...metafield, ownerType: shelf.ownerType };
  };
}

/** Why the value is not of the type, or null. Types that are not checked here take any text. */
function wrongValue(type: string, value: string): string | null {
  if (type === "number_integer" && !/^-?\d+$/.test(value)) return "Value must be an integer.";
  if (type === "number_decimal" && !/^-?\d+(\.\d+)?$/.test(value)) return "Value must be a decimal.";
  if (type === "boolean" && !/^(true|false)$/.test(value)) return "Value must be true or false.";
  if (type === "date_time" && Number.isNaN(new Date(value).getTime())) return "Value must be in ISO 8601 format.";
  if (type === "single_line_text_field" && value.includes("\n")) return "Value must be a single line text string.";
  if (type === "json" || type.startsWith("list.")) {
    try {
      const parsed: unknown = JSON.parse(value);
      if (type.startsWith("list.") && !Array.isArray(parsed)) return "Value must be an array.";
    } catch {
      return "Value is invalid JSON.";
    }
  }
  return null;
}

function shelfOf(context: AdminContext, ownerId: unknown): Shelf {
  const type = typeof ownerId === "string" ? /^gid:\/\/shopify\/([A-Za-z]+)\/\d+$/.exec(ownerId)?.[1] : undefined;
  if (!type || typeof ownerId !== "string") throw invalidId(ownerId);
  switch (type) {
    case "Customer":
      return recordShelf(context, "customer", "CUSTOMER", "write_customers", idOf(type, ownerId));
    case "Company":
      return recordShelf(context, "company", "COMPANY", "write_customers", idOf(type, ownerId));
    case "Order":
      return recordShelf(context, "order", "ORDER", "write_orders", idOf(type, ownerId));
    case "DraftOrder":
      return recordShelf(context, "draftOrder", "DRAFTORDER", "write_draft_orders", idOf(type, ownerId));
    case "Shop":
      return ownShelf(context, ownerId, gid("Shop", context.settings.id), "SHOP");
    case "AppInstallation":
      return ownShelf(context, ownerId, installationGid(context), "API_PERMISSION");
    default:
      throw notImplemented(`metafields of ${type}`);
  }
}

/** Metafields that live in the record of their owner; the app needs the owner's write scope. */
function recordShelf(
  context: AdminContext,
  kind: "customer" | "order" | "draftOrder" | "company",
  ownerType: string,
  scope: string,
  id: number | null,
): Shelf {
  if (!context.token.scopes.includes(scope)) throw accessDenied("metafields", `\`${scope}\` access scope.`);
  const owner = () => {
    const found = id === null ? null : context.shop.get(kind, id);
    if (!found) throw invalidId(`gid://shopify/${kind}/${id}`);
    return found;
  };
  owner();
  return {
    ownerType,
    all: () => owner().metafields,
    save: (metafields) => context.shop.put(kind, id ?? 0, { ...owner(), metafields }),
  };
}

/** Metafields of the shop itself and of the app's installation. */
function ownShelf(context: AdminContext, asked: string, ownerGid: string, ownerType: string): Shelf {
  if (asked !== ownerGid) throw invalidId(asked);
  const all = () => context.shop.all("metafield").filter((each) => each.ownerGid === ownerGid);
  return {
    ownerType,
    all,
    save: (metafields) => {
      for (const gone of all())
        if (!metafields.some((each) => each.id === gone.id)) context.shop.delete("metafield", gone.id);
      for (const each of metafields) context.shop.put("metafield", each.id, { ...each, ownerGid });
    },
  };
}
