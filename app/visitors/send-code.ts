import type { AppContext } from "~/context";
import { MailNotSetUp, MailRejected, sendMail } from "~/mail/send";
import { log } from "~/platform/log";
import { codeOf } from "./code";
import { codeLanguage, codeMail } from "./code-texts";

/** Sends the mail of a code that was asked for. One that is over, used or sent is passed over; trouble is tried again. */
export async function sendCode(app: AppContext, input: { shopId: string; codeId: string }): Promise<void> {
  const { shopId, codeId: id } = input;
  const where = { shopId_id: { shopId, id } };
  const row = await app.db.prisma.emailCode.findUnique({ where });
  const now = app.clock.now();
  if (!row || row.sentAt || row.usedAt || row.expiresAt <= now) return;
  const shop = await app.db.prisma.shop.findUnique({ where: { id: shopId }, select: { name: true } });
  if (!shop) return;
  const language = codeLanguage(row.locale);
  const mail = codeMail({ language, shop: shop.name, code: codeOf(row) });
  try {
    await sendMail({ to: row.address, fromName: shop.name, language, ...mail });
  } catch (error) {
    // There is no such mailbox, or no server any more: trying again would change nothing.
    if (!(error instanceof MailRejected || error instanceof MailNotSetUp)) throw error;
    log.warn({ shop: shopId, kind: error.name }, "a code could not be mailed");
    return;
  }
  await app.db.prisma.emailCode.updateMany({ where: { shopId, id }, data: { sentAt: now } });
}

/** Codes that were over a day ago, with the addresses in them, go. */
export async function forgetCodes(app: AppContext): Promise<void> {
  const before = new Date(app.clock.now().getTime() - 86_400_000);
  await app.db.prisma.emailCode.deleteMany({ where: { createdAt: { lt: before } } });
}
