import type { CustomerRecord } from "../records";
import type { ShopStore } from "../store";

const NOTE_LENGTH = 5000;
const MOST_TAGS = 250;

/** Customers whose value is to be kept, by id; null leaves it to Shopify's rules. */
export interface MergeOverrides {
  email: number | null;
  firstName: number | null;
  lastName: number | null;
  phone: number | null;
  defaultAddress: number | null;
  note: string | null;
  tags: string[] | null;
}

export const NO_OVERRIDES: MergeOverrides = {
  email: null,
  firstName: null,
  lastName: null,
  phone: null,
  defaultAddress: null,
  note: null,
  tags: null,
};

/** Why two customers cannot become one, in the words of `CustomerMergeErrorFieldType`. */
export interface MergeProblem {
  errorFields: string[];
  customerIds: number[];
  message: string;
}

export interface MergePlan {
  kept: CustomerRecord;
  gone: CustomerRecord;
  /** The surviving customer as it will be. */
  result: CustomerRecord;
  /** What is too long to be merged unless the caller says what to keep. */
  blocking: { note: string | null; tags: string[] } | null;
  problems: MergeProblem[];
}

/**
 * What a merge of two customers of the shop makes, by the rules of `customerMerge` and its preview
 * (https://shopify.dev/docs/api/admin-graphql/2026-07/mutations/customerMerge). Changes nothing.
 */
export function planMerge(
  shop: ShopStore,
  one: CustomerRecord,
  two: CustomerRecord,
  overrides: MergeOverrides = NO_OVERRIDES,
): MergePlan {
  const kept = survivor(one, two, overrides);
  const gone = kept === one ? two : one;
  const from = (id: number | null) => (id === gone.id ? gone : kept);
  const pick = <Field extends "firstName" | "lastName" | "phone">(field: Field, id: number | null) =>
    from(id)[field] ?? (id === null ? gone[field] : null);
  const note = overrides.note ?? ([kept.note, gone.note].filter(Boolean).join("\n") || null);
  const tags = overrides.tags ?? [...new Set([...kept.tags, ...gone.tags])];
  const isBlocked = (note?.length ?? 0) > NOTE_LENGTH || tags.length > MOST_TAGS;
  const phone = pick("phone", overrides.phone);
  // A consent is for an address: it comes along with it.
  const mailed = kept.email ? kept : gone;
  const texted = phone === kept.phone ? kept : gone;
  const main = overrides.defaultAddress === null ? (kept.defaultAddressId ?? gone.defaultAddressId) : null;
  return {
    kept,
    gone,
    result: {
      ...kept,
      email: mailed.email,
      verifiedEmail: mailed.verifiedEmail,
      emailMarketingState: mailed.emailMarketingState,
      smsMarketingState: texted.smsMarketingState,
      ...(mailed.emailConsent ? { emailConsent: mailed.emailConsent } : {}),
      ...(texted.smsConsent ? { smsConsent: texted.smsConsent } : {}),
      firstName: pick("firstName", overrides.firstName),
      lastName: pick("lastName", overrides.lastName),
      phone,
      note,
      tags,
      addresses: [...kept.addresses, ...gone.addresses],
      defaultAddressId: main ?? from(overrides.defaultAddress).defaultAddressId,
      metafields: [
        ...kept.metafields,
        // The surviving customer's value of the same metafield wins.
        ...gone.metafields.filter(
          (theirs) => !kept.metafields.some((own) => own.namespace === theirs.namespace && own.key === theirs.key),
        ),
      ],
    },
    blocking: isBlocked ? { note, tags } : null,
    problems: problemsOf(shop, [one, two], isBlocked),
  };
}

/** Why this customer cannot be merged with anybody. */
export function unmergeable(shop: ShopStore, customer: Readonly<CustomerRecord>): MergeProblem[] {
  const isContact = shop.all("companyContact").some((each) => each.customerId === customer.id);
  if (!isContact) return [];
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(" ") || customer.email;
  return [
    {
      errorFields: ["COMPANY_CONTACT"],
      customerIds: [customer.id],
      message: `${name} is associated with a company and can't be merged.`,
    },
  ];
}

function problemsOf(shop: ShopStore, both: CustomerRecord[], isBlocked: boolean): MergeProblem[] {
  const problems = both.flatMap((each) => unmergeable(shop, each));
  if (!isBlocked) return problems;
  return [
    ...problems,
    {
      errorFields: ["OVERRIDE_FIELDS"],
      customerIds: both.map((each) => each.id),
      message: `The merged note is longer than ${NOTE_LENGTH} characters, or there are more than ${MOST_TAGS} tags.`,
    },
  ];
}

/** Which of the two stays. */
function survivor(one: CustomerRecord, two: CustomerRecord, overrides: MergeOverrides): CustomerRecord {
  if (overrides.email !== null) return overrides.email === one.id ? one : two;
  if (Boolean(one.email) !== Boolean(two.email)) return one.email ? one : two;
  if (!one.email) return two;
  const only = (state: CustomerRecord["state"]) =>
    (one.state === state) === (two.state === state) ? null : one.state === state ? one : two;
  const enabled = only("ENABLED");
  if (enabled) return enabled;
  const rank = (each: CustomerRecord) => ["PENDING", "SUBSCRIBED"].indexOf(each.emailMarketingState);
  const consenting = rank(one) === rank(two) ? null : rank(one) > rank(two) ? one : two;
  return consenting ?? only("INVITED") ?? two;
}
