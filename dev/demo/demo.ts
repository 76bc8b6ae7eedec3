import { StartFailure } from "../postgres/failure";
import { Closing } from "./closing";
import { launchers, watchLaunchers } from "./launcher";
import { type DemoOptions, HELP, readOptions, UnusableArguments } from "./options";
import { Progress } from "./progress";
import { runDemo } from "./run";

/**
 * `npm run demo`: everything in one command, until Ctrl-C or a signal. Ends the process with code 0 then, and with
 * code 1 after one sentence when something stands in the way.
 *
 * @param root the repository's folder.
 */
export async function demo(root: string, argv: string[]): Promise<void> {
  try {
    await startAndStay(root, readOptions(argv));
  } catch (error) {
    process.stderr.write(`${error instanceof UnusableArguments ? error.message : sentenceOf(error)}\n`);
    process.exit(1);
  }
}

async function startAndStay(root: string, options: DemoOptions): Promise<void> {
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const closing = new Closing();
  const progress = new Progress();
  stopOnSignals(closing, progress);
  surviveFaults(closing);
  try {
    const { addresses, broken } = await runDemo(root, options, closing, progress);
    if (closing.isClosing) return;
    process.stdout.write(`\nOpen ${addresses.throughline} as staff and ${addresses.storefront} as a shopper.\n`);
    process.stdout.write(`READY ${JSON.stringify(addresses)}\n`);
    const sentence = await broken;
    if (closing.isClosing) return;
    await fail(sentence, closing);
  } catch (error) {
    // A part that fails because the others are being stopped is not news.
    if (closing.isClosing) return;
    await fail(sentenceOf(error), closing);
  }
}

function stopOnSignals(closing: Closing, progress: Progress): void {
  let first = 0;
  const stop = async (): Promise<void> => {
    const now = performance.now();
    if (first !== 0) {
      // One Ctrl-C can arrive twice, from the terminal and from npm; a second one means it.
      if (now - first > 1500) process.exit(1);
      return;
    }
    first = now;
    progress.say("Stopping …");
    await closing.close();
    progress.say("Stopped.");
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());
  watchLaunchers(launchers(), () => void stop());
}

/** A fault in one request to a stand-in is written down and does not take the rest along; anything worse ends in order. */
function surviveFaults(closing: Closing): void {
  process.on("unhandledRejection", (reason) => {
    process.stderr.write(
      `A part of the local Shopify failed: ${reason instanceof Error ? reason.stack : String(reason)}\n`,
    );
  });
  process.on("uncaughtException", (error) => void fail(`The demo broke: ${error.stack ?? error.message}`, closing));
}

async function fail(sentence: string, closing: Closing): Promise<void> {
  process.stderr.write(`${sentence}\n`);
  await closing.close();
  process.exit(1);
}

function sentenceOf(error: unknown): string {
  if (error instanceof StartFailure) return error.sentence;
  const { code, message, path } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC") return "The disk is full: free some space and start again.";
  if (code === "EACCES" || code === "EPERM")
    return `${path ?? "A file"} may not be read or written by this user: start as its owner.`;
  return `The demo could not start: ${message}`;
}
