import { locationsOf } from "../../b2b/company-parts";
import { gid } from "../../records";
import type { CompanyLocationRecord, CompanyRecord } from "../../records-people";
import type { ShopStore } from "../../store";
import { type AdminContext, type Arguments, same, type Types } from "../engine/context";

type Role = CompanyRecord["roles"][number];

/** Who may order for which location, and as what. */
export interface Assignment {
  id: number;
  contactId: number;
  roleId: number;
  createdAt: string;
  location: Readonly<CompanyLocationRecord>;
}

/** All assignments of a company, over its locations. */
export function assignmentsOf(shop: ShopStore, companyId: number): Assignment[] {
  return locationsOf(shop, companyId).flatMap((location) =>
    location.assignments.map((each) => ({ ...each, location })),
  );
}

export const companyRoleTypes: Types = {
  CompanyContactRole: {
    ...same<Role>("name", "note"),
    id: (role: Role) => gid("CompanyContactRole", role.id),
  },
  CompanyContactRoleAssignment: {
    id: (assignment: Assignment) => gid("CompanyContactRoleAssignment", assignment.id),
    createdAt: (assignment: Assignment) => assignment.createdAt,
    updatedAt: (assignment: Assignment) => assignment.createdAt,
    company: (assignment: Assignment, _args: Arguments, { shop }: AdminContext) =>
      shop.get("company", assignment.location.companyId),
    companyContact: (assignment: Assignment, _args: Arguments, { shop }: AdminContext) =>
      shop.get("companyContact", assignment.contactId),
    companyLocation: (assignment: Assignment) => assignment.location,
    role: (assignment: Assignment, _args: Arguments, { shop }: AdminContext) =>
      shop.get("company", assignment.location.companyId)?.roles.find((role) => role.id === assignment.roleId) ?? null,
  },
};
