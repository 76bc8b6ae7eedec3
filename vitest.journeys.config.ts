import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

export const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

const found = existsSync(chromium);
if (!found) {
  const said = `The journeys were skipped: there is no Chromium at ${chromium} (set CHROMIUM to its path).`;
  if (process.env.CI) throw new Error(said);
  process.stdout.write(`${said}\n`);
}

/** Real browsers against the real demo: `npm run test:journeys`. */
export default defineConfig({
  test: {
    include: found ? ["tests/journeys/**/*.test.ts"] : [],
    passWithNoTests: !found,
    globalSetup: ["tests/journeys/support/demo.ts"],
    pool: "forks",
    poolOptions: { forks: { singleFork: true } },
    fileParallelism: false,
    // A second try for a machine that is busy with something else; vitest says when one was needed.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
