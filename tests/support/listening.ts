import type { EventView, ServerFrame } from "~/realtime/frames";
import type { Ear, Hub, Listener } from "~/realtime/hub";

/** A page without a socket: keeps every frame, and its cursor as a page does. */
export class TestEar implements Ear {
  frames: ServerFrame[] = [];
  cursor: string | undefined;
  constructor(readonly listener: Listener) {}

  send(frame: ServerFrame): void {
    this.frames.push(frame);
    if ("cursor" in frame) this.cursor = frame.cursor;
  }

  get events(): EventView[] {
    return this.frames.flatMap((frame) => (frame.type === "events" ? frame.events : []));
  }

  get kinds(): string[] {
    return this.events.map((event) => event.kind);
  }

  async join(hub: Hub, cursor: string | undefined = this.cursor): Promise<this> {
    await hub.join(this, cursor);
    return this;
  }
}

/** Waits until it is so; the test's own time limit is the only other end. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 15_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(5);
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
