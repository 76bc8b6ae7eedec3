import type { CustomerRecord, MetafieldRecord } from "../records";
import type { ShopStore } from "../store";
import { type NamePool, POOLS } from "./people/name-pools";
import type { NotableCustomer } from "./people/notable";
import { addressOf, drawPerson } from "./people/person";
import type { Random } from "./random";

/** The password of every seeded customer, for signing in on the storefront. */
export const SEEDED_PASSWORD = "shopper";

const DAY = 86_400_000;

/** The notable customers first, then as many drawn ones as make `count`; `home` is the country most come from. */
export function seedCustomers(
  shop: ShopStore,
  input: { notable: readonly NotableCustomer[]; count: number; home: string; taken: Set<string> },
  random: Random,
  now: Date,
): void {
  const extra = Math.max(0, input.count - input.notable.length);
  const ages = [...input.notable.map(() => random.int(430, 900)), ...Array.from({ length: extra }, () => age(random))];
  ages.sort((a, b) => b - a);
  for (const [index, days] of ages.entries()) {
    const notable = input.notable[index];
    const record = notable
      ? notableCustomer(shop, notable, random)
      : drawnCustomer(shop, poolFor(input.home, random), random, input.taken);
    if (record.email) input.taken.add(record.email);
    const createdAt = new Date(now.getTime() - days * DAY - random.int(0, DAY - 1)).toISOString();
    shop.put("customer", record.id, {
      ...record,
      createdAt,
      updatedAt: createdAt,
      metafields: record.metafields.map((field) => ({ ...field, createdAt, updatedAt: createdAt })),
    });
  }
}

/** A country's people: the shop's own half of the time, otherwise anybody. */
export function poolFor(home: string, random: Random): NamePool {
  const own = POOLS.find((pool) => pool.countryCode === home);
  return own && random.chance(0.4) ? own : random.pick(POOLS);
}

function drawnCustomer(shop: ShopStore, pool: NamePool, random: Random, taken: Set<string>): CustomerRecord {
  const person = drawPerson(pool, random, taken);
  const addresses = Array.from(
    {
      length: random.weighted([
        [5, 0],
        [75, 1],
        [17, 2],
        [3, 3],
      ]),
    },
    () => addressOf(shop, person, random),
  );
  const points = random.chance(0.3)
    ? [metafield(shop, "loyalty", "points", "number_integer", `${random.int(0, 3000)}`)]
    : [];
  const size = random.chance(0.12)
    ? [metafield(shop, "sizing", "jacket", "single_line_text_field", random.pick(["S", "M", "L", "XL"]))]
    : [];
  return {
    ...blank(shop),
    firstName: person.first,
    lastName: person.last,
    email: person.email,
    phone: random.chance(0.7) ? person.phone : null,
    locale: pool.locale,
    tags: [
      ...(random.chance(0.07) ? ["VIP"] : []),
      ...(random.chance(0.05) ? ["wholesale"] : []),
      ...(random.chance(0.3) ? ["newsletter"] : []),
      ...(random.chance(0.04) ? ["returns-often"] : []),
    ],
    note: random.chance(0.1) ? random.pick(NOTES) : null,
    verifiedEmail: random.chance(0.85),
    emailMarketingState: random.weighted([
      [45, "SUBSCRIBED"],
      [35, "NOT_SUBSCRIBED"],
      [15, "UNSUBSCRIBED"],
      [5, "PENDING"],
    ]),
    smsMarketingState: random.weighted([
      [15, "SUBSCRIBED"],
      [80, "NOT_SUBSCRIBED"],
      [5, "UNSUBSCRIBED"],
    ]),
    state: random.weighted([
      [70, "ENABLED"],
      [20, "DISABLED"],
      [8, "INVITED"],
      [2, "DECLINED"],
    ]),
    addresses,
    defaultAddressId: addresses[0]?.id ?? null,
    metafields: [...points, ...size],
  };
}

function notableCustomer(shop: ShopStore, notable: NotableCustomer, random: Random): CustomerRecord {
  const { first, last, email, phone, countryCode, company, metafields, ...rest } = notable;
  const pool = POOLS.find((each) => each.countryCode === countryCode) ?? random.pick(POOLS);
  const person = { first: first ?? "", last: last ?? "", phone: phone ?? "", pool };
  const addresses = first === null ? [] : [{ ...addressOf(shop, person, random, company ?? null), phone }];
  return {
    ...blank(shop),
    locale: pool.locale,
    ...rest,
    firstName: first,
    lastName: last,
    email,
    phone,
    addresses,
    defaultAddressId: addresses[0]?.id ?? null,
    metafields: (metafields ?? []).map(([namespace, key, type, value]) => metafield(shop, namespace, key, type, value)),
  };
}

function blank(shop: ShopStore): CustomerRecord {
  return {
    id: shop.newId("customer"),
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    password: SEEDED_PASSWORD,
    locale: "en",
    tags: [],
    note: null,
    verifiedEmail: true,
    taxExempt: false,
    emailMarketingState: "NOT_SUBSCRIBED",
    smsMarketingState: "NOT_SUBSCRIBED",
    state: "ENABLED",
    addresses: [],
    defaultAddressId: null,
    metafields: [],
    createdAt: "",
    updatedAt: "",
  };
}

function metafield(shop: ShopStore, namespace: string, key: string, type: string, value: string): MetafieldRecord {
  return { id: shop.newId("metafield"), namespace, key, type, value, createdAt: "", updatedAt: "" };
}

/** Most joined within the last year, some long ago; in days. */
function age(random: Random): number {
  return Math.floor(random.next() ** 1.6 * 700) + 1;
}

const NOTES = [
  "Prefers e-mail to phone.",
  "Left-handed: asked for a left-hand zip once.",
  "Wide feet, size 44 in everything but the Ridge boots.",
  "Works night shifts; do not call in the morning ☎️",
  "Orders gifts for her whole rowing club 🚣‍♀️",
  "Vegan: no down, no leather, no wool.",
  "Returned the Hoar jacket twice for size, kept the XL.",
  "Met at the Copenhagen outdoor fair.",
];
