import { type Account, type Part, type Sent, Unclear } from "../../channel";
import { graph } from "./graph";
import { text } from "./json";
import { hostOf, messagingOf, tokenOf } from "./login";
import { waysOut } from "./window";

/**
 * Sends one part by the Send API, which Messenger and Instagram share. Throws Retryable, Rejected or Unclear.
 * https://developers.facebook.com/docs/messenger-platform/reference/send-api
 */
export async function sendMessaging(part: Part, account: Account): Promise<Sent> {
  const { outbound } = part;
  const { humanAgent, login } = messagingOf(account);
  const way = waysOut(outbound.lastInAt, humanAgent, new Date());
  const answer = await graph({
    token: tokenOf(account),
    host: hostOf(account),
    path: "me/messages",
    sends: true,
    json: {
      recipient: { id: outbound.address },
      // Without a known last message Meta itself decides whether the time is over.
      ...(way === "human-agent"
        ? { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" }
        : { messaging_type: "RESPONSE" }),
      message: {
        ...bodyOf(part),
        // Comes back with the echo. Instagram does not document it.
        ...(account.kind === "messenger" ? { metadata: part.key } : {}),
      },
      ...(outbound.replyTo && part.index === 0 && login === "facebook" ? { reply_to: { mid: outbound.replyTo } } : {}),
    },
  });
  const externalId = text(answer.message_id);
  if (!externalId) throw new Unclear({ code: "no-id", words: "Meta took this without saying what became of it." });
  return { externalId, state: "sent" };
}

function bodyOf({ text: words, file }: Part): object {
  if (!file) return { text: words };
  return { attachment: { type: typeOf(file.mediaType), payload: { url: file.link, is_reusable: false } } };
}

function typeOf(mediaType: string): string {
  const family = mediaType.split("/", 1)[0] ?? "";
  return ["image", "video", "audio"].includes(family) ? family : "file";
}

/** Shows that somebody writes, or that what they wrote was seen. */
export async function senderAction(
  action: "typing_on" | "mark_seen",
  address: string,
  account: Account,
): Promise<void> {
  const json = { recipient: { id: address }, sender_action: action };
  await graph({ token: tokenOf(account), host: hostOf(account), path: "me/messages", json, within: 5_000 });
}
