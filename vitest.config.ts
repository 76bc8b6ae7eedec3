import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("app", import.meta.url)) } },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    // These have scripts of their own: `npm run test:journeys`, `npm run test:machine`.
    exclude: ["tests/journeys/**", "tests/machine/**", "tests/dev/demo/**", "tests/dev/postgres/**"],
    globalSetup: ["tests/support/global-setup.ts"],
    env: { NODE_ENV: "test" },
    // Shopify's tester and its components meet only when both go through Vite.
    server: { deps: { inline: [/@shopify\/ui-extensions/] } },
    pool: "forks",
    poolOptions: { forks: { maxForks: 2 } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
