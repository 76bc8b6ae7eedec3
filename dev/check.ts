import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run check`: everything that must hold before a change is shared, as named steps one after another. All of them
 * run, so that one look at the end says what is wrong. With CI set, a test that is skipped is a failure.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const strict = Boolean(process.env.CI);
const colours = process.stdout.isTTY ? "force" : "off";

interface Outcome {
  ok: boolean;
  /** What to say beside the name: why it was skipped, what to do. */
  note?: string;
  /** Tests, for the steps that have them. */
  passed?: number;
  failed?: number;
}

interface Step {
  name: string;
  run(): Promise<Outcome>;
}

const steps: Step[] = [
  { name: "format and lint", run: () => command("biome", "ci", "--error-on-warnings", `--colors=${colours}`, ".") },
  {
    name: "types",
    run: () =>
      all(
        command("tsc", "--noEmit", "-p", "."),
        () => command("tsc", "--noEmit", "-p", "app/widget"),
        () => command("tsc", "--noEmit", "-p", "extensions/customer-timeline"),
      ),
  },
  { name: "dead code", run: () => command("knip", "--no-progress", "--no-config-hints") },
  { name: "generated files", run: generatedFiles },
  { name: "build", run: () => command("remix", "vite:build", "--logLevel", "warn") },
  { name: "tests", run: () => tests("vitest", "run") },
  { name: "machine", run: () => tests("vitest", "run", "--config", "vitest.machine.config.ts") },
  { name: "journeys", run: journeys },
];

async function command(program: string, ...words: string[]): Promise<Outcome> {
  const code = await new Promise<number>((resolve, reject) => {
    const path = `${join(root, "node_modules", ".bin")}:${process.env.PATH ?? ""}`;
    const child = spawn(program, words, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, PATH: path, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    });
    child.on("error", reject);
    child.on("close", (status, signal) => resolve(signal ? 1 : (status ?? 1)));
  });
  return { ok: code === 0 };
}

/** One after another, each only when the one before went well. */
async function all(first: Promise<Outcome>, ...rest: (() => Promise<Outcome>)[]): Promise<Outcome> {
  let outcome = await first;
  for (const next of rest) if (outcome.ok) outcome = await next();
  return outcome;
}

/** What is made from something else and committed is as fresh as making it anew. */
async function generatedFiles(): Promise<Outcome> {
  const made = ["app/shopify/queries/generated.ts", "extensions/storefront-chat/assets"];
  const before = made.map(digest);
  const outcome = await all(
    command("prisma", "generate"),
    () => command("tsx", "dev/codegen.ts"),
    () => command("vite", "build", "-c", "vite.widget.config.ts", "--logLevel", "warn"),
  );
  if (!outcome.ok) return outcome;
  const stale = made.filter((path, index) => digest(path) !== before[index]);
  if (stale.length === 0) return outcome;
  return {
    ok: false,
    note: `${stale.join(" and ")} was not up to date and is now made anew: look at it and commit it`,
  };
}

/** Of a file, or of all files below a folder with their names. */
function digest(path: string): string {
  const hash = createHash("sha256");
  const at = join(root, path);
  const files = path.endsWith(".ts")
    ? [at]
    : readdirSync(at)
        .sort()
        .map((name) => join(at, name));
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest("hex");
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numFailedTestSuites: number;
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

async function tests(...words: string[]): Promise<Outcome> {
  const file = join(tmpdir(), `throughline-check-${process.pid}.json`);
  const [program = "", ...rest] = words;
  const ran = await command(program, ...rest, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`);
  if (!existsSync(file)) return { ok: false, note: "ended without a report", failed: 1 };
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport;
  rmSync(file);
  const skipped = report.testResults.flatMap((one) =>
    one.assertionResults.filter(({ status }) => status === "skipped" || status === "pending"),
  );
  const { numPassedTests: passed, numFailedTests } = report;
  // A file that cannot even be loaded has no test that could fail.
  const failed = Math.max(numFailedTests, ran.ok ? 0 : 1);
  if (skipped.length === 0) return { ok: ran.ok, passed, failed };
  for (const one of skipped) console.log(`  skipped: ${one.fullName}`);
  const note = `${skipped.length} skipped`;
  if (!strict) return { ok: ran.ok, passed, failed, note };
  return { ok: false, passed, failed: failed + skipped.length, note: `${note}, which counts as failed here` };
}

async function journeys(): Promise<Outcome> {
  if (!existsSync(join(root, "vitest.journeys.config.ts"))) return { ok: !strict, note: "skipped: there are none yet" };
  const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(chromium)) {
    return { ok: !strict, note: `skipped: there is no Chromium at ${chromium} (set CHROMIUM to its path)` };
  }
  return tests("vitest", "run", "--config", "vitest.journeys.config.ts");
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `There is no step "${unknown.join('", "')}". There are: ${steps.map((step) => step.name).join(", ")}.`,
    );
    process.exit(1);
  }
  const table: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const step of steps.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
    console.log(`\n── ${step.name}`);
    const started = performance.now();
    const outcome = await step.run().catch((error: Error): Outcome => ({ ok: false, note: error.message }));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    passed += outcome.passed ?? 0;
    failed += outcome.failed ?? 0;
    // A step without tests that fails is one failure, so that the sum at the end is never "0 failed" by mistake.
    if (!outcome.ok && !outcome.failed) failed += 1;
    const counted = outcome.passed === undefined ? "" : `${outcome.passed} passed`;
    const words = [counted, outcome.note].filter(Boolean).join(", ");
    table.push(`${outcome.ok ? "ok    " : "FAILED"} ${step.name.padEnd(16)} ${seconds.padStart(7)} s  ${words}`);
  }
  console.log(`\n${table.join("\n")}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

await main();
