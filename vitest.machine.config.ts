import { defineConfig } from "vitest/config";
import base from "./vitest.config";

/** What starts and kills whole programs, fills disks and takes ports: `npm run test:machine`. One file at a time. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["tests/machine/**/*.test.ts", "tests/dev/demo/**/*.test.ts", "tests/dev/postgres/**/*.test.ts"],
    exclude: [],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
