import { type AddressRecord, gid } from "../../records";
import { countryName, provinceCode } from "../../webhooks/payloads/forms";
import { type Arguments, same, type Types } from "../engine/context";

export const addressTypes: Types = {
  MailingAddress: {
    ...same<AddressRecord>(
      "firstName",
      "lastName",
      "company",
      "address1",
      "address2",
      "city",
      "province",
      "zip",
      "phone",
    ),
    id: (address: AddressRecord) => `${gid("MailingAddress", address.id)}?model_name=Address`,
    name: (address: AddressRecord) => fullName(address),
    country: (address: AddressRecord) => countryName(address.countryCode),
    countryCode: (address: AddressRecord) => address.countryCode,
    countryCodeV2: (address: AddressRecord) => address.countryCode,
    provinceCode: (address: AddressRecord) => provinceCode(address.province),
    formatted: (address: AddressRecord, args: Arguments) => formatted(address, args),
    formattedArea: (address: AddressRecord) =>
      [address.city, address.province, countryName(address.countryCode)].filter(Boolean).join(", "),
    coordinatesValidated: () => false,
    latitude: () => null,
    longitude: () => null,
  },
};

function fullName(address: AddressRecord): string | null {
  return [address.firstName, address.lastName].filter(Boolean).join(" ") || null;
}

function formatted(address: AddressRecord, args: Arguments): string[] {
  const lines = [
    args.withName === true ? fullName(address) : null,
    args.withCompany === false ? null : address.company,
    address.address1,
    address.address2,
    [address.city, address.province, address.zip].filter(Boolean).join(" "),
    countryName(address.countryCode),
  ];
  return lines.filter((line): line is string => Boolean(line));
}
