import { auditRead } from "~/audit/audit-read";
import type { Context, StaffActor } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";

/** All of a mail, as staff open it. */
export interface MailBodyView {
  /** Sanitised when it came in; pictures of other servers wait in `data-blocked-src`. */
  html: string | null;
  /** With what was folded away. */
  fullText: string;
  /** The raw mail, while it is kept. */
  inboundId: string | null;
  /** Pictures inside the HTML, by the cid under which it names them. */
  pictures: { contentId: string; attachmentId: string }[];
}

/**
 * The whole of a mail of a conversation. That it was opened stands in the audit log. Throws NotFound for what is not this
 * shop's or no mail.
 */
export async function mailBody(
  ctx: Context<StaffActor>,
  input: { conversationId: string; messageId: string },
): Promise<MailBodyView> {
  const { conversationId, messageId } = input;
  const message =
    isId(conversationId) && isId(messageId)
      ? await ctx.db.prisma.message.findFirst({
          where: { shopId: ctx.shop.id, id: messageId, conversationId, deletedAt: null },
          select: {
            text: true,
            mailBody: true,
            attachments: {
              where: { contentId: { not: null } },
              select: { id: true, contentId: true, mediaType: true },
            },
          },
        })
      : null;
  if (!message?.mailBody) throw new NotFound("This mail");
  await auditRead(ctx, { action: "mail.read", subjectKind: "conversation", subjectId: conversationId });
  const { html, fullText, inboundId } = message.mailBody;
  const raw = inboundId
    ? await ctx.db.sql.query(`SELECT 1 FROM "inbound" WHERE "shopId" = $1 AND "id" = $2 AND length("body") > 0`, [
        ctx.shop.id,
        inboundId,
      ])
    : null;
  return {
    html,
    fullText,
    inboundId: raw?.rowCount ? inboundId : null,
    pictures: message.attachments.flatMap(({ id, contentId, mediaType }) =>
      contentId && mediaType.startsWith("image/") ? [{ contentId, attachmentId: id }] : [],
    ),
  };
}
