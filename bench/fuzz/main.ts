import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { mailTarget } from "./mail";
import { metaTarget } from "./meta";
import { mutateBytes } from "./mutate";
import { chanceOf, type FuzzTarget, type Seed } from "./target";
import { twilioTarget } from "./twilio";
import { xTarget } from "./x";

/** Every target by the word that names it; `target.ts` says what one is. */
const targets: Readonly<Record<string, FuzzTarget>> = {
  mail: mailTarget,
  meta: metaTarget,
  twilio: twilioTarget,
  x: xTarget,
};

export interface Outcome {
  runs: number;
  failures: string[];
  slowestMilliseconds: number;
  runsPerSecond: number;
}

/** Runs every seed as it stands and then `runs` broken ones. `only` repeats one run by its number. */
export async function fuzz(
  target: FuzzTarget,
  options: { runs: number; seed: number; only?: number },
): Promise<Outcome> {
  const seeds = await target.seeds();
  const outcome: Outcome = { runs: 0, failures: [], slowestMilliseconds: 0, runsPerSecond: 0 };
  const began = performance.now();
  const total = seeds.length + options.runs;
  for (let number = options.only ?? 0; number < total && outcome.failures.length < 20; number += 1) {
    const [name, input] = inputOf(target, seeds, options.seed, number);
    await runOne(target, `run ${number} (${name})`, input, outcome);
    outcome.runs += 1;
    if (options.only !== undefined) break;
  }
  outcome.runsPerSecond = Math.round((outcome.runs * 1000) / (performance.now() - began));
  return outcome;
}

function inputOf(target: FuzzTarget, seeds: readonly Seed[], seed: number, number: number): [string, Buffer] {
  const whole = seeds[number];
  if (whole) return [whole.name, whole.bytes];
  const chance = chanceOf(seed * 1_000_003 + number);
  const from = chance.pick(seeds);
  const mutate = target.mutate ?? mutateBytes;
  return [from.name, mutate(from.bytes, chance, seeds)];
}

async function runOne(target: FuzzTarget, label: string, input: Buffer, outcome: Outcome): Promise<void> {
  const before = hashOf(input);
  const began = process.cpuUsage();
  try {
    for (const words of await Promise.race([target.run(input), neverEnding()]))
      outcome.failures.push(`${label}: ${words}`);
  } catch (error) {
    if (!target.isExpected?.(error))
      outcome.failures.push(`${label}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  // Time of the processor rather than of the clock: on a busy machine everything takes over a second now and then.
  const used = process.cpuUsage(began);
  const took = Math.round((used.user + used.system) / 1_000);
  outcome.slowestMilliseconds = Math.max(outcome.slowestMilliseconds, took);
  if (took > (target.longestMilliseconds ?? 1_000)) outcome.failures.push(`${label}: took ${took} ms.`);
  if (hashOf(input) !== before) outcome.failures.push(`${label}: the raw was changed.`);
}

async function neverEnding(): Promise<string[]> {
  await sleep(60_000, undefined, { ref: false });
  return ["It did not end."];
}

function hashOf(bytes: Buffer): string {
  return createHash("sha1").update(bytes).digest("hex");
}

/** The program: prints what failed and ends with 1 when anything did. */
export async function main(words: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { runs: { type: "string" }, seed: { type: "string" }, only: { type: "string" } },
  });
  const name = positionals[0] ?? "";
  const target = targets[name];
  if (!target) {
    console.error(`There is no target "${name}". There are: ${Object.keys(targets).join(", ")}.`);
    return 1;
  }
  const seed = Number(values.seed ?? 1);
  const outcome = await fuzz(target, {
    runs: Number(values.runs ?? 2_000),
    seed,
    only: values.only === undefined ? undefined : Number(values.only),
  });
  for (const failure of outcome.failures) console.error(failure);
  const { failures, ...figures } = outcome;
  console.log(JSON.stringify({ fuzz: name, seed, ...figures, failures: failures.length }));
  return failures.length === 0 ? 0 : 1;
}
