import { channelName } from "~/channels/kinds";
import { segmentsOf } from "~/channels/sms/segments";
import type { Carries } from "~/inbox/channel-abilities";
import { bytes } from "../thread/bytes";

/** Characters of a reply in the chat, and the least that may be written anywhere. */
export const chatLimit = 5_000;

export interface Count {
  words: string;
  /** More than goes in one message. */
  over: boolean;
}

/** Instagram counts bytes: https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message */
const instagramBytes = 1_000;

/**
 * How long a text is for its channel; null while that is of no interest: below three quarters of what fits, but for SMS,
 * which is paid for by the segment.
 */
export function countOf(text: string, channel: string, textLimit: number): Count | null {
  if (text === "") return null;
  if (channel === "sms") return smsCount(text);
  const [used, most, unit] =
    channel === "instagram"
      ? [new TextEncoder().encode(text).length, instagramBytes, "bytes"]
      : [text.length, textLimit, "characters"];
  if (used <= most * 0.75) return null;
  const words = `${used.toLocaleString("en")} of ${most.toLocaleString("en")} ${unit}`;
  if (used <= most) return { words, over: false };
  const parts = Math.ceil(used / most);
  return {
    words: channel === "chat" || channel === "email" ? words : `${words}: goes as ${parts} messages`,
    over: true,
  };
}

function smsCount(text: string): Count {
  const { segments, encoding, left } = segmentsOf(text);
  const many = segments === 1 ? "1 segment" : `${segments} segments`;
  const why = encoding === "UCS-2" ? ", because of a letter that SMS has no short form for" : "";
  return { words: `${many}${why} · ${left} left`, over: false };
}

/** The most that may be written: the server cuts what is longer than one message into several. */
export function longest(channel: string, carries: Carries | undefined): number {
  return channel === "chat" ? chatLimit : Math.max(chatLimit, carries?.textLimit ?? 0);
}

/** Why a channel does not take a file; null when it does. */
export function fileProblem(
  file: { mediaType: string; size: number },
  channel: string,
  carries: Carries | undefined,
): string | null {
  if (!carries) return null;
  const name = channelName(channel);
  const most =
    carries.files[file.mediaType] ?? carries.files[`${file.mediaType.split("/")[0]}/*`] ?? carries.files["*/*"];
  if (most === undefined) {
    return Object.keys(carries.files).length === 0
      ? `${name} takes no files`
      : `${name} does not take this kind of file`;
  }
  return file.size > most ? `${name} takes at most ${bytes(most)}` : null;
}
