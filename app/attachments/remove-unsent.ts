import type { Database } from "~/db.server";

/** How long a file waits for the message that names it. */
const dayMilliseconds = 86_400_000;

/** Removes files that no message named within a day. Returns how many went. */
export async function removeUnsentAttachments(db: Database, now: Date): Promise<number> {
  const { count } = await db.prisma.attachment.deleteMany({
    where: { messageId: null, at: { lt: new Date(now.getTime() - dayMilliseconds) } },
  });
  return count;
}
