import {
  type ClientFrame,
  closeCodes,
  type EventView,
  heartbeatMilliseconds,
  type ServerFrame,
} from "~/realtime/frames";

/** What the page says of its line: before the first word, in order, or lost and trying again. */
export type ConnectionState = "connecting" | "connected" | "reconnecting";

/** The part of a WebSocket that is used here, so that tests can stand in for it. */
export interface Socket {
  readyState: number;
  send(text: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((closed: { code: number }) => void) | null;
  onerror: (() => void) | null;
}

export interface ConnectionOptions {
  open(): Socket;
  idToken(): Promise<string>;
  /** The cursor of the state that the page was read with. */
  cursor: string | undefined;
  onState(state: ConnectionState): void;
  onFrame(frame: ServerFrame): void;
  /** 0 to 1; spreads the reconnects of many pages. */
  random?(): number;
}

const opened = 1;
const firstPause = 400;
const longestPause = 15_000;

/** Milliseconds to wait before try number `attempt` (from 0): doubling, at most 15 s, each between half and all of it. */
export function pauseBefore(attempt: number, random: number): number {
  const whole = Math.min(longestPause, firstPause * 2 ** Math.min(attempt, 10));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/**
 * One socket for the whole page. Says hello with a fresh ID token and the last cursor, keeps the line alive from this
 * side, notices a line that died without a word (a closed lid, a mobile network), and comes back by itself. A pushed
 * fact is handed on before its cursor is kept, so what is missed is sent again rather than lost.
 */
export class RealtimeConnection {
  cursor: string | undefined;
  private socket: Socket | null = null;
  private attempt = 0;
  private heard = 0;
  private stopped = false;
  private pauseTimer: ReturnType<typeof setTimeout> | null = null;
  private beat: ReturnType<typeof setInterval> | null = null;
  /** Said again after every hello, because the server forgets it with the socket. */
  private viewing: string | null = null;

  constructor(private readonly options: ConnectionOptions) {
    this.cursor = options.cursor;
  }

  start(): void {
    this.stopped = false;
    this.options.onState("connecting");
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    if (this.pauseTimer) clearTimeout(this.pauseTimer);
    this.drop();
  }

  /** Sends when the line is there; what passes (typing, viewing) is not kept for later. */
  say(frame: Exclude<ClientFrame, { type: "hello" }>): void {
    if (frame.type === "viewing") this.viewing = frame.conversationId;
    if (this.socket?.readyState === opened) this.socket.send(JSON.stringify(frame));
  }

  /** The page woke up or the network is back: look at the line now instead of at the next beat. */
  check(): void {
    if (this.stopped) return;
    if (!this.socket) {
      this.attempt = 0;
      if (this.pauseTimer) clearTimeout(this.pauseTimer);
      this.connect();
    } else if (Date.now() - this.heard > heartbeatMilliseconds * 2) {
      this.lost();
    } else {
      this.say({ type: "ping" });
    }
  }

  private connect(): void {
    if (this.stopped || this.socket) return;
    const socket = this.options.open();
    this.socket = socket;
    this.heard = Date.now();
    socket.onopen = () => void this.hello(socket);
    socket.onmessage = (message) => this.hear(socket, message.data);
    socket.onclose = (closed) => {
      if (this.socket === socket) this.lost(closed.code);
    };
    socket.onerror = () => {
      if (this.socket === socket) this.lost();
    };
    this.beat = setInterval(() => {
      if (Date.now() - this.heard > heartbeatMilliseconds * 2) this.lost();
      else this.say({ type: "ping" });
    }, heartbeatMilliseconds);
  }

  private async hello(socket: Socket): Promise<void> {
    try {
      const idToken = await this.options.idToken();
      if (this.socket !== socket) return;
      const hello: ClientFrame = { type: "hello", as: "staff", idToken, cursor: this.cursor };
      socket.send(JSON.stringify(hello));
      if (this.viewing) this.say({ type: "viewing", conversationId: this.viewing });
    } catch {
      if (this.socket === socket) this.lost();
    }
  }

  private hear(socket: Socket, data: unknown): void {
    if (this.socket !== socket || typeof data !== "string") return;
    this.heard = Date.now();
    const frame = JSON.parse(data) as ServerFrame;
    if (frame.type === "welcome" || frame.type === "events" || frame.type === "reset") {
      this.attempt = 0;
      this.options.onState("connected");
      this.options.onFrame(frame);
      this.cursor = frame.cursor;
      return;
    }
    this.options.onFrame(frame);
  }

  private lost(code?: number): void {
    this.drop();
    if (this.stopped) return;
    this.options.onState("reconnecting");
    // The server asked for slower steps.
    if (code === closeCodes.tooMany) this.attempt = Math.max(this.attempt, 4);
    const pause = pauseBefore(this.attempt, (this.options.random ?? Math.random)());
    this.attempt += 1;
    this.pauseTimer = setTimeout(() => this.connect(), pause);
  }

  private drop(): void {
    if (this.beat) clearInterval(this.beat);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.onerror = null;
    socket.close();
  }
}

/** Whether cursor `one` is after `other`; both are `<transaction>.<id>`. */
export function isCursorAfter(one: string, other: string): boolean {
  const [oneXid = "0", oneId = "0"] = one.split(".");
  const [otherXid = "0", otherId = "0"] = other.split(".");
  if (oneXid !== otherXid) return BigInt(oneXid) > BigInt(otherXid);
  return BigInt(oneId) > BigInt(otherId);
}

/**
 * The last pushed batches, so that a page that was read a moment ago and opens now also gets what was pushed in between.
 */
export class RecentEvents {
  private readonly batches: { cursor: string; events: EventView[] }[] = [];
  /** Batches at or before this cursor are no longer here. */
  private forgotten: string | null = null;

  constructor(
    start: string | undefined,
    private readonly keep = 200,
  ) {
    this.forgotten = start ?? null;
  }

  add(cursor: string, events: EventView[]): void {
    this.batches.push({ cursor, events });
    if (this.batches.length > this.keep) this.forgotten = this.batches.shift()?.cursor ?? this.forgotten;
  }

  /** After a reset nothing from before is known. */
  clear(cursor: string): void {
    this.batches.length = 0;
    this.forgotten = cursor;
  }

  /** Everything pushed after `cursor`, or null when some of it is no longer here. */
  since(cursor: string): EventView[] | null {
    if (this.forgotten && isCursorAfter(this.forgotten, cursor)) return null;
    return this.batches.filter((batch) => isCursorAfter(batch.cursor, cursor)).flatMap((batch) => batch.events);
  }
}
