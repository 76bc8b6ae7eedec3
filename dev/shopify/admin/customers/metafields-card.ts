import type { CustomerRecord } from "../../records";
import { type Html, html } from "../look/html";
import { card, empty, facts } from "../look/pieces";
import type { Visit } from "../visit";

/** The customer's metafields: by their name where a definition gives one, the app's own among them. */
export function metafieldsCard(visit: Visit, customer: CustomerRecord): Html {
  if (customer.metafields.length === 0) return card("Metafields", empty("None."));
  const definitions = visit.shop.all("metafieldDefinition").filter((each) => each.ownerType === "CUSTOMER");
  return card(
    "Metafields",
    facts(
      customer.metafields.map(({ namespace, key, value }) => {
        const defined = definitions.find((each) => each.namespace === namespace && each.key === key);
        return [defined?.name ?? `${namespace}.${key}`, html`<code>${value}</code>`];
      }),
    ),
  );
}
