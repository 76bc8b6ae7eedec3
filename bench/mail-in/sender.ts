import { createTransport } from "nodemailer";
import { makeMails } from "./mails";

/** Sends the bench's mails to a server over several connections, from a process of its own. */
const [count = 0, talks = 0, seed = 1] = process.argv.slice(2).map(Number);
const { mails } = await makeMails(count, talks, seed);

process.on("message", async ({ port, to }: { port: number; to: string }) => {
  const transport = createTransport({
    host: "127.0.0.1",
    port,
    ignoreTLS: true,
    pool: true,
    maxConnections: 8,
    maxMessages: 100_000,
  });
  // Of one customer in order, as a mail server sends them; of different ones at the same time.
  const byTalk = new Map<number, Buffer[]>();
  for (const { raw, talk } of mails) byTalk.set(talk, [...(byTalk.get(talk) ?? []), raw]);
  const waiting = [...byTalk.values()];
  const send = async () => {
    for (let own = waiting.shift(); own; own = waiting.shift()) {
      for (const raw of own) await transport.sendMail({ envelope: { from: "mx@customer.example", to: [to] }, raw });
    }
  };
  try {
    await Promise.all(Array.from({ length: 16 }, send));
    process.send?.({ sent: mails.length });
  } catch (error) {
    process.send?.({ failed: (error as Error).message });
  } finally {
    transport.close();
  }
});
process.send?.({ ready: true });
