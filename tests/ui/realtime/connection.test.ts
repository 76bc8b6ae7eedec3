import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeCodes, type EventView, heartbeatMilliseconds, type ServerFrame } from "~/realtime/frames";
import {
  type ConnectionState,
  isCursorAfter,
  pauseBefore,
  RealtimeConnection,
  RecentEvents,
  type Socket,
} from "~/ui/realtime/connection";

class FakeSocket implements Socket {
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  closed = false;
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  onerror: Socket["onerror"] = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  async open(): Promise<void> {
    this.readyState = 1;
    this.onopen?.();
    await vi.advanceTimersByTimeAsync(0);
  }
  hear(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function stage(cursor?: string) {
  const sockets: FakeSocket[] = [];
  const states: ConnectionState[] = [];
  const frames: ServerFrame[] = [];
  let tokens = 0;
  const connection = new RealtimeConnection({
    open() {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    idToken: async () => `token ${++tokens}`,
    cursor,
    onState: (state) => states.push(state),
    onFrame: (frame) => frames.push(frame),
    random: () => 1,
  });
  const last = () => sockets.at(-1) as FakeSocket;
  return { connection, sockets, states, frames, last };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the line of an admin page", () => {
  it("says hello with a token and the cursor of the page, and is connected at the first answer", async () => {
    const { connection, last, states } = stage("7.0");
    connection.start();
    await last().open();
    expect(last().sent).toEqual([{ type: "hello", as: "staff", idToken: "token 1", cursor: "7.0" }]);
    expect(states).toEqual(["connecting"]);
    last().hear({ type: "welcome", cursor: "9.0" });
    expect(states).toEqual(["connecting", "connected"]);
    connection.stop();
  });

  it("comes back with a fresh token and the cursor of the last batch it handed on", async () => {
    const { connection, last, sockets, states, frames } = stage("7.0");
    connection.start();
    await last().open();
    last().hear({ type: "events", cursor: "12.3", events: [] });
    last().onclose?.({ code: 1006 });
    expect(states.at(-1)).toBe("reconnecting");
    await vi.advanceTimersByTimeAsync(pauseBefore(0, 1));
    expect(sockets).toHaveLength(2);
    await last().open();
    expect(last().sent[0]).toMatchObject({ idToken: "token 2", cursor: "12.3" });
    last().hear({ type: "reset", cursor: "99.0" });
    expect(frames.map((frame) => frame.type)).toEqual(["events", "reset"]);
    expect(connection.cursor).toBe("99.0");
    connection.stop();
  });

  it("notices a line that died without a word", async () => {
    const { connection, last, sockets, states } = stage();
    connection.start();
    await last().open();
    last().hear({ type: "welcome", cursor: "1.0" });
    await vi.advanceTimersByTimeAsync(heartbeatMilliseconds);
    expect(last().sent.at(-1)).toEqual({ type: "ping" });
    await vi.advanceTimersByTimeAsync(heartbeatMilliseconds * 2 + 1_000);
    expect(sockets.length).toBeGreaterThan(1);
    expect(sockets[0]?.closed).toBe(true);
    expect(states.at(-1)).toBe("reconnecting");
    connection.stop();
  });

  it("stays on a line that answers its heartbeats", async () => {
    const { connection, last, sockets } = stage();
    connection.start();
    await last().open();
    last().hear({ type: "welcome", cursor: "1.0" });
    for (let beat = 0; beat < 10; beat += 1) {
      await vi.advanceTimersByTimeAsync(heartbeatMilliseconds);
      last().hear({ type: "pong" });
    }
    expect(sockets).toHaveLength(1);
    connection.stop();
  });

  it("looks at once when the page wakes up, instead of waiting for its turn", async () => {
    const { connection, last, sockets } = stage();
    connection.start();
    last().onclose?.({ code: 1006 });
    connection.check();
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(heartbeatMilliseconds - 1);
    // The turn that was waiting is gone: one socket, not two.
    expect(sockets.filter((socket) => !socket.closed)).toHaveLength(1);
    connection.stop();
  });

  it("says again what it looks at, because the server forgets it with the socket", async () => {
    const { connection, last } = stage();
    connection.start();
    await last().open();
    connection.say({ type: "viewing", conversationId: "one" });
    last().onclose?.({ code: 1006 });
    connection.check();
    await last().open();
    expect(last().sent.at(-1)).toEqual({ type: "viewing", conversationId: "one" });
    connection.stop();
  });

  it("waits longer when the server says that it is too many", async () => {
    const { connection, last, sockets } = stage();
    connection.start();
    await last().open();
    last().onclose?.({ code: closeCodes.tooMany });
    await vi.advanceTimersByTimeAsync(pauseBefore(4, 1) - 1);
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets).toHaveLength(2);
    connection.stop();
  });

  it("opens nothing more after it was stopped", async () => {
    const { connection, last, sockets } = stage();
    connection.start();
    last().onclose?.({ code: 1006 });
    connection.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
  });
});

describe("the pause before a try", () => {
  it("doubles up to fifteen seconds and is spread over its second half", () => {
    expect(pauseBefore(0, 0)).toBe(200);
    expect(pauseBefore(0, 1)).toBe(400);
    expect(pauseBefore(3, 0.5)).toBe(2_400);
    expect(pauseBefore(60, 1)).toBe(15_000);
  });
});

describe("cursors", () => {
  it("are compared as numbers, transaction first", () => {
    expect(isCursorAfter("10.1", "9.9")).toBe(true);
    expect(isCursorAfter("10.10", "10.9")).toBe(true);
    expect(isCursorAfter("10.9", "10.9")).toBe(false);
    expect(isCursorAfter("900719925474099300.1", "900719925474099299.1")).toBe(true);
  });
});

describe("what was pushed lately", () => {
  const event = (kind: EventView["kind"]) => ({ kind }) as EventView;

  it("is given to a page that was read before it", () => {
    const recent = new RecentEvents("5.0");
    recent.add("6.1", [event("note.added")]);
    recent.add("8.2", [event("message.sent")]);
    expect(recent.since("7.0")?.map((one) => one.kind)).toEqual(["message.sent"]);
    expect(recent.since("5.0")?.map((one) => one.kind)).toEqual(["note.added", "message.sent"]);
    expect(recent.since("9.0")).toEqual([]);
  });

  it("says when it no longer reaches back that far", () => {
    const recent = new RecentEvents("5.0", 2);
    expect(recent.since("4.0")).toBeNull();
    for (const cursor of ["6.1", "7.1", "8.1"]) recent.add(cursor, [event("note.added")]);
    expect(recent.since("5.5")).toBeNull();
    expect(recent.since("6.1")).toHaveLength(2);
    recent.clear("20.0");
    expect(recent.since("8.1")).toBeNull();
  });
});
