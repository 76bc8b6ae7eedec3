import type { IncomingMessage, Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { log } from "~/platform/log";
import { type ClientFrame, closeCodes, heartbeatMilliseconds, type ServerFrame } from "./frames";
import type { Ear, Hub, Listener } from "./hub";

/** What a page may do on its socket, once its hello is proven. */
export interface Welcome {
  listener: Listener;
  /** When the proof ends; the page says hello anew. */
  until: Date;
  typing(conversationId: string): Promise<void>;
  viewing(conversationId: string | null): Promise<void>;
  /** Called at the hello and with every heartbeat. */
  present(): Promise<void>;
  /** Called once when the socket has closed. */
  left?(): void;
}

type Hello = Extract<ClientFrame, { type: "hello" }>;

/** Who says hello; null when it proves nothing. What it throws with status 429 sends the page away for longer. */
export type Prove = (hello: Hello, request: IncomingMessage) => Promise<Welcome | null>;

/** Bytes of one frame from a page; everything longer goes over HTTP. */
const largestFrame = 8 * 1024;
/** Bytes waiting for a page that does not read: beyond it the page is cut and comes back by its cursor. */
const mostWaiting = 1024 * 1024;
const helloWithinMilliseconds = 10_000;
/** Between the close frame and the cut. */
const goodbyeMilliseconds = 2_000;
/** Signals of one page in ten seconds. */
const mostFrames = 100;
/** "Is writing" is looked up and passed on once in so many milliseconds for each page; pages say it every three seconds. */
const typingEvery = 1_000;
/** Open pages of one shopper's browser: more are no browser. */
const mostPages = 40;

/**
 * Opens `/realtime` on the server. A page proves itself in its first frame, since a browser cannot set headers on a
 * socket and a token in the address would stand in logs. Returns how to end all of them.
 */
export function attachSockets(server: Server, hub: Hub, prove: Prove): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false });
  server.on("upgrade", (request, socket, head) => {
    // Not parsed as a URL: an address such as "//" is none, and would end the process here.
    if (request.url?.split("?", 1)[0] !== "/realtime") {
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => serve(page, hub, (hello) => prove(hello, request)));
  });
  return () => {
    const pages = [...sockets.clients];
    for (const page of pages) page.close(1001, "restarting");
    sockets.close();
    // One that does not say goodbye must not hold up the end of the process.
    setTimeout(() => {
      for (const page of pages) page.terminate();
    }, goodbyeMilliseconds).unref();
  };
}

function serve(page: WebSocket, hub: Hub, prove: (hello: Hello) => Promise<Welcome | null>): void {
  let ear: Ear | null = null;
  let welcome: Welcome | null = null;
  let greeted = false;
  let heardAt = Date.now();
  let frames = 0;
  let presentAt = 0;
  let typedAt = 0;
  const timers = [
    setTimeout(() => !greeted && page.close(closeCodes.silent, "no hello"), helloWithinMilliseconds),
    setInterval(() => {
      frames = 0;
      if (Date.now() - heardAt > heartbeatMilliseconds * 2.5) page.terminate();
      else if (welcome && welcome.until.getTime() < Date.now()) page.close(closeCodes.unproven, "proof ended");
    }, heartbeatMilliseconds / 2),
  ];

  const send = (frame: ServerFrame): void => {
    if (page.readyState !== page.OPEN) return;
    if (page.bufferedAmount > mostWaiting) {
      page.close(closeCodes.slow, "too slow");
      page.terminate();
      return;
    }
    page.send(JSON.stringify(frame));
  };

  // A page may ping as often as it likes; the database hears of it once in half a heartbeat.
  const present = async (): Promise<void> => {
    if (Date.now() - presentAt < heartbeatMilliseconds / 2) return;
    presentAt = Date.now();
    await welcome?.present();
  };

  const hear = async (frame: ClientFrame): Promise<void> => {
    switch (frame.type) {
      case "hello": {
        if (greeted) return;
        greeted = true;
        welcome = await prove(frame);
        if (!welcome) {
          page.close(closeCodes.unproven, "not proven");
          return;
        }
        if (page.readyState !== page.OPEN) return;
        if (welcome.listener.as === "shopper" && hub.pagesOf(welcome.listener) >= mostPages) {
          page.close(closeCodes.tooMany, "too many pages");
          return;
        }
        ear = { listener: welcome.listener, send };
        await hub.join(ear, frame.cursor);
        await present();
        return;
      }
      case "ping":
        send({ type: "pong" });
        await present();
        return;
      case "typing":
        if (Date.now() - typedAt < typingEvery) return;
        typedAt = Date.now();
        await welcome?.typing(frame.conversationId);
        return;
      case "viewing":
        await welcome?.viewing(frame.conversationId);
        return;
    }
  };

  page.on("message", (data, binary) => {
    heardAt = Date.now();
    frames += 1;
    if (frames > mostFrames) {
      page.close(closeCodes.tooMany, "too many frames");
      return;
    }
    const frame = binary ? null : parse(String(data));
    if (!frame) {
      page.close(1003, "not a frame");
      return;
    }
    hear(frame).catch((error: unknown) => {
      if ((error as { status?: number }).status === 429) {
        page.close(closeCodes.tooMany, "too many pages");
        return;
      }
      log.warn({ kind: (error as Error).name, frame: frame.type }, "a frame could not be served");
      if (frame.type === "hello") page.close(1011, "try again");
    });
  });
  page.on("error", () => page.terminate());
  page.on("close", () => {
    for (const timer of timers) clearTimeout(timer);
    if (ear) hub.leave(ear);
    welcome?.left?.();
  });
}

/** The frame in the text, or null when it is none of ours. */
function parse(text: string): ClientFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const frame = value as Record<string, unknown>;
  const isText = (key: string, most = 64): boolean =>
    typeof frame[key] === "string" && (frame[key] as string).length <= most;
  switch (frame.type) {
    case "hello":
      if (frame.as === "staff" && isText("idToken", 4_096)) return value as ClientFrame;
      return frame.as === "shopper" && isText("token", 4_096) ? (value as ClientFrame) : null;
    case "typing":
      return isText("conversationId") ? (value as ClientFrame) : null;
    case "viewing":
      return frame.conversationId === null || isText("conversationId") ? (value as ClientFrame) : null;
    case "ping":
      return { type: "ping" };
    default:
      return null;
  }
}
