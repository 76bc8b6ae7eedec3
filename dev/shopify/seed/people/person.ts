import type { AddressRecord } from "../../records";
import type { ShopStore } from "../../store";
import type { Random } from "../random";
import type { NamePool } from "./name-pools";

/** Somebody who could exist: the raw material of a customer, or of a guest who never made an account. */
export interface Person {
  first: string;
  last: string;
  email: string;
  phone: string;
  pool: NamePool;
}

/** A person of the pool whose e-mail address is not in `taken`; the address is added to it. */
export function drawPerson(pool: NamePool, random: Random, taken: Set<string>): Person {
  const [first, firstLatin] = spellings(random.pick(pool.first));
  const [last, lastLatin] = spellings(random.pick(pool.last));
  const local = `${plain(firstLatin)}.${plain(lastLatin)}`;
  // Only domains that RFC 2606 keeps for examples: nobody's mailbox.
  const domain = random.pick(["example.com", "example.org", "example.net", "mail.example", "post.example"]);
  let email = `${local}@${domain}`;
  for (let attempt = 2; taken.has(email); attempt++) email = `${local}${attempt}@${domain}`;
  taken.add(email);
  return { first, last, email, phone: `${pool.dial}${random.int(2, 9)}${random.digits(8)}`, pool };
}

/** An address of the person, in the way their country writes it. */
export function addressOf(
  shop: ShopStore,
  person: Pick<Person, "first" | "last" | "phone" | "pool">,
  random: Random,
  company: string | null = null,
): AddressRecord {
  const [city, zip, province] = random.pick(person.pool.cities);
  return {
    id: shop.newId("address"),
    firstName: person.first,
    lastName: person.last,
    company,
    address1: random.pick(person.pool.streets),
    address2: random.chance(0.08) ? "c/o Reception" : null,
    city,
    province,
    zip,
    countryCode: person.pool.countryCode,
    phone: person.phone,
  };
}

function spellings(name: string | readonly [string, string]): readonly [string, string] {
  return typeof name === "string" ? [name, name] : name;
}

const LETTERS: Readonly<Record<string, string>> = {
  ø: "o",
  æ: "ae",
  ß: "ss",
  ł: "l",
  ı: "i",
  đ: "d",
};

/** `d'Aubigné` → `daubigne`: what fits before the @ without quoting. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z]/g, (letter) => LETTERS[letter] ?? "");
}
