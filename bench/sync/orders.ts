/** Orders as a bulk operation's file has them, each made of its number alone. About 2.4 lines and two kilobytes an order. */

const titles = ["Field Jacket", "Trail Mug", "Merino Beanie", "Alpine Sock", "Harbour Lamp", "Linen Throw", "Oak Tray"];
const carriers = ["DHL", "PostNord", "UPS", "GLS"];

const day = (number: number, hours: number): string =>
  new Date(Date.UTC(2026, 0, 1 + (number % 300), 6, number % 60, number % 60) + hours * 3_600_000).toISOString();

const money = (minor: number) => ({ shopMoney: { amount: (minor / 100).toFixed(2), currencyCode: "EUR" } });

/** The lines of one order: itself, what was bought, and of every tenth a return. */
export function orderLines(number: number): string {
  const id = `gid://shopify/Order/${5_000_000_000 + number}`;
  const bought = 1 + (number % 3);
  const total = bought * 4_990 + (number % 100);
  const refunded = number % 10 === 0 ? 4_990 : 0;
  const sent = number % 20 !== 0;
  const order = {
    id,
    name: `#${1_000 + number}`,
    email: `buyer${number % 40_000}@example.com`,
    phone: number % 4 === 0 ? `+49151${String(10_000_000 + (number % 40_000)).slice(1)}` : null,
    cartToken: `Z2NwLWV1cm9wZS13ZXN0${number.toString(36)}`,
    customer: number % 12 === 0 ? null : { id: `gid://shopify/Customer/${7_000_000_000 + (number % 40_000)}` },
    currencyCode: "EUR",
    totalPriceSet: money(total),
    currentTotalPriceSet: money(total - refunded),
    totalRefundedSet: money(refunded),
    displayFinancialStatus: refunded ? "PARTIALLY_REFUNDED" : "PAID",
    displayFulfillmentStatus: sent ? "FULFILLED" : "UNFULFILLED",
    returnStatus: refunded ? "RETURNED" : "NO_RETURN",
    cancelReason: null,
    discountCodes: number % 9 === 0 ? ["WELCOME10"] : [],
    customAttributes: [],
    fulfillments: sent
      ? [
          {
            id: `gid://shopify/Fulfillment/${4_000_000_000 + number}`,
            status: "SUCCESS",
            displayStatus: "DELIVERED",
            totalQuantity: bought,
            createdAt: day(number, 20),
            inTransitAt: day(number, 26),
            estimatedDeliveryAt: day(number, 72),
            deliveredAt: day(number, 70),
            trackingInfo: [
              {
                company: carriers[number % carriers.length],
                number: `JD0146${number}`,
                url: `https://track.example/JD0146${number}`,
              },
            ],
          },
        ]
      : [],
    refunds: refunded
      ? [
          {
            id: `gid://shopify/Refund/${3_000_000_000 + number}`,
            createdAt: day(number, 200),
            processedAt: day(number, 200),
            totalRefundedSet: money(refunded),
          },
        ]
      : [],
    transactions: [
      {
        id: `gid://shopify/OrderTransaction/${6_000_000_000 + number}`,
        kind: "SALE",
        status: "SUCCESS",
        gateway: "shopify_payments",
        createdAt: day(number, 0),
        processedAt: day(number, 0),
        amountSet: money(total),
      },
    ],
    processedAt: day(number, 0),
    cancelledAt: null,
    closedAt: sent ? day(number, 71) : null,
    createdAt: day(number, 0),
    updatedAt: day(number, 200),
  };
  const lines = [JSON.stringify(order)];
  for (let at = 0; at < bought; at += 1) {
    const product = (number + at) % titles.length;
    lines.push(
      JSON.stringify({
        id: `gid://shopify/LineItem/${(8_000_000_000 + number) * 4 + at}`,
        title: titles[product],
        variantTitle: "Olive / M",
        sku: `SKU-${product}`,
        quantity: 1,
        currentQuantity: 1,
        image: { url: `https://cdn.shopify.com/s/files/1/0001/products/${product}.png?v=1700000000` },
        product: { id: `gid://shopify/Product/${product}` },
        variant: { id: `gid://shopify/ProductVariant/${product * 10}` },
        discountedTotalSet: { shopMoney: { amount: "49.90" } },
        __parentId: id,
      }),
    );
  }
  if (refunded) {
    lines.push(
      JSON.stringify({
        id: `gid://shopify/Return/${2_000_000_000 + number}`,
        name: `#${1_000 + number}-R1`,
        status: "CLOSED",
        totalQuantity: 1,
        createdAt: day(number, 150),
        closedAt: day(number, 200),
        __parentId: id,
      }),
    );
  }
  return `${lines.join("\n")}\n`;
}
