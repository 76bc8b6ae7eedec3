import { Agent, request } from "node:http";
import { type Far, type Webhook, webhook } from "./webhook";

/** What is to be sent: so many messages a second, for so long, each to the next account's door. */
export interface SendOrder {
  port: number;
  far: Far;
  perSecond: number;
  seconds: number;
  /** The first message's number; numbers are never used twice. */
  first: number;
}

export interface SendResult {
  /** From the moment that a webhook was due until its answer was there. */
  milliseconds: number[];
  /** When each was due, in milliseconds since 1970, by the provider's id of its message. */
  due: [id: string, at: number][];
  refused: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
/** Of so many messages, each person writes one. */
const perPerson = 5;

process.on("message", (order: SendOrder) => {
  void send(order).then((result) => process.send?.(result));
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });

/** Sends at its pace whatever the answers do, so that a slow door is seen as slow. */
async function send({ port, far, perSecond, seconds, first }: SendOrder): Promise<SendResult> {
  const result: SendResult = { milliseconds: [], due: [], refused: 0 };
  const total = perSecond * seconds;
  const people = Math.ceil(total / perPerson);
  const started = performance.now();
  const underway: Promise<void>[] = [];
  for (let count = 0; count < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1_000) * perSecond) + 1);
    for (; count < due; count += 1) {
      const at = started + (count / perSecond) * 1_000;
      const id = idOf(far, first + count);
      result.due.push([id, performance.timeOrigin + at]);
      const said = `Is number ${count} of the jackets warm enough for a winter in the mountains?`;
      underway.push(
        post(port, webhook(far, { id, person: first + (count % people), text: said })).then((status) => {
          result.milliseconds.push(performance.now() - at);
          if (status < 200 || status > 299) result.refused += 1;
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(underway);
  return result;
}

/** X numbers its messages; the others give them names. */
function idOf({ kind }: Far, number: number): string {
  if (kind === "x") return String(1_900_000_000_000_000 + number);
  return kind === "sms" ? `SM${String(number).padStart(32, "0")}` : `bench.${kind}.${number}`;
}

function post(port: number, { path, headers, body }: Webhook): Promise<number> {
  return new Promise((resolve) => {
    const length = { "Content-Length": Buffer.byteLength(body) };
    const asked = request({ port, host: "127.0.0.1", method: "POST", path, agent, headers: { ...headers, ...length } });
    asked.on("response", (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    asked.on("error", () => resolve(0));
    asked.end(body);
  });
}
