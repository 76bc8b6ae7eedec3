import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server of a bulk operation's file does beside handing it out. */
export interface Behaviour {
  /** Gives the whole file whatever part is asked for. */
  ignoresRange: boolean;
  /** Answers this instead of the file. */
  status: number | null;
  /** Cuts the connection after so many bytes of an answer. */
  cutAfter: number | null;
  /** Bytes of one piece on the wire; null is as it comes. */
  piece: number | null;
}

export interface FileServer {
  url: string;
  behaviour: Behaviour;
  /** `Range` of each request. */
  asked: (string | undefined)[];
  set(lines: readonly (string | object)[]): void;
  close(): Promise<void>;
}

/** Hands out one JSONL file, as Shopify's storage does or worse. */
export async function fileServer(): Promise<FileServer> {
  let file = Buffer.alloc(0);
  const behaviour: Behaviour = { ignoresRange: false, status: null, cutAfter: null, piece: null };
  const asked: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const { range } = request.headers;
    asked.push(range);
    if (behaviour.status) return void response.writeHead(behaviour.status).end("<Error/>");
    const start = behaviour.ignoresRange ? 0 : Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    if (start > 0 && start >= file.length) {
      return void response.writeHead(416, { "Content-Range": `bytes */${file.length}` }).end();
    }
    const part = file.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      "Content-Length": part.length,
      ...(start > 0 ? { "Content-Range": `bytes ${start}-${file.length - 1}/${file.length}` } : {}),
    });
    const sent = behaviour.cutAfter === null ? part : part.subarray(0, behaviour.cutAfter);
    const piece = behaviour.piece ?? (sent.length || 1);
    for (let at = 0; at < sent.length; at += piece) {
      if (!response.write(sent.subarray(at, at + piece)))
        await new Promise((resolve) => response.once("drain", resolve));
      if (behaviour.piece) await new Promise((resolve) => setImmediate(resolve));
    }
    if (sent.length < part.length) setTimeout(() => response.destroy(), 10);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.jsonl`,
    behaviour,
    asked,
    set(lines) {
      file = Buffer.from(lines.map((one) => `${typeof one === "string" ? one : JSON.stringify(one)}\n`).join(""));
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** An order as a bulk operation's file has it: the parent's line and its children's. */
export function orderLines(number: number, changes: object = {}, lines = 2): object[] {
  const id = `gid://shopify/Order/${number}`;
  const money = (amount: string) => ({ shopMoney: { amount, currencyCode: "EUR" } });
  return [
    {
      id,
      name: `#${number}`,
      email: `buyer${number}@example.com`,
      phone: null,
      cartToken: null,
      customer: { id: `gid://shopify/Customer/${number % 7}` },
      currencyCode: "EUR",
      totalPriceSet: money("398.00"),
      currentTotalPriceSet: money("398.00"),
      totalRefundedSet: money("0.0"),
      displayFinancialStatus: "PAID",
      displayFulfillmentStatus: "FULFILLED",
      returnStatus: "NO_RETURN",
      cancelReason: null,
      discountCodes: [],
      customAttributes: [],
      fulfillments: [
        {
          id: `gid://shopify/Fulfillment/${number}`,
          status: "SUCCESS",
          displayStatus: "DELIVERED",
          totalQuantity: 2,
          createdAt: "2026-11-02T08:00:00Z",
          inTransitAt: "2026-11-02T18:00:00Z",
          estimatedDeliveryAt: null,
          deliveredAt: "2026-11-04T10:00:00Z",
          trackingInfo: [{ company: "DHL", number: "JD014", url: "https://dhl.example/JD014" }],
        },
      ],
      refunds: [],
      transactions: [
        {
          id: `gid://shopify/OrderTransaction/${number}`,
          kind: "SALE",
          status: "SUCCESS",
          gateway: "shopify_payments",
          createdAt: "2026-11-01T09:00:05Z",
          processedAt: "2026-11-01T09:00:05Z",
          amountSet: money("398.00"),
        },
      ],
      processedAt: "2026-11-01T09:00:00Z",
      cancelledAt: null,
      closedAt: null,
      createdAt: "2026-11-01T09:00:00Z",
      updatedAt: "2026-11-04T10:00:00Z",
      ...changes,
    },
    ...Array.from({ length: lines }, (_, index) => ({
      id: `gid://shopify/LineItem/${number}${index}`,
      title: `Field Jacket ${index}`,
      variantTitle: "Olive / M",
      sku: "SKU-11",
      quantity: 1,
      currentQuantity: 1,
      image: { url: "https://cdn.shopify.com/jacket.png" },
      product: { id: "gid://shopify/Product/1" },
      variant: { id: "gid://shopify/ProductVariant/11" },
      discountedTotalSet: money("199.00"),
      __parentId: id,
    })),
  ];
}
