import { createHash, randomBytes } from "node:crypto";

/** A number of an account, as `IncomingPhoneNumbers` has it. */
export interface TwilioNumber {
  sid: string;
  phoneNumber: string;
  sms: boolean;
  mms: boolean;
  voice: boolean;
  smsUrl: string;
  voiceUrl: string;
  statusCallback: string;
}

export interface TwilioAccountState {
  sid: string;
  token: string;
  name: string;
  status: "active" | "suspended" | "closed";
  numbers: TwilioNumber[];
  shortCodes: { sid: string; shortCode: string; smsUrl: string }[];
  services: { sid: string; name: string; inboundUrl: string; numbers: string[] }[];
}

export interface TwilioMessage {
  sid: string;
  accountSid: string;
  serviceSid: string | null;
  from: string;
  to: string;
  body: string;
  direction: "inbound" | "outbound-api";
  status: string;
  errorCode: number | null;
  media: { sid: string; type: string; name: string; base64: string }[];
  /** Milliseconds since 1970. */
  made: number;
  callback: string | null;
}

/** A shopper's phone: what is wrong with it, and whom it does not want to hear from. */
export interface Phone {
  /** Refused when it is asked for. */
  refuses: number | null;
  /** Told later, as a failed delivery. */
  fails: number | null;
  /** Senders to which it wrote STOP. */
  stopped: string[];
}

export interface TwilioState {
  accounts: TwilioAccountState[];
  messages: TwilioMessage[];
  phones: Record<string, Phone>;
  /** Whether what the app sends is told to be sent and delivered by itself. */
  receipts: "auto" | "manual";
}

/** The accounts of the demo: docs/channels/sms.md names them. */
export const first = (): TwilioState => ({
  accounts: [
    {
      sid: "AC00000000000000000000000000000001",
      token: "northwind-twilio-token",
      name: "Northwind Outfitters",
      status: "active",
      numbers: [number("+15550100100"), number("+4589880100", { mms: false })],
      shortCodes: [{ sid: sidOf("SC", "55501"), shortCode: "55501", smsUrl: "" }],
      services: [
        { sid: sidOf("MG", "northwind"), name: "Northwind service", inboundUrl: "", numbers: ["+15550100100"] },
      ],
    },
    {
      sid: "AC00000000000000000000000000000002",
      token: "lumen-twilio-token",
      name: "Lumen Home",
      status: "active",
      numbers: [number("+15550100200")],
      shortCodes: [],
      services: [],
    },
  ],
  messages: [],
  phones: {},
  receipts: "auto",
});

export function number(phoneNumber: string, can: Partial<TwilioNumber> = {}): TwilioNumber {
  const sid = sidOf("PN", phoneNumber);
  return { sid, phoneNumber, sms: true, mms: true, voice: true, smsUrl: "", voiceUrl: "", statusCallback: "", ...can };
}

/** The same id for the same thing at every start. */
export function sidOf(prefix: string, of: string): string {
  return prefix + createHash("md5").update(of).digest("hex");
}

export const newSid = (prefix: string): string => prefix + randomBytes(16).toString("hex");

/** RFC 2822 in GMT, as the API writes times. */
export const rfc2822 = (at: number): string => new Date(at).toUTCString().replace("GMT", "+0000");
