import { type GraphQLNamedType, type GraphQLResolveInfo, getNamedType, isObjectType } from "graphql";
import { isGranted, type Need } from "../../schema/scope-map";
import type { AdminContext } from "./context";
import { accessDenied, fieldNotApproved, objectNotApproved } from "./errors";

/** Throws when the token's scopes, or the protected-data review, do not open the field. */
export function requireAccess(info: GraphQLResolveInfo, context: AdminContext): void {
  const returned = resourceOf(getNamedType(info.returnType));
  const needs: (Need | null)[] = [
    context.admin.scopes.ofField(info.parentType.name, info.fieldName),
    context.admin.scopes.ofType(returned.name),
  ];
  for (const need of needs) {
    if (need && !isGranted(need, context.token.scopes)) throw accessDenied(info.fieldName, need.wording);
  }
  if (context.settings.unapprovedFields.length === 0) return;
  if (context.settings.unapprovedFields.includes(returned.name)) throw objectNotApproved(returned.name);
  if (unapproved(context.settings.unapprovedFields, `${info.parentType.name}.${info.fieldName}`)) {
    throw fieldNotApproved(info.fieldName);
  }
}

/** What a connection or an edge is about; any other type is about itself. */
function resourceOf(type: GraphQLNamedType): GraphQLNamedType {
  if (!isObjectType(type) || !/(Connection|Edge)$/.test(type.name)) return type;
  const fields = type.getFields();
  const inner = fields.nodes ?? fields.node;
  return inner ? getNamedType(inner.type) : type;
}

/** The same datum under its other names in the schema: the review is about the datum. */
const SAME_DATUM: readonly (readonly string[])[] = [
  ["Customer.email", "CustomerEmailAddress.emailAddress", "Order.email", "DraftOrder.email"],
  ["Customer.phone", "CustomerPhoneNumber.phoneNumber", "Order.phone", "DraftOrder.phone", "MailingAddress.phone"],
  ["Customer.firstName", "MailingAddress.firstName", "Customer.displayName", "MailingAddress.name"],
  ["Customer.lastName", "MailingAddress.lastName", "Customer.displayName", "MailingAddress.name"],
  ["MailingAddress.address1", "MailingAddress.address2", "MailingAddress.formatted"],
];

function unapproved(listed: readonly string[], field: string): boolean {
  return listed.some(
    (path) => path === field || SAME_DATUM.some((group) => group[0] === path && group.includes(field)),
  );
}

/** The same for a type that is asked for by id alone, as `node(id:)` does. */
export function requireType(typeName: string, context: AdminContext): void {
  const need = context.admin.scopes.ofType(typeName);
  if (need && !isGranted(need, context.token.scopes)) throw accessDenied("node", need.wording);
  if (context.settings.unapprovedFields.includes(typeName)) throw objectNotApproved(typeName);
}
