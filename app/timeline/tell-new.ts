import type { ClientBase } from "pg";
import { copyInto } from "~/platform/copy";
import type { Told } from "./catalogue";
import { tell } from "./tell";

/**
 * Tells entries of records that were not known until now, by the ten thousand: written without a look at what is there. Should one of
 * them be there after all, they are told in the ordinary way.
 */
export async function tellNew(client: ClientBase, shopId: string, entries: readonly Told[]): Promise<void> {
  if (entries.length === 0) return;
  await client.query("SAVEPOINT tell_new");
  try {
    await copyInto(
      client,
      "timeline_entry",
      ["shopId", "subjectId", "at", "id", "kind", "ref", "data"],
      entries.map((one) => [shopId, one.subjectId, one.at, one.id, one.kind, one.ref, JSON.stringify(one.data)]),
    );
    await client.query("RELEASE tell_new");
  } catch (error) {
    // 23505: unique_violation
    if ((error as { code?: string }).code !== "23505") throw error;
    await client.query("ROLLBACK TO tell_new");
    await tell(client, shopId, entries);
  }
}
