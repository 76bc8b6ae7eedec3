import type { Database } from "~/db.server";
import { removeBytes } from "./store/store";

/** How long a file waits for the message that names it. */
const dayMilliseconds = 86_400_000;

/** Removes files that no message named within a day, and the bytes of rows that are gone. Returns how many rows went. */
export async function removeUnsentAttachments(db: Database, now: Date): Promise<number> {
  const { count } = await db.prisma.attachment.deleteMany({
    where: { messageId: null, at: { lt: new Date(now.getTime() - dayMilliseconds) } },
  });
  await removeBytes(db, now);
  return count;
}
