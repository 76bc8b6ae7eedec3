import type { World } from "../../world";
import { time, words } from "../look/format";
import { html } from "../look/html";

/** The page that a tracking link of the local carrier opens; no one has to be signed in. Null when unknown. */
export function parcelPage(world: World, number: string): string | null {
  for (const domain of world.store.domains()) {
    const shop = world.store.shop(domain);
    const parcel = shop
      .all("order")
      .flatMap((order) => order.fulfillments)
      .find((each) => each.trackingNumber === number);
    if (!parcel) continue;
    const { timezone } = shop.settings();
    return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parcel ${number}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/admin-assets/frame.css"></head>
<body class="alone"><main><div class="page"><h1>Parcel ${number}</h1><p>${words(parcel.displayStatus)} since ${time(parcel.updatedAt, timezone)}.</p>
<p>${parcel.deliveredAt ? "It has arrived." : `Expected ${time(parcel.estimatedDeliveryAt, timezone)}.`}</p></div></main></body></html>`
      .text;
  }
  return null;
}
