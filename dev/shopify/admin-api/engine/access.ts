import { type GraphQLNamedType, type GraphQLResolveInfo, getNamedType, isObjectType } from "graphql";
import { isFieldApproved, isTypeApproved } from "../../protected-data/data";
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
  if (!isTypeApproved(context.settings, returned.name)) throw objectNotApproved(returned.name);
  if (!isFieldApproved(context.settings, info.parentType.name, info.fieldName)) throw fieldNotApproved(info.fieldName);
}

/** What a connection or an edge is about; any other type is about itself. */
function resourceOf(type: GraphQLNamedType): GraphQLNamedType {
  if (!isObjectType(type) || !/(Connection|Edge)$/.test(type.name)) return type;
  const fields = type.getFields();
  const inner = fields.nodes ?? fields.node;
  return inner ? getNamedType(inner.type) : type;
}

/** The same for a type that is asked for by id alone, as `node(id:)` does. */
export function requireType(typeName: string, context: AdminContext): void {
  const need = context.admin.scopes.ofType(typeName);
  if (need && !isGranted(need, context.token.scopes)) throw accessDenied("node", need.wording);
  if (!isTypeApproved(context.settings, typeName)) throw objectNotApproved(typeName);
}
