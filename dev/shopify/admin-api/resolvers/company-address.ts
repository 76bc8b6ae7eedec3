import { gid } from "../../records";
import type { CompanyAddressRecord, CompanyLocationRecord } from "../../records-people";
import { countryName, provinceCode } from "../../webhooks/payloads/forms";
import type { AdminContext, Arguments, Fields, Types } from "../engine/context";

/** An address with the location it belongs to. */
interface AddressNode {
  location: Readonly<CompanyLocationRecord>;
  address: CompanyAddressRecord;
}

const plain = ["address1", "address2", "city", "createdAt", "firstName", "lastName", "phone", "province"] as const;
const more = ["recipient", "updatedAt", "zip", "countryCode"] as const;

export const companyAddressTypes: Types = {
  CompanyAddress: {
    ...(Object.fromEntries(
      [...plain, ...more].map((name) => [name, ({ address }: AddressNode) => address[name]]),
    ) as Fields<AddressNode>),
    id: ({ address }: AddressNode) => gid("CompanyAddress", address.id),
    companyName: (node: AddressNode, _args: Arguments, context: AdminContext) => companyName(node, context),
    country: ({ address }: AddressNode) => countryName(address.countryCode),
    zoneCode: ({ address }: AddressNode) => provinceCode(address.province),
    formattedArea: ({ address }: AddressNode) =>
      [address.city, address.province, countryName(address.countryCode)].filter(Boolean).join(", "),
    formattedAddress: (node: AddressNode, args: Arguments, context: AdminContext) => {
      const { address } = node;
      const name = args.withName === true ? [address.firstName, address.lastName].filter(Boolean).join(" ") : null;
      return [
        name,
        args.withCompanyName === false ? null : companyName(node, context),
        address.address1,
        address.address2,
        [address.zip, address.city, address.province].filter(Boolean).join(" "),
        countryName(address.countryCode),
      ].filter(Boolean);
    },
  },
};

function companyName({ location }: AddressNode, { shop }: AdminContext): string {
  return shop.get("company", location.companyId)?.name ?? "";
}
