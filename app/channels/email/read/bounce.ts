import type { InboundReceipt } from "../../channel";
import type { Automatic } from "../automatic/automatic-kind";
import type { ReadMail } from "../parse/mail";
import type { Plus } from "../thread/addresses";
import { type OwnMail, ownMail } from "../thread/message-id";

/**
 * What a mail server or program says became of a mail of ours. By the address that it came back to first, because every
 * server keeps that; then by the mail that came back with it. Null when it names none of ours: somebody forged our
 * address, or it is about mail sent elsewhere, and staff see it as any other mail.
 */
export function receiptOf(
  mail: ReadMail,
  automatic: Automatic,
  plus: readonly Plus[],
  at: Date,
): InboundReceipt | null {
  const told = plus.find((one) => one.kind === "bounce");
  const own = told ?? original(mail, automatic);
  if (!own) return null;
  const deliveryKey = `${own.messageId}:${own.part}`;
  const receipt = { type: "receipt" as const, externalId: named(mail, automatic) ?? deliveryKey, at, deliveryKey };
  const { bounce } = automatic;
  // It is still being tried: nothing failed.
  if (bounce && !bounce.givenUp) return { ...receipt, state: "sent" };
  if (bounce) return { ...receipt, state: "failed", failure: { code: bounce.status, words: bounce.words } };
  return { ...receipt, state: /displayed/i.test(mail.report?.status ?? "") ? "read" : "delivered" };
}

/** Ids in what came back, in the headers that name it, or, of servers that write no report, in the text. */
function original(mail: ReadMail, automatic: Automatic): OwnMail | null {
  const ids = [
    named(mail, automatic) ?? "",
    ...mail.attachedMails.map(({ messageId }) => messageId ?? ""),
    ...mail.inReplyTo,
    ...mail.references.toReversed(),
  ];
  for (const id of ids) {
    const own = ownMail(id);
    if (own) return own;
  }
  return null;
}

function named(mail: ReadMail, { bounce }: Automatic): string | null {
  return bounce?.originalMessageId || mail.report?.originalMessageId || null;
}
