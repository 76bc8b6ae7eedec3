import type { MetafieldDefinitionRecord } from "../../records-people";
import type { Arguments, Fields } from "../engine/context";
import { notImplemented } from "../engine/errors";
import { resolveNamespace } from "../resolvers/metafield";
import { definitionOf } from "../resolvers/metafield-definition";
import { textOrNull } from "./read-input";

/** https://shopify.dev/docs/apps/build/custom-data/metafields/list-of-data-types, those that need no validation. */
const TYPES =
  /^(list\.)?(boolean|color|date|date_time|id|json|money|multi_line_text_field|number_decimal|number_integer|single_line_text_field|url|weight|volume|dimension|rating|link|language|rich_text_field)$/;

export const metafieldDefinitionMutations: Fields<unknown> = {
  metafieldDefinitionCreate: (_root, args, context) => {
    const input = args.definition as Arguments;
    const errors: { field: string[]; message: string; code: string; elementIndex: null; elementKey: null }[] = [];
    const refuse = (field: string, message: string, code: string) =>
      errors.push({ field: ["definition", field], message, code, elementIndex: null, elementKey: null });
    const access = (input.access ?? {}) as Arguments;
    for (const name of ["validations", "capabilities", "constraints"]) {
      const given = input[name];
      if (given && !(Array.isArray(given) && given.length === 0))
        throw notImplemented(`MetafieldDefinitionInput.${name}`);
    }
    if (input.useAsCollectionCondition === true) {
      throw notImplemented("MetafieldDefinitionInput.useAsCollectionCondition");
    }
    const definition: MetafieldDefinitionRecord = {
      id: 0,
      ownerType: String(input.ownerType),
      namespace: resolveNamespace(input.namespace, context),
      key: String(input.key),
      name: String(input.name),
      description: textOrNull(input.description),
      type: String(input.type),
      pinnedPosition: input.pin === true ? context.shop.all("metafieldDefinition").length + 1 : null,
      access: {
        admin: textOrNull(access.admin) ?? "PUBLIC_READ_WRITE",
        storefront: textOrNull(access.storefront) ?? "NONE",
        customerAccount: textOrNull(access.customerAccount) ?? "NONE",
      },
    };
    if (!definition.name.trim()) refuse("name", "Name can't be blank", "BLANK");
    if (!/^[\w-]+$/.test(definition.key))
      refuse("key", "Key contains one or more invalid characters.", "INVALID_CHARACTER");
    if (definition.key.length < 2) refuse("key", "Key is too short (minimum is 2 characters)", "TOO_SHORT");
    if (definition.key.length > 64) refuse("key", "Key is too long (maximum is 64 characters)", "TOO_LONG");
    if (!TYPES.test(definition.type)) {
      refuse("type", `Type name ${definition.type} is not a valid type.`, "INCLUSION");
    }
    if (definitionOf(context, definition)) {
      const where = `${definition.ownerType.toLowerCase()} metafields`;
      refuse("key", `Key is in use for ${where} on the '${definition.namespace}' namespace.`, "TAKEN");
    }
    if (errors.length > 0) return { createdDefinition: null, userErrors: errors };
    const created = { ...definition, id: context.shop.newId("metafieldDefinition") };
    context.shop.put("metafieldDefinition", created.id, created);
    return { createdDefinition: created, userErrors: [] };
  },
};
