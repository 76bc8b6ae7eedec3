import { randomBytes } from "node:crypto";
import { execute, withDatabase } from "../../dev/postgres/databases";

/** An empty database beside the one in the URL. */
export async function makeTemplate(url: string): Promise<string> {
  const name = `throughline_template_${randomBytes(6).toString("hex")}`;
  await execute(url, `CREATE DATABASE ${name}`);
  return withDatabase(url, name);
}
