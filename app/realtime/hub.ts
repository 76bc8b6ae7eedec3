import type { Pool } from "pg";
import { toldToShopper } from "~/events/catalogue";
import type { Bus, OpenBus } from "./bus";
import { fromCursor, isAfter, type Place, toCursor } from "./cursor";
import type { EventView, ServerFrame } from "./frames";
import { type Audience, type LoggedEvent, LogReader, readLog } from "./log-reader";
import { forShopper, isShown } from "./shown-to-shopper";
import type { Signal, Signals } from "./signals";

/** Who listens on a socket, as its hello proved. */
export type Listener =
  | { as: "staff"; shopId: string; staffId: string; staffName: string }
  | { as: "shopper"; shopId: string; visitorId: string; customerId: string | null; alsoProven?: readonly string[] };

/** One open page. `send` must not block; `cut` ends a page that does not keep up. */
export interface Ear {
  listener: Listener;
  send(frame: ServerFrame): void;
}

/** More than this was missed: the page reads its state anew. */
const backlogLimit = 500;
/** So many transactions later nobody looks for what one page missed among what everybody did. */
const farthestBehind = 200_000n;

/**
 * Carries the log and the signals to the pages that may hear them. Holds no state but the open ears: what a page missed
 * it gets from the log, by its cursor.
 */
export class Hub implements Signals {
  private readonly ears = new Map<string, Set<Ear>>();
  private readonly waiting = new Map<Ear, LoggedEvent[]>();
  private readonly reader: LogReader;
  private bus: Bus | null = null;

  constructor(private readonly sql: Pool) {
    this.reader = new LogReader(sql, (events) => this.fanOut(events));
  }

  async start(openBus: OpenBus): Promise<void> {
    await this.reader.start();
    this.bus = await openBus((text) => this.hear(text));
  }

  async stop(): Promise<void> {
    this.reader.stop();
    await this.bus?.close();
  }

  get size(): number {
    return new Set([...this.ears.values()].flatMap((set) => [...set])).size;
  }

  logGrew(): void {
    this.reader.poke();
    this.bus?.publish("log");
  }

  send(signal: Signal): void {
    this.carrySignal(signal);
    this.bus?.publish(JSON.stringify(signal));
  }

  /**
   * Adds a page and brings it up to date from its cursor. Live facts wait until what it missed is sent, so that its
   * cursor never runs ahead of what it has.
   */
  async join(ear: Ear, cursor: unknown): Promise<void> {
    const from = fromCursor(cursor);
    const here: Place = this.reader.place;
    this.waiting.set(ear, []);
    for (const topic of topicsOf(ear.listener)) this.topic(topic).add(ear);
    try {
      if (from && isAfter(here, from)) {
        const missed = here.xid - from.xid > farthestBehind ? null : await this.missedBy(ear, from, here);
        if (missed) this.tell(ear, missed, here);
        else ear.send({ type: "reset", cursor: toCursor(here) });
      } else {
        ear.send({ type: "welcome", cursor: toCursor(from && isAfter(from, here) ? from : here) });
      }
      const meanwhile = this.waiting.get(ear) ?? [];
      this.waiting.delete(ear);
      const last = meanwhile.at(-1);
      if (last) this.tell(ear, meanwhile, last.place);
    } finally {
      this.waiting.delete(ear);
    }
  }

  /** What the page may hear between the two places; null when it is too much to send piece by piece. */
  private async missedBy(ear: Ear, from: Place, to: Place): Promise<LoggedEvent[] | null> {
    const { events } = await readLog(this.sql, audienceOf(ear.listener), from, to, backlogLimit + 1);
    return events.length > backlogLimit ? null : events;
  }

  /** How many pages of this browser (for staff: of the whole team) listen in this process. */
  pagesOf(listener: Listener): number {
    return this.ears.get(topicsOf(listener)[0] as string)?.size ?? 0;
  }

  leave(ear: Ear): void {
    this.waiting.delete(ear);
    for (const topic of topicsOf(ear.listener)) {
      const set = this.ears.get(topic);
      set?.delete(ear);
      if (set?.size === 0) this.ears.delete(topic);
    }
  }

  private topic(name: string): Set<Ear> {
    const known = this.ears.get(name) ?? new Set<Ear>();
    this.ears.set(name, known);
    return known;
  }

  private fanOut(events: LoggedEvent[]): void {
    for (const event of events) if (changesProof(event.view)) void this.relisten(event);
    const batches = new Map<Ear, LoggedEvent[]>();
    for (const event of events) {
      const topics = [`staff:${event.shopId}`];
      if (event.view.conversationId && toldToShopper.has(event.view.kind)) {
        topics.push(`visitor:${event.view.visitorId}`, `customer:${event.view.customerId}`);
      }
      const told = new Set<Ear>();
      for (const topic of topics) {
        for (const ear of this.ears.get(topic) ?? []) {
          if (told.has(ear) || ear.listener.shopId !== event.shopId) continue;
          told.add(ear);
          const batch = this.waiting.get(ear) ?? batches.get(ear) ?? [];
          if (!this.waiting.has(ear)) batches.set(ear, batch);
          batch.push(event);
        }
      }
    }
    for (const [ear, batch] of batches) this.tell(ear, batch, (batch.at(-1) as LoggedEvent).place);
  }

  /**
   * Two leaves were proven to be one shopper's, or are no longer: their open pages hear of the right chats from now on,
   * and read their state anew.
   */
  private async relisten({ shopId, view, place }: LoggedEvent): Promise<void> {
    const touched = [view.customerId, view.data.otherId].flatMap((id) => [...(this.ears.get(`customer:${id}`) ?? [])]);
    for (const ear of new Set(touched)) {
      const { listener } = ear;
      if (listener.as !== "shopper" || listener.shopId !== shopId || !listener.customerId) continue;
      // What can no longer be asked for is no longer told either.
      const leaves = await this.provenWith(shopId, listener.customerId).catch(() => []);
      if (![...(this.ears.get(`visitor:${listener.visitorId}`) ?? [])].includes(ear)) continue;
      for (const topic of topicsOf(listener)) this.ears.get(topic)?.delete(ear);
      ear.listener = { ...listener, alsoProven: leaves };
      for (const topic of topicsOf(ear.listener)) this.topic(topic).add(ear);
      ear.send({ type: "reset", cursor: toCursor(place) });
    }
  }

  private async provenWith(shopId: string, customerId: string): Promise<string[]> {
    const found = await this.sql.query<{ id: string }>({
      name: "proven-with",
      text: `SELECT o."id" FROM "customer" l JOIN "customer" o ON o."shopId" = l."shopId" AND o."provenId" = l."provenId"
              WHERE l."shopId" = $1 AND l."id" = $2 AND o."id" <> l."id"`,
      values: [shopId, customerId],
    });
    return found.rows.map((row) => row.id);
  }

  private tell(ear: Ear, events: LoggedEvent[], upTo: Place): void {
    const { listener } = ear;
    const heard = listener.as === "staff" ? events : events.filter((event) => isForShopper(event, listener));
    const views = heard.map(({ view }) => (listener.as === "staff" ? view : viewForShopper(view)));
    ear.send({ type: "events", cursor: toCursor(upTo), events: views });
  }

  private hear(text: string): void {
    if (text === "log") {
      this.reader.poke();
      return;
    }
    const signal = signalIn(text);
    if (signal) this.carrySignal(signal);
  }

  private carrySignal(signal: Signal): void {
    switch (signal.kind) {
      case "typing":
        this.carry([`staff:${signal.shopId}`], signal.shopId, {
          type: "typing",
          conversationId: signal.conversationId,
          by: signal.by,
          name: signal.by === "staff" ? signal.staffName : null,
        });
        return;
      case "typing-to-shopper":
        this.carry([`visitor:${signal.visitorId}`, `customer:${signal.customerId}`], signal.shopId, {
          type: "typing",
          conversationId: signal.conversationId,
          by: "staff",
          name: signal.staffName,
        });
        return;
      case "viewing":
        this.carry([`staff:${signal.shopId}`], signal.shopId, {
          type: "viewing",
          conversationId: signal.conversationId,
          staffId: signal.staffId,
          staffName: signal.staffName,
        });
        return;
      case "staff-presence":
        for (const ear of new Set([...this.ears.values()].flatMap((set) => [...set]))) {
          if (ear.listener.shopId === signal.shopId && ear.listener.as === "shopper") {
            ear.send({ type: "presence", someoneThere: signal.someoneThere });
          }
        }
        return;
    }
  }

  private carry(topics: string[], shopId: string, frame: ServerFrame): void {
    for (const ear of new Set(topics.flatMap((topic) => [...(this.ears.get(topic) ?? [])]))) {
      if (ear.listener.shopId === shopId) ear.send(frame);
    }
  }
}

/** Anybody who may use the database or Redis can put a text on the bus: one that is no signal must not end the process. */
function signalIn(text: string): Signal | null {
  try {
    return JSON.parse(text) as Signal | null;
  } catch {
    return null;
  }
}

function changesProof(view: EventView): boolean {
  if (view.kind === "customer.parted") return true;
  return (view.kind === "customer.merged" || view.kind === "customer.unmerged") && view.data.opens === true;
}

function topicsOf(listener: Listener): string[] {
  if (listener.as === "staff") return [`staff:${listener.shopId}`];
  const topics = [`visitor:${listener.visitorId}`];
  for (const id of leavesOf(listener)) topics.push(`customer:${id}`);
  return topics;
}

function audienceOf(listener: Listener): Audience {
  return listener.as === "staff" ? { of: "shop", shopId: listener.shopId } : { of: "shopper", ...listener };
}

type ShopperListener = Extract<Listener, { as: "shopper" }>;

/** The leaves that are proven to be this listener's. */
function leavesOf({ customerId, alsoProven = [] }: ShopperListener): string[] {
  return customerId ? [customerId, ...alsoProven] : [];
}

/** A fact of a conversation that they reach; of its messages only those that are theirs to see, where they stand now. */
function isForShopper({ view, whose }: LoggedEvent, listener: ShopperListener): boolean {
  if (view.conversationId === null || !toldToShopper.has(view.kind)) return false;
  if (!view.message && !view.kind.startsWith("message.")) return true;
  return (
    whose !== null &&
    view.message?.conversationId === view.conversationId &&
    isShown(whose, { visitorId: listener.visitorId, leaves: leavesOf(listener) })
  );
}

/** What staff did stays without their ids, and nothing but the message and its place goes out. */
function viewForShopper({ message, ...view }: EventView): Omit<EventView, "message"> {
  const data = view.kind === "conversation.seen" ? view.data : {};
  const shown = message ? { message: forShopper(message) } : {};
  return { ...view, actorId: null, customerId: null, visitorId: null, cartId: null, data, ...shown };
}
