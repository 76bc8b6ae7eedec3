import type { ClientBase } from "pg";
import { copyInto } from "~/platform/copy";
import type { Told } from "./catalogue";

/**
 * Tells entries of records that were not known until now, by the ten thousand: written without a look at what is there. Should one of
 * them be there after all it fails as a whole (23505), and the caller tells them in the ordinary way.
 */
export async function tellNew(client: ClientBase, shopId: string, entries: readonly Told[]): Promise<void> {
  await copyInto(
    client,
    "timeline_entry",
    ["shopId", "subjectId", "at", "id", "kind", "ref", "data"],
    entries.map((one) => [shopId, one.subjectId, one.at, one.id, one.kind, one.ref, JSON.stringify(one.data)]),
  );
}
