import type { Readable } from "node:stream";
import type { Account, Part, Sent } from "../../channel";
import { Rejected, Unclear } from "../../channel";
import { compose } from "./compose";
import { failureOf } from "./failure";
import { transportOf, type WatchedMail } from "./transports";

/** Hands a mail to the server. Throws Retryable, Rejected or Unclear. */
export async function sendPart(part: Part, account: Account, now = new Date()): Promise<Sent> {
  const { envelope, raw, messageId } = await compose(part, account, now);
  const transport = await transportOf(account).catch((error: unknown) => {
    throw failureOf(error);
  });
  let stream: Readable | undefined;
  const watch = (made: Readable) => {
    stream = made;
  };
  try {
    const { accepted, rejected } = await transport.sendMail({ envelope, raw, watch } as WatchedMail);
    return outcome(part, messageId, [accepted].flat().map(String), [rejected].flat().map(String));
  } catch (error) {
    if (error instanceof Rejected) throw error;
    const said = (error as { responseCode?: number }).responseCode !== undefined;
    // All of it was handed over and no word came back: it may be on its way.
    if (!said && stream?.readableEnded) throw new Unclear(lineBroke);
    throw failureOf(error);
  }
}

function outcome(part: Part, messageId: string, accepted: string[], rejected: string[]): Sent {
  const same = (one: string) => one.toLowerCase() === part.outbound.address.toLowerCase();
  if (!accepted.some(same) && rejected.some(same)) {
    const words = `The mail server took this for the people copied in only, and not for ${part.outbound.address}.`;
    throw new Rejected({ code: "refused-recipient", words: `${words} Check the address, then write again.` });
  }
  const note = rejected.length > 0 ? { note: `Not taken for ${rejected.join(", ")}` } : {};
  return { externalId: messageId, state: "sent", ...note };
}

const lineBroke = {
  code: "line-broke",
  words: "The mail server did not say whether it took this. Ask the customer, or send it again.",
};
