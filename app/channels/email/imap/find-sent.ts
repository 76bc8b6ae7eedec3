import type { Account, Part, Sent } from "../../channel";
import { senderAddress } from "../out/compose";
import { settingsOf } from "../settings";
import { messageIdOf } from "../thread/message-id";
import { openMailbox } from "./open";

/**
 * Whether a mail lies in the mailbox's folder of sent mail, by its Message-ID. Servers put there what they took from us;
 * where it is not, nobody can say: not all of them do, and some do it late.
 */
export async function findSent(part: Part, account: Account, _since: Date): Promise<Sent | "not-sent" | "unknown"> {
  const settings = settingsOf(account);
  if (settings.incoming !== "imap" || settings.outgoing !== "own") return "unknown";
  const from = senderAddress(settings, account);
  const domain = from.slice(from.lastIndexOf("@") + 1).toLowerCase();
  const externalId = messageIdOf({ messageId: part.outbound.messageId, part: part.index }, domain);
  const client = await openMailbox(settings, account.credentials["imapPassword"] ?? "").catch(() => null);
  if (!client) return "unknown";
  try {
    const folder = (await client.list()).find((one) => one.specialUse === "\\Sent");
    if (!folder) return "unknown";
    const lock = await client.getMailboxLock(folder.path);
    try {
      const found = await client.search({ header: { "message-id": `<${externalId}>` } }, { uid: true });
      return found && found.length > 0 ? { externalId, state: "sent" } : "unknown";
    } finally {
      lock.release();
    }
  } catch {
    return "unknown";
  } finally {
    await client.logout().catch(() => client.close());
  }
}
