import { purchasesOf } from "../../commerce/customers";
import { linePrice } from "../../commerce/prices";
import { refusedIn } from "../../protected-data/data";
import type {
  AddressRecord,
  CheckoutRecord,
  LineRecord,
  OrderRecord,
  ProductRecord,
  VariantRecord,
} from "../../records";
import { countryName, provinceCode } from "../../webhooks/payloads/forms";
import { localePath, type Visit } from "../visit";

/**
 * What events of web pixels carry (https://shopify.dev/docs/api/web-pixels-api/standard-events): ids are plain numbers
 * as text, amounts are numbers. A person's data are null unless the app is approved for them
 * (https://shopify.dev/changelog/protected-customer-data-scopes-required).
 */
export function pixelVariant(visit: Visit, product: Readonly<ProductRecord>, variant: Readonly<VariantRecord>) {
  const image = variant.image ?? product.images[0];
  const title = variant.title === "Default Title" ? null : variant.title;
  return {
    id: String(variant.id),
    image: image ? { src: `${visit.origin}${image.path}` } : null,
    price: amount(visit, variant.price),
    product: {
      id: String(product.id),
      title: product.title,
      untranslatedTitle: product.title,
      type: product.productType,
      url: localePath(visit, `/products/${product.handle}`),
      vendor: product.vendor,
    },
    sku: variant.sku,
    title,
    untranslatedTitle: title,
  };
}

/** `init.data.customer`: who is signed in. */
export function pixelCustomer(visit: Visit) {
  const { customer, shop, settings } = visit;
  if (!customer) return null;
  const may = approvedIn(visit);
  return {
    email: may("email", customer.email),
    firstName: may("name", customer.firstName),
    id: String(customer.id),
    lastName: may("name", customer.lastName),
    ordersCount: refusedIn(settings).everything ? null : purchasesOf(shop, customer.id).orders,
    phone: may("phone", customer.phone),
  };
}

export function pixelShop({ settings }: Visit) {
  return {
    countryCode: settings.countryCode,
    myshopifyDomain: settings.domain,
    name: settings.name,
    paymentSettings: { currencyCode: settings.currency },
    storefrontUrl: settings.storefrontOrigin,
  };
}

/** `data.checkout` of every checkout event; the order is only there once it is placed. */
export function pixelCheckout(visit: Visit, checkout: Readonly<CheckoutRecord>, order: Readonly<OrderRecord> | null) {
  const { settings, shop } = visit;
  const may = approvedIn(visit);
  const { totals } = checkout;
  const email = may("email", checkout.email);
  const customerId = order?.customerId ?? checkout.customerId;
  const isFirst = customerId !== null && purchasesOf(shop, customerId).orders <= (order ? 1 : 0);
  const money = (minor: number) => amount(visit, minor);
  const place = (address: AddressRecord | null) => address && pixelAddress(visit, address);
  const discounts = checkout.discountCodes.map((title) => ({
    allocationMethod: "ACROSS",
    targetSelection: "ALL",
    targetType: "LINE_ITEM",
    title,
    type: "DISCOUNT_CODE",
    value: money(totals.discount),
  }));
  return {
    attributes: checkout.attributes,
    billingAddress: place(order?.billingAddress ?? null),
    buyerAcceptsEmailMarketing: false,
    buyerAcceptsSmsMarketing: false,
    currencyCode: settings.currency,
    delivery: checkout.shippingLine && {
      selectedDeliveryOptions: [
        {
          cost: money(checkout.shippingLine.price),
          costAfterDiscounts: money(totals.shipping),
          description: null,
          handle: checkout.shippingLine.code ?? "",
          title: checkout.shippingLine.title,
          type: "shipping",
        },
      ],
    },
    discountApplications: discounts,
    discountsAmount: money(totals.discount),
    email,
    lineItems: checkout.lines.map((line) => pixelLine(visit, line)),
    localization: {
      country: { isoCode: checkout.shippingAddress?.countryCode ?? settings.countryCode },
      language: { isoCode: visit.locale },
      market: { handle: null, id: null },
    },
    order: order && {
      customer: { id: order.customerId === null ? null : String(order.customerId), isFirstOrder: isFirst },
      id: String(order.id),
    },
    phone: may("phone", checkout.phone),
    shippingAddress: place(checkout.shippingAddress),
    shippingLine: checkout.shippingLine && { price: money(checkout.shippingLine.price) },
    smsMarketingPhone: null,
    subtotalPrice: money(totals.subtotal - totals.discount),
    token: checkout.token,
    totalPrice: money(totals.total),
    totalTax: money(totals.tax),
    transactions: order
      ? [{ amount: money(totals.total), gateway: "bogus", paymentMethod: { name: "BOGUS", type: "creditCard" } }]
      : [],
  };
}

function pixelLine(visit: Visit, line: LineRecord) {
  const product = line.productId === null ? null : visit.shop.get("product", line.productId);
  const variant = product?.variants.find((each) => each.id === line.variantId);
  return {
    discountAllocations: [],
    finalLinePrice: amount(visit, linePrice(line)),
    id: String(line.id),
    properties: line.attributes,
    quantity: line.quantity,
    sellingPlanAllocation: null,
    title: line.title,
    variant: product && variant ? pixelVariant(visit, product, variant) : null,
  };
}

function pixelAddress(visit: Visit, address: AddressRecord) {
  const may = approvedIn(visit);
  return {
    address1: may("address", address.address1),
    address2: may("address", address.address2),
    city: address.city,
    country: countryName(address.countryCode),
    countryCode: address.countryCode,
    firstName: may("name", address.firstName),
    lastName: may("name", address.lastName),
    phone: may("phone", address.phone),
    province: address.province,
    provinceCode: provinceCode(address.province),
    zip: may("address", address.zip),
  };
}

function amount({ settings }: Visit, minor: number) {
  return { amount: minor / 100, currencyCode: settings.currency };
}

function approvedIn({ settings }: Visit) {
  const refused = refusedIn(settings);
  return (datum: (typeof refused.data)[number], value: string | null) =>
    refused.everything || refused.data.includes(datum) ? null : value;
}
