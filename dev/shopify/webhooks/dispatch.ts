import type { WebhookDeliveryRecord } from "../records";
import { API_VERSION } from "../schema/load";
import type { World } from "../world";
import { post, type Timeouts } from "./post";
import { onQueued } from "./publish";
import { signBody } from "./sign";
import { webhookTrouble } from "./trouble";

/** https://shopify.dev/docs/apps/build/webhooks/troubleshooting-webhooks: 8 retries over 4 hours. */
const RETRIES = 8;
/** The first pause; each is twice the one before, which makes 4 hours in all. */
const FIRST_PAUSE = (4 * 3_600_000) / (2 ** RETRIES - 1);
const SHUFFLE_WINDOW = 400;
const AT_ONCE = 8;
const DAY = 86_400_000;
/** Finished deliveries that the control panel can still show, for each shop. */
const REMEMBERED = 300;

export interface DispatcherOptions {
  /** Multiplies the pauses between attempts; tests make them short. */
  pauseScale?: number;
  timeouts?: Timeouts;
}

interface Due {
  domain: string;
  webhookId: string;
}

/** Starts to deliver what waits in the store, also from an earlier run, and all that is queued from now on. */
export function startDispatcher(world: World, options: DispatcherOptions = {}): WebhookDispatcher {
  const dispatcher = new WebhookDispatcher(world, options);
  dispatcher.start();
  return dispatcher;
}

/** POSTs deliveries. What it knows is in the store: stopped or killed, the next one goes on. */
export class WebhookDispatcher {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly ready: Due[] = [];
  private readonly underway = new Set<Promise<void>>();
  private held: Due[] = [];
  private stopListening: (() => void) | null = null;

  constructor(
    private readonly world: World,
    private readonly options: DispatcherOptions = {},
  ) {}

  start(): void {
    if (this.stopListening) return;
    // After the transaction: what it rolls back is not there any more when we look.
    this.stopListening = onQueued(this.world.store, (domain, webhookId) => {
      this.after(webhookTrouble(this.world).delay, () => this.due({ domain, webhookId }));
    });
    for (const domain of this.world.store.domains()) {
      for (const delivery of this.world.store.shop(domain).all("webhookDelivery")) {
        if (delivery.state === "waiting") this.afterPause({ domain, webhookId: delivery.webhookId }, delivery);
      }
    }
  }

  /** Ends when nothing is under way; what waits stays for the next start. */
  async stop(): Promise<void> {
    this.stopListening?.();
    this.stopListening = null;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.ready.length = 0;
    this.held = [];
    await Promise.all(this.underway);
  }

  private after(milliseconds: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, milliseconds);
    this.timers.add(timer);
  }

  private afterPause(due: Due, delivery: Readonly<WebhookDeliveryRecord>): void {
    const at = delivery.nextAttemptAt ? new Date(delivery.nextAttemptAt).getTime() : 0;
    const pause = Math.max(0, at - this.world.clock().getTime());
    // A timer holds 24 days at most; a clock that was moved can ask for more.
    if (pause > DAY) this.after(DAY, () => this.afterPause(due, delivery));
    else this.after(pause, () => this.due(due));
  }

  private due(due: Due): void {
    if (webhookTrouble(this.world).shuffle) {
      this.held.push(due);
      if (this.held.length === 1) this.after(SHUFFLE_WINDOW, () => this.track(this.sendHeld()));
      return;
    }
    this.ready.push(due);
    this.pump();
  }

  private pump(): void {
    while (this.underway.size < AT_ONCE) {
      const next = this.ready.shift();
      if (!next) return;
      this.track(this.deliver(next));
    }
  }

  private track(work: Promise<void>): void {
    const tracked = work.finally(() => {
      this.underway.delete(tracked);
      if (this.stopListening) this.pump();
    });
    this.underway.add(tracked);
  }

  private async sendHeld(): Promise<void> {
    const newestFirst = this.held.reverse();
    this.held = [];
    for (const due of newestFirst) await this.deliver(due);
  }

  private async deliver(due: Due): Promise<void> {
    const shop = this.world.store.shop(due.domain);
    const delivery = shop.get("webhookDelivery", due.webhookId);
    if (delivery?.state !== "waiting") return;
    const { copies, lose } = webhookTrouble(this.world);
    const at = this.world.clock().toISOString();
    if (lose.includes("*") || lose.includes(delivery.topic)) {
      this.record(due, { at, status: null, error: "lost on demand", milliseconds: 0 }, "failed");
      return;
    }
    const headers = headersOf(this.world, due.domain, delivery);
    const timeouts = this.options.timeouts ?? { connect: 1000, total: 5000 };
    const outcome = await post(delivery.url, headers, delivery.body, timeouts);
    for (let copy = 1; copy < copies; copy += 1) await post(delivery.url, headers, delivery.body, timeouts);
    const delivered = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
    const isLast = delivery.attempts.length >= RETRIES;
    this.record(due, { at, ...outcome }, delivered ? "delivered" : isLast ? "failed" : "waiting");
  }

  private record(due: Due, attempt: WebhookDeliveryRecord["attempts"][number], state: WebhookDeliveryRecord["state"]) {
    const shop = this.world.store.shop(due.domain);
    const delivery = shop.get("webhookDelivery", due.webhookId);
    if (!delivery) return;
    const pause = FIRST_PAUSE * 2 ** delivery.attempts.length * (this.options.pauseScale ?? 1);
    const next = new Date(this.world.clock().getTime() + pause).toISOString();
    const updated: WebhookDeliveryRecord = {
      ...delivery,
      attempts: [...delivery.attempts, attempt],
      nextAttemptAt: state === "waiting" ? next : null,
      state,
    };
    shop.transaction(() => {
      shop.put("webhookDelivery", due.webhookId, updated);
      // Shopify gives up on subscriptions made through the API; declared ones stay.
      const isSpent = state === "failed" && updated.attempts.length > RETRIES;
      if (isSpent && delivery.subscriptionId > 0) shop.delete("webhookSubscription", delivery.subscriptionId);
      if (state !== "waiting") this.forgetOldest(due.domain);
    });
    if (state === "waiting" && this.stopListening) this.after(pause, () => this.due(due));
  }

  private forgetOldest(domain: string): void {
    const shop = this.world.store.shop(domain);
    const finished = shop
      .all("webhookDelivery")
      .filter((each) => each.state !== "waiting")
      .sort((a, b) => (a.triggeredAt < b.triggeredAt ? -1 : 1));
    for (const old of finished.slice(0, Math.max(0, finished.length - REMEMBERED))) {
      shop.delete("webhookDelivery", old.webhookId);
    }
  }
}

function headersOf(world: World, domain: string, delivery: WebhookDeliveryRecord): Record<string, string> {
  return {
    Accept: "*/*",
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(delivery.body)),
    "User-Agent": "Shopify-Captain-Hook",
    "X-Shopify-Topic": delivery.topic,
    "X-Shopify-Hmac-Sha256": signBody(world.app.clientSecret, delivery.body),
    "X-Shopify-Shop-Domain": domain,
    "X-Shopify-API-Version": API_VERSION,
    "X-Shopify-Webhook-Id": delivery.webhookId,
    "X-Shopify-Event-Id": delivery.eventId,
    "X-Shopify-Triggered-At": delivery.triggeredAt,
  };
}
