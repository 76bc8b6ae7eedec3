import { verifyAll } from "./audit/verify";
import { type Database, openDatabase } from "./db.server";
import { env, keyRing } from "./env.server";
import { isGenuine } from "./privacy/receipt";
import { allReceipts } from "./privacy/receipts";
import { rotateKeys } from "./shopify/rotate-keys";

/** What a command may do: say a line, and be stopped. */
export interface Terminal {
  say(line: string): void;
  signal: AbortSignal;
}

/** The commands of `node build/server/index.js <command>`. Each gives the exit code. */
const commands = {
  "audit:verify": verifyAudit,
  "keys:rotate": rotate,
  "receipts:verify": verifyReceipts,
} as const;

export type Command = keyof typeof commands;

export function isCommand(word: string | undefined): word is Command {
  return word !== undefined && Object.hasOwn(commands, word);
}

/** Runs one command of the program to its end, with a database of its own; gives the exit code. */
export async function runCommand(command: Command): Promise<number> {
  const db = openDatabase(env().DATABASE_URL, 4);
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.on("SIGINT", abort);
  process.on("SIGTERM", abort);
  try {
    return await commands[command](db, { say: (line) => process.stdout.write(`${line}\n`), signal: stop.signal });
  } finally {
    process.off("SIGINT", abort);
    process.off("SIGTERM", abort);
    await db.close();
  }
}

/** Walks every shop's audit chain; 1 when one is broken, 130 when stopped. */
export async function verifyAudit(db: Database, { say, signal }: Terminal): Promise<number> {
  let broken = 0;
  let shops = 0;
  for await (const verdict of verifyAll(db.locks)) {
    shops += 1;
    if (verdict.whole) say(`shop ${verdict.shopId}: whole, ${verdict.seq} entries, last hash ${verdict.hash}`);
    else {
      broken += 1;
      say(`shop ${verdict.shopId}: BROKEN at entry ${verdict.seq}: ${verdict.reason}`);
    }
    if (signal.aborted) {
      say("Stopped before the end.");
      return 130;
    }
  }
  say(broken ? `${broken} of ${shops} chains are broken.` : `All ${shops} chains are whole.`);
  return broken ? 1 : 0;
}

/** Checks the signature of every erasure's receipt; 1 when one is not genuine. */
export async function verifyReceipts(db: Database, { say }: Terminal): Promise<number> {
  let wrong = 0;
  let count = 0;
  for await (const { id, at, signed } of allReceipts(db)) {
    count += 1;
    if (isGenuine(signed)) continue;
    wrong += 1;
    say(`receipt ${id} of ${at.toISOString()}: NOT GENUINE, or signed with a key that ENCRYPTION_KEYS no longer has`);
  }
  say(wrong ? `${wrong} of ${count} receipts are not genuine.` : `All ${count} receipts are genuine.`);
  return wrong ? 1 : 0;
}

/** Seals everything with the current key; 1 when something could not be opened, 130 when stopped. */
export async function rotate(db: Database, { say, signal }: Terminal): Promise<number> {
  const ring = keyRing();
  say(`Sealing with the key "${ring.current}"…`);
  const { sealed, failed, reason, stopped } = await rotateKeys(db.sql, ring, signal, (count) => say(`${count} sealed`));
  if (stopped) {
    say(`Stopped after ${sealed}. Run it again for the rest.`);
    return 130;
  }
  say(`Done: ${sealed} sealed now, ${failed} cannot be opened${reason ? `: ${reason}` : ""}.`);
  if (failed === 0)
    say(`No credential needs any other key now. docs/security.md says when one may leave ENCRYPTION_KEYS.`);
  return failed ? 1 : 0;
}
