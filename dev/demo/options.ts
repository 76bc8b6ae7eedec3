import { parseArgs } from "node:util";

export interface DemoOptions {
  port: number;
  reset: boolean;
  help: boolean;
  /** The folder that keeps everything; relative to the repository. */
  data: string;
}

export const FIRST_PORT = 4400;
/** Admin, two storefronts, app, mail's page, SMTP, database, the channels' providers, the app's SMTP for mail coming in, DNS. */
export const PORTS_NEEDED = 10;

export const HELP = `npm run demo -- [--port N] [--data FOLDER] [--reset] [--help]

Starts Throughline with a local Shopify, two storefronts, a mail catcher, stand-ins for Meta, Twilio and X
and a PostgreSQL of its own, and prints READY with their addresses. Data is kept in .data/ and survives a restart.

  --port N   the first of ${PORTS_NEEDED} ports (default ${FIRST_PORT})
  --data F   the folder that keeps the data (default .data)
  --reset    delete the data first and start over
  --help     this text

DATABASE_URL, when set, names a PostgreSQL to use instead of the embedded one; REDIS_URL a Redis for fan-out.
Ctrl-C stops everything.
`;

/** Arguments that cannot be understood; the message is one sentence. */
export class UnusableArguments extends Error {}

/** Reads the command line. @throws UnusableArguments */
export function readOptions(argv: string[]): DemoOptions {
  const { values } = parse(argv);
  const port = values.port === undefined ? FIRST_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65535 - PORTS_NEEDED) {
    throw new UnusableArguments(
      `--port takes a whole number from 1024 to ${65535 - PORTS_NEEDED}, not "${values.port}".`,
    );
  }
  return { port, reset: values.reset ?? false, help: values.help ?? false, data: values.data ?? ".data" };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        port: { type: "string" },
        data: { type: "string" },
        reset: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
      allowPositionals: false,
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(". ");
    throw new UnusableArguments(`${sentence?.replace(/\.?$/, ".")} See npm run demo -- --help.`);
  }
}
