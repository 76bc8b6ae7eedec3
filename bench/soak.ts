import { parseArgs } from "node:util";
import { webhookSoak } from "./soak/webhooks";

const HELP = `npm run soak -- webhooks [--seconds 60] [--rate 1000] [--kills 2] [--drain 600]

A storm of webhooks against the real app: PostgreSQL, the web process and the worker as programs of their own, and the
local Shopify as the source. A tenth of the deliveries arrive twice, a fifth out of order, and the worker is killed on
the way. At the end what the app keeps is compared with the source, record by record.

  --seconds N  how long the storm lasts
  --rate N     deliveries a second, repeated ones included
  --kills N    how often the worker is killed
  --drain N    seconds that the app may take afterwards until nothing is left to do

BENCH_DATABASE_URL names a PostgreSQL to use. Everything is on this machine, and stops by itself.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "60" },
    rate: { type: "string", default: "1000" },
    kills: { type: "string", default: "2" },
    drain: { type: "string", default: "600" },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help || positionals[0] !== "webhooks") {
  console.log(HELP);
  process.exit(values.help ? 0 : 1);
}

function whole(name: "seconds" | "rate" | "kills" | "drain", least: number, most: number): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  console.error(`--${name} takes a whole number from ${least} to ${most}, not "${values[name]}".`);
  return process.exit(1);
}

const plan = {
  seconds: whole("seconds", 1, 3600),
  rate: whole("rate", 1, 10_000),
  kills: whole("kills", 0, 20),
  drain: whole("drain", 5, 7200),
};
try {
  const { passed, ...result } = await webhookSoak(plan);
  console.log(JSON.stringify({ soak: "webhooks", passed, ...result }));
  process.exit(passed ? 0 : 1);
} catch (error) {
  console.error(error);
  process.exit(1);
}
