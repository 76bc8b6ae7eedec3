import type { CustomerRecord } from "../../records";

/** A customer made by hand, because a scene, a test or a hard case needs exactly this one. */
export interface NotableCustomer
  extends Partial<
    Pick<
      CustomerRecord,
      "tags" | "note" | "verifiedEmail" | "taxExempt" | "emailMarketingState" | "smsMarketingState" | "state" | "locale"
    >
  > {
  first: string | null;
  last: string | null;
  email: string | null;
  phone: string | null;
  countryCode: string;
  company?: string;
  metafields?: readonly (readonly [namespace: string, key: string, type: string, value: string])[];
}

export const NORTHWIND_NOTABLE: readonly NotableCustomer[] = [
  {
    first: "Amalie",
    last: "Vestergaard",
    email: "amalie.vestergaard@example.com",
    phone: "+4520123456",
    countryCode: "DK",
    tags: ["VIP", "newsletter"],
    note: "Asked about jacket sizes in March. Usually wears M, but L over a fleece.",
    emailMarketingState: "SUBSCRIBED",
    smsMarketingState: "SUBSCRIBED",
    metafields: [
      ["sizing", "jacket", "single_line_text_field", "L"],
      ["loyalty", "points", "number_integer", "2140"],
    ],
  },
  {
    first: "Henrik",
    last: "Dall",
    email: "indkoeb@fjordguide.example",
    phone: "+4531987654",
    countryCode: "DK",
    company: "Fjordguide ApS",
    tags: ["wholesale", "net-30"],
    note: "Buys for 14 guides each spring. Needs a purchase order number on the invoice.",
    metafields: [["wholesale", "discount_percent", "number_integer", "20"]],
  },
  { first: null, last: null, email: "hello@nameless.example", phone: null, countryCode: "GB", tags: [] },
  { first: "Teuku", last: null, email: "teuku@example.org", phone: "+628119876543", countryCode: "GB", tags: [] },
  {
    first: "Bodil",
    last: "Aagaard",
    email: null,
    phone: "+4560778899",
    countryCode: "DK",
    tags: ["phone-only"],
    note: "Has no e-mail. Ring before noon.",
    verifiedEmail: false,
  },
  {
    first: "Maria Antonieta Esperança Guadalupe do Rosário",
    last: "de Albuquerque e Vasconcelos de Sá-Nogueira Bettencourt da Câmara Pimentel",
    email: "maria.antonieta.esperanca.de.albuquerque.e.vasconcelos@long-names-are-names-too.example",
    phone: "+351912345678",
    countryCode: "ES",
    locale: "pt-PT",
    tags: ["VIP"],
  },
  {
    first: "ليلى",
    last: "بنت عبد العزيز آل راشد",
    email: "layla.alrashid@example.net",
    phone: "+971501234567",
    countryCode: "AE",
    locale: "ar",
    tags: ["VIP"],
    note: "تفضّل الرد بالعربية. المقاس M عادةً.",
    emailMarketingState: "SUBSCRIBED",
  },
  {
    first: "Tess & Co",
    last: "<3 O'Brien",
    email: "tess+shop@example.com",
    phone: null,
    countryCode: "GB",
    tags: ["influencer"],
    note: "Loves the mustard beanie 💛🧢 — sends photos from every summit 🏔️. Reply with emoji, she does too 🙌🏽",
    emailMarketingState: "PENDING",
  },
  // The same person on two addresses: what a merge is for.
  {
    first: "Jonas",
    last: "Brandt",
    email: "jonas.brandt@example.com",
    phone: "+4915112345678",
    countryCode: "DE",
    tags: ["returns-often"],
    emailMarketingState: "UNSUBSCRIBED",
  },
  {
    first: "J.",
    last: "Brandt",
    email: "jbrandt@arbeit.example",
    phone: "+4915112345678",
    countryCode: "DE",
    tags: [],
    state: "INVITED",
    verifiedEmail: false,
  },
  {
    first: "Signe",
    last: "Rosenkilde",
    email: "signe@hjaelpendehaender.example",
    phone: "+4526667788",
    countryCode: "DK",
    company: "Hjælpende Hænder (forening)",
    tags: ["charity"],
    taxExempt: true,
  },
  {
    first: "Dmitri",
    last: "Volkov",
    email: "dmitri.volkov@example.org",
    phone: null,
    countryCode: "DE",
    tags: ["fraud-watch"],
    state: "DISABLED",
    smsMarketingState: "UNSUBSCRIBED",
    note: "Two chargebacks last winter. Ask the owner before shipping.",
  },
];

export const LUMEN_NOTABLE: readonly NotableCustomer[] = [
  {
    first: "Harriet",
    last: "Lowell",
    email: "harriet.lowell@example.com",
    phone: "+12025550143",
    countryCode: "US",
    tags: ["VIP"],
    note: "Furnishing a bed-and-breakfast in Camden.",
    emailMarketingState: "SUBSCRIBED",
  },
  {
    first: "Desmond",
    last: "Achebe",
    email: "studio@achebe-interiors.example",
    phone: "+12025550178",
    countryCode: "US",
    company: "Achebe Interiors LLC",
    tags: ["trade"],
    taxExempt: true,
  },
  // Shops at both stores: their records must never meet.
  {
    first: "Amalie",
    last: "Vestergaard",
    email: "amalie.vestergaard@example.com",
    phone: "+4520123456",
    countryCode: "DK",
    tags: ["international"],
  },
];
