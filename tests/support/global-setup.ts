import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { applyMigrations } from "../../dev/postgres/migrate";
import { startTestPostgres } from "../../dev/postgres/test-cluster";
import { makeTemplate } from "./template";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database that each test file's own is copied from. */
    templateUrl: string;
  }
}

/** One PostgreSQL for the run, with one migrated database to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const server = await startTestPostgres();
  const templateUrl = await makeTemplate(server.url);
  await applyMigrations(templateUrl, root);
  project.provide("templateUrl", templateUrl);
  return () => server.stop();
}
