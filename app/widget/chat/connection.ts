import type { ClientFrame, ServerFrame } from "../protocol";

export interface ConnectionOptions {
  /** A socket's address and a good token; `fresh` after the one before was refused. */
  pass(fresh: boolean): Promise<{ url: string; token: string }>;
  /** The last cursor seen. */
  cursor(): string;
  hear(frame: ServerFrame): void;
  /** Told at every change. `again` is true when the line was lost before. */
  state(state: "on" | "off", again: boolean): void;
}

/** Both sides say something at least this often, in milliseconds; the server's `heartbeatMilliseconds`. */
const beat = 20_000;
const longestPause = 30_000;
/** A line that is asked and silent for this long is taken for dead, in milliseconds. */
const answerWithin = 3_000;
const refused = 4401;

/**
 * One line to the app that comes back by itself: pauses grow to half a minute with a random part, so that a shop's
 * pages do not all return in the same moment; the network's return and the tab's are tried at once.
 */
export class Connection {
  private socket: WebSocket | null = null;
  private timer = 0;
  private beating = 0;
  private heardAt = 0;
  private tries = 0;
  private fresh = false;
  private lost = false;

  constructor(private readonly options: ConnectionOptions) {
    addEventListener("online", this.hurry);
    addEventListener("pageshow", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
    // A page in the back-forward cache holds no socket; it comes back with `pageshow`.
    addEventListener("pagehide", () => this.drop());
    void this.open();
  }

  send(frame: ClientFrame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Leaves this line and says hello anew. */
  again(): void {
    if (!this.socket) return;
    this.drop();
    void this.open();
  }

  /** The page is looked at again or the network is back: a line that is gone comes back now, one that is there must answer. */
  private hurry = (): void => {
    if (document.hidden) return;
    const { socket } = this;
    if (!socket) {
      this.tries = 0;
      void this.open();
      return;
    }
    const asked = Date.now();
    this.send({ type: "ping" });
    setTimeout(() => {
      if (this.socket !== socket || this.heardAt >= asked) return;
      this.drop();
      void this.open();
    }, answerWithin);
  };

  private async open(): Promise<void> {
    clearTimeout(this.timer);
    if (this.socket) return;
    try {
      const { url, token } = await this.options.pass(this.fresh);
      if (this.socket) return;
      this.fresh = false;
      const socket = new WebSocket(url);
      this.socket = socket;
      this.heardAt = Date.now();
      socket.onopen = () => {
        socket.send(
          JSON.stringify({ type: "hello", as: "shopper", token, cursor: this.options.cursor() || undefined }),
        );
      };
      socket.onmessage = ({ data }) => {
        this.heardAt = Date.now();
        const frame = JSON.parse(String(data)) as ServerFrame;
        if (frame.type === "welcome" || frame.type === "reset" || frame.type === "events") this.up();
        this.options.hear(frame);
      };
      socket.onclose = ({ code }) => {
        if (this.socket !== socket) return;
        this.fresh = code === refused;
        this.drop();
        this.later();
      };
      this.beating = window.setInterval(() => {
        if (Date.now() - this.heardAt > beat * 2) socket.close();
        else this.send({ type: "ping" });
      }, beat);
    } catch {
      this.later();
    }
  }

  private up(): void {
    this.tries = 0;
    this.options.state("on", this.lost);
    this.lost = false;
  }

  private drop(): void {
    clearInterval(this.beating);
    clearTimeout(this.timer);
    const { socket } = this;
    if (!socket) return;
    this.socket = null;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    this.lost = true;
    this.options.state("off", true);
  }

  private later(): void {
    const pause = Math.min(longestPause, 500 * 2 ** this.tries);
    this.tries += 1;
    this.lost = true;
    this.options.state("off", true);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.open(), pause * (0.5 + Math.random() / 2));
  }
}
