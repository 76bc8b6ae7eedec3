import type { TwilioAccountState } from "./state";

/** What somebody on the line hears and is waited for. */
export type Waiting =
  | { kind: "nothing" }
  | { kind: "pause" }
  | { kind: "key" }
  | { kind: "message" }
  | { kind: "room"; name: string }
  | { kind: "ringing" };

export interface VoiceCall {
  sid: string;
  account: TwilioAccountState;
  from: string;
  to: string;
  direction: "inbound" | "outbound-api";
  /** https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
  status: string;
  /** Of a call that the app makes: what it asks once somebody answers. */
  url: string;
  callback: string;
  events: string[];
  verstat: string | null;
  /** All that was said to them, the last at the end. */
  heard: string[];
  waiting: Waiting;
  /** In which queue, and since when. */
  queue: { name: string; since: number; action: string } | null;
  /** Raised by whatever makes them go on elsewhere: what was under way for the older number stops. */
  turn: number;
  /** Goes on from what is waited for. */
  go: ((given: Given) => void) | null;
}

export type Given = { key: string } | { silence: true } | { spoke: { text: string; seconds: number } } | { gone: true };

export interface Participant {
  call: VoiceCall;
  hold: boolean;
  endsRoom: boolean;
}

export interface Room {
  sid: string;
  name: string;
  account: TwilioAccountState;
  participants: Participant[];
  recording: { callback: string } | null;
  since: number;
}

export interface Recording {
  sid: string;
  account: TwilioAccountState;
  callSid: string;
  seconds: number;
  deleted: boolean;
}

/** A second of a quiet tone as WAV: 8 kHz, one channel, 8 bits, as a telephone sounds. */
export function wavOf(seconds: number): Uint8Array {
  const rate = 8_000;
  const length = Math.max(1, Math.round(seconds * rate));
  const bytes = Buffer.alloc(44 + length);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + length, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(length, 40);
  for (let at = 0; at < length; at += 1)
    bytes[44 + at] = 128 + Math.round(8 * Math.sin((at * 2 * Math.PI * 220) / rate));
  return bytes;
}
