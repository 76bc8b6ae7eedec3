import { channelsBench } from "./channels/bench";
import { identifyBench } from "./identify/bench";
import { inboxBench } from "./inbox/bench";
import { mailInBench } from "./mail-in/bench";
import { mailReadBench } from "./mail-read/bench";
import { messageBench } from "./message/bench";
import { syncBench } from "./sync/bench";
import { timelineBench } from "./timeline/bench";
import { webhooksBench } from "./webhooks/bench";

/**
 * `npm run bench -- mail-read`, `mail-in`, `channels`, `message`, `inbox`, `identify`, `sync`, `timeline` or `webhooks`: each prints tables for people and, as its last line, one JSON
 * with units in its keys. `--quick` takes small numbers, to see that it works. `BENCH_DATABASE_URL` names a PostgreSQL
 * to use (a database of the bench's own is made on it and dropped); without it one from npm is started for the run.
 */
const benches: Record<string, (quick: boolean) => Promise<Record<string, unknown>>> = {
  "mail-read": mailReadBench,
  "mail-in": mailInBench,
  message: messageBench,
  inbox: inboxBench,
  channels: channelsBench,
  identify: identifyBench,
  sync: syncBench,
  timeline: timelineBench,
  webhooks: webhooksBench,
};

const [name = "", ...options] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  console.error(`There is no bench "${name}". There are: ${Object.keys(benches).join(", ")}.`);
  process.exit(1);
}
try {
  const result = await bench(options.includes("--quick"));
  console.log(JSON.stringify({ bench: name, ...result }));
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
