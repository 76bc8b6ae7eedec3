import { createHash } from "node:crypto";
import type { World } from "../shopify/world";

/** Someone whom one can be: what they have on every channel. */
export interface Person {
  id: string;
  name: string;
  email: string;
  /** E.164 */
  phone: string;
  username: string;
  /** Ids at providers that give people numbers of their own. */
  ids: { instagram: string; messenger: string; x: string };
  /** What the page says of them: "3 orders", or that the shop does not know them. */
  note: string;
}

const shown = 8;

/** Customers of a shop that have an address and a number, and two people whom it does not know. */
export function peopleOf(world: World, domain: string): Person[] {
  const known = world.store
    .shop(domain)
    .all("customer")
    .flatMap(({ id, firstName, lastName, email, phone }) => {
      const name = [firstName, lastName].filter(Boolean).join(" ");
      return name && email && phone ? [person(`c${id}`, name, email, phone, "a customer of the store")] : [];
    })
    .slice(0, shown);
  const strangers = [
    person("s1", "Nora Winther", "nora.winther@postkasse.example", "+4520774411", "unknown to the store"),
    person("s2", "Tomás Echeverría de la Fuente", "tomas@correo.example", "+34611223344", "unknown to the store"),
  ];
  return [...known, ...strangers];
}

function person(id: string, name: string, email: string, phone: string, note: string): Person {
  const username = email.split("@")[0]?.replace(/[^a-z0-9]+/gi, ".") ?? id;
  const digits = (of: string) =>
    String(BigInt(`0x${createHash("sha256").update(`${of} ${email}`).digest("hex")}`)).slice(0, 15);
  const ids = { instagram: `9${digits("instagram")}`, messenger: `6${digits("messenger")}`, x: `1${digits("x")}` };
  return { id, name, email, phone: phone.replace(/[^+\d]/g, ""), username, ids, note };
}
