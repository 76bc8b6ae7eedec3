import type { Database } from "~/db.server";

const keptMilliseconds = 24 * 60 * 60_000;

/** Removes what was uploaded more than a day before `now` and never sent in a message, in every shop. */
export async function removeUnsentAttachments(db: Database, now: Date): Promise<void> {
  await db.prisma.attachment.deleteMany({
    where: { messageId: null, at: { lt: new Date(now.getTime() - keptMilliseconds) } },
  });
}
