import { GraphQLError } from "graphql";

/** Loud: the schema has it, the local Shopify does not. */
export function notImplemented(what: string): GraphQLError {
  return new GraphQLError(`The local Shopify does not implement ${what}.`, {
    extensions: { code: "NOT_IMPLEMENTED_BY_LOCAL_SHOPIFY", what },
  });
}

/** An id that is of another type or malformed. */
export function invalidId(value: unknown): GraphQLError {
  if (typeof value === "string" && value.startsWith("gid://shopify/")) {
    return new GraphQLError("invalid id", { extensions: { code: "RESOURCE_NOT_FOUND" } });
  }
  return new GraphQLError(`Invalid global id '${String(value)}'`, {
    extensions: { code: "argumentLiteralsIncompatible" },
  });
}

export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}

/** More items in an input list than Shopify takes. */
export function tooManyInputs(size: number, most: number): GraphQLError {
  return new GraphQLError(`The input array size of ${size} is greater than the maximum allowed of ${most}.`, {
    extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" },
  });
}

const SCOPES_PAGE = "https://shopify.dev/api/usage/access-scopes";

export function accessDenied(fieldName: string, requiredAccess: string): GraphQLError {
  return new GraphQLError(`Access denied for ${fieldName} field. Required access: ${requiredAccess}`, {
    extensions: { code: "ACCESS_DENIED", documentation: SCOPES_PAGE, requiredAccess },
  });
}

const PROTECTED_DATA_PAGE = "https://shopify.dev/docs/apps/launch/protected-customer-data";

export function fieldNotApproved(fieldName: string): GraphQLError {
  return new GraphQLError(
    `This app is not approved to use the ${fieldName} field. See ${PROTECTED_DATA_PAGE} for more details.`,
    { extensions: { code: "ACCESS_DENIED", documentation: PROTECTED_DATA_PAGE } },
  );
}

export function objectNotApproved(typeName: string): GraphQLError {
  return new GraphQLError(
    `This app is not approved to access the ${typeName} object. See ${PROTECTED_DATA_PAGE} for more details.`,
    { extensions: { code: "ACCESS_DENIED", documentation: PROTECTED_DATA_PAGE } },
  );
}
