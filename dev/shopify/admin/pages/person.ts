import type { AddressRecord, AttributeRecord } from "../../records";
import { type Html, html, type Piece } from "../look/html";
import { empty, facts } from "../look/pieces";

/** An address in lines. */
export function address(where: AddressRecord | null): Piece {
  if (!where) return "—";
  const lines = [
    `${where.firstName} ${where.lastName}`.trim(),
    where.company,
    where.address1,
    where.address2,
    [where.zip, where.city].filter(Boolean).join(" "),
    [where.province, where.countryCode].filter(Boolean).join(", "),
    where.phone,
  ].filter(Boolean);
  return html`<span class="pre">${lines.join("\n")}</span>`;
}

/** Custom attributes as the admin shows them, under "Additional details". */
export function attributes(list: readonly AttributeRecord[]): Html {
  if (list.length === 0) return empty("None.");
  return facts(list.map((each) => [each.key, each.value]));
}
