/** One element of a TwiML document, already escaped. https://www.twilio.com/docs/voice/twiml */
export type Verb = string;

type Attributes = Record<string, string | number | boolean | null | undefined>;

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

// What XML 1.0 has no place for (https://www.w3.org/TR/xml/#charsets): one of these makes the whole document unreadable.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(unwritable, "")
    .replace(/[&<>"']/g, (one) => entities[one] as string);
}

function element(name: string, attributes: Attributes, content: string): Verb {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** The whole answer to the provider. */
export function document(...verbs: Verb[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join("")}</Response>`;
}

/** @param language BCP 47 */
export const say = (text: string, language: string): Verb => element("Say", { language }, escaped(text));

export const pause = (seconds: number): Verb => element("Pause", { length: seconds }, "");

export const hangUp = (): Verb => element("Hangup", {}, "");

/** Takes a caller out of the queue they wait in; only in an answer to a queue's `waitUrl`. */
export const leave = (): Verb => element("Leave", {}, "");

export const redirect = (url: string): Verb => element("Redirect", { method: "POST" }, escaped(url));

/** Waits for one key while `prompts` are said; nothing pressed goes on with the next verb. */
export const gatherKey = (action: string, seconds: number, ...prompts: Verb[]): Verb =>
  element("Gather", { input: "dtmf", numDigits: 1, timeout: seconds, action, method: "POST" }, prompts.join(""));

export const enqueue = (queue: string, waitUrl: string, action: string): Verb =>
  element("Enqueue", { waitUrl, waitUrlMethod: "POST", action, method: "POST" }, escaped(queue));

/** Takes a message. The provider writes down what was said, as far as it can, in English. */
export const takeMessage = (urls: { action: string; recording: string; transcription: string }): Verb =>
  element(
    "Record",
    {
      action: urls.action,
      method: "POST",
      maxLength: 180,
      timeout: 8,
      finishOnKey: "#",
      playBeep: true,
      transcribe: true,
      transcribeCallback: urls.transcription,
      recordingStatusCallback: urls.recording,
      recordingStatusCallbackEvent: "completed",
    },
    "",
  );

export interface Room {
  name: string;
  /** Where the provider says what happens in the room. */
  status: string;
  /** Where it says that the recording is ready; null: nothing is recorded. */
  recording: string | null;
  /** Whether the room ends when this one leaves. */
  endsWithThem: boolean;
}

/** Joins the two who talk. Hold and handing over need a room: a plain `<Dial>` knows neither. */
export const joinRoom = (room: Room, action: string): Verb =>
  element(
    "Dial",
    { action, method: "POST" },
    element(
      "Conference",
      {
        beep: false,
        startConferenceOnEnter: true,
        endConferenceOnExit: room.endsWithThem,
        statusCallback: room.status,
        statusCallbackEvent: "start end join leave",
        ...(room.recording
          ? {
              record: "record-from-start",
              recordingStatusCallback: room.recording,
              recordingStatusCallbackEvent: "completed",
            }
          : {}),
      },
      escaped(room.name),
    ),
  );
