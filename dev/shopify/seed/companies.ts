import type { CustomerRecord } from "../records";
import type { CompanyAddressRecord, CompanyRecord } from "../records-people";
import type { ShopStore } from "../store";

const DAY = 86_400_000;

interface CompanyIdea {
  name: string;
  externalId: string;
  note: string | null;
  /** Who buys there; the first is the main contact. The address names a customer that is seeded by hand. */
  contacts: { email: string | null; title: string }[];
  locations: { name: string; phone: string; street: string; zip: string; city: string; countryCode: string }[];
}

/** Northwind's business customers. A contact without an address is any customer tagged as wholesale. */
const COMPANIES: readonly CompanyIdea[] = [
  {
    name: "Fjordguide ApS",
    externalId: "B2B-1001",
    note: "Net 30. Needs a purchase order number on every invoice.",
    contacts: [
      { email: "indkoeb@fjordguide.example", title: "Head of purchasing" },
      { email: null, title: "Guide coordinator" },
    ],
    locations: [
      {
        name: "Aalborg base",
        phone: "+4598123456",
        street: "Havnegade 14",
        zip: "9000",
        city: "Aalborg",
        countryCode: "DK",
      },
      {
        name: "Bergen summer camp",
        phone: "+4755123456",
        street: "Strandkaien 3",
        zip: "5013",
        city: "Bergen",
        countryCode: "NO",
      },
    ],
  },
  {
    name: "Alpenverein Ausrüstung GmbH",
    externalId: "B2B-1002",
    note: null,
    contacts: [{ email: null, title: "Einkauf" }],
    locations: [
      {
        name: "Innsbruck",
        phone: "+43512123456",
        street: "Museumstraße 21",
        zip: "6020",
        city: "Innsbruck",
        countryCode: "AT",
      },
    ],
  },
];

/** Two companies with contacts, locations and roles; most orders of their contacts were placed for a location. */
export function seedCompanies(shop: ShopStore, now: Date): void {
  const taken = new Set<number>();
  for (const [index, idea] of COMPANIES.entries()) {
    const at = new Date(now.getTime() - (400 - index * 120) * DAY).toISOString();
    const contacts = idea.contacts.flatMap(({ email, title }) => {
      const customer = contactFor(shop, email, taken);
      if (customer) taken.add(customer.id);
      return customer ? [{ id: shop.newId("companyContact"), customer, title }] : [];
    });
    const roles = [
      { id: shop.newId("companyContactRole"), name: "Location admin", note: "System-defined Location admin role" },
      { id: shop.newId("companyContactRole"), name: "Ordering only", note: "System-defined Ordering only role" },
    ];
    const company: CompanyRecord = {
      id: shop.newId("company"),
      name: idea.name,
      note: idea.note,
      externalId: idea.externalId,
      mainContactId: contacts[0]?.id ?? null,
      roles,
      defaultRoleId: roles[1]?.id ?? null,
      metafields: [],
      customerSince: at,
      createdAt: at,
      updatedAt: at,
    };
    shop.put("company", company.id, company);
    for (const { id, customer, title } of contacts) {
      const locale = customer.locale;
      const record = {
        id,
        companyId: company.id,
        customerId: customer.id,
        title,
        locale,
        createdAt: at,
        updatedAt: at,
      };
      shop.put("companyContact", id, record);
    }
    const locationIds = idea.locations.map((place) => {
      const id = shop.newId("companyLocation");
      const address: CompanyAddressRecord = {
        id: shop.newId("companyAddress"),
        recipient: idea.name,
        firstName: null,
        lastName: null,
        address1: place.street,
        address2: null,
        city: place.city,
        province: null,
        zip: place.zip,
        countryCode: place.countryCode,
        phone: place.phone,
        createdAt: at,
        updatedAt: at,
      };
      shop.put("companyLocation", id, {
        id,
        companyId: company.id,
        name: place.name,
        note: null,
        externalId: null,
        phone: place.phone,
        locale: null,
        billingAddress: address,
        shippingAddress: { ...address, id: shop.newId("companyAddress") },
        assignments: contacts.map((contact, position) => ({
          id: shop.newId("companyRoleAssignment"),
          contactId: contact.id,
          roleId: roles[position === 0 ? 0 : 1]?.id ?? 0,
          createdAt: at,
        })),
        metafields: [],
        createdAt: at,
        updatedAt: at,
      });
      return id;
    });
    for (const order of shop.all("order")) {
      const isTheirs = contacts.some((contact) => contact.customer.id === order.customerId);
      // Every third they bought for themselves.
      if (!isTheirs || order.number % 3 === 0 || order.createdAt < at) continue;
      shop.put("order", order.id, {
        ...order,
        companyLocationId: locationIds[order.number % locationIds.length] ?? null,
      });
    }
  }
}

function contactFor(shop: ShopStore, email: string | null, taken: Set<number>): Readonly<CustomerRecord> | null {
  const free = shop.all("customer").filter((each) => !taken.has(each.id) && each.email);
  if (email) return free.find((each) => each.email === email) ?? null;
  const plain = free.filter((each) => each.tags.every((tag) => tag === "wholesale" || tag === "newsletter"));
  return plain.find((each) => each.tags.includes("wholesale")) ?? plain.at(-1) ?? null;
}
