import type { Account } from "~/channels/channel";
import { bytesOf, remove } from "./voice-request";

/** A recording as WAV, at most `most` bytes. Throws Retryable or Rejected. */
export function recordingOf(account: Account, recordingSid: string, most: number): Promise<Uint8Array> {
  return bytesOf(account, `/Recordings/${encodeURIComponent(recordingSid)}.wav`, most);
}

/** Removes a recording at the provider; harmless when it is gone. */
export function removeRecording(account: Account, recordingSid: string): Promise<void> {
  return remove(account, `/Recordings/${encodeURIComponent(recordingSid)}.json`);
}
