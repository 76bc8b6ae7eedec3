import { Rejected, Retryable, Unclear } from "../../channel";
import { PrivateHost } from "../hosts";

interface ServerError {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

/**
 * What a mail server's refusal means (RFC 5321 section 4.2.1, RFC 3463): 4yz may go better later, 5yz will not. Nothing
 * was sent in either case.
 */
export function failureOf(error: unknown): Retryable | Rejected | Unclear {
  if (error instanceof Retryable || error instanceof Rejected || error instanceof Unclear) return error;
  if (error instanceof PrivateHost) {
    return new Rejected({
      code: "private-host",
      words: `The mail server's name leads nowhere public. ${settings}`,
      isOf: "account",
    });
  }
  const { code = "", responseCode, response = "", command = "" } = (error ?? {}) as ServerError;
  if (code === "EAUTH" && (responseCode === undefined || responseCode >= 500)) {
    return new Rejected({
      code: codeOf(error),
      words: `The mail server refused the user name or password. ${settings}`,
      isOf: "account",
    });
  }
  if (responseCode !== undefined && responseCode >= 500) {
    return new Rejected({ code: codeOf(error), words: refusal(response, command) });
  }
  if (responseCode !== undefined) {
    return new Retryable({ code: codeOf(error), words: "The mail server asks to wait. It will be tried again." });
  }
  if (code === "EMESSAGE") {
    const words = "The mail server does not take mail this large. Send fewer or smaller files.";
    return new Rejected({ code, words });
  }
  if (code === "ETLS") {
    const words = "The mail server does not offer a secure connection that can be trusted. It will be tried again.";
    return new Retryable({ code, words });
  }
  const words = "The mail server cannot be reached. It will be tried again.";
  return new Retryable({ code: code || "unreachable", words });
}

const settings = "Check it in Settings → Channels, then try again.";

/** In plain words what the enhanced status code says (RFC 3463 section 3); the server's own text is for its operators. */
function refusal(response: string, command: string): string {
  const [, status = ""] = /\b(5\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
  const [, subject, detail] = status.split(".");
  if (subject === "1" && detail !== "7" && detail !== "8") {
    return "There is no such address at their mail server. Check the address, then write again.";
  }
  if (subject === "2" && detail === "2") return "Their mailbox is full. Try again later, or use another channel.";
  if (subject === "2") return "Their mailbox takes no mail. Use another channel.";
  if (subject === "3" && detail === "4") return "This is too large for the mail server. Send fewer or smaller files.";
  if (subject === "7") return `The mail server does not allow this mail. ${settings}`;
  if (command === "RCPT TO") return "The mail server refuses this address. Check the address, then write again.";
  return "The mail server refuses this mail. Change it, or use another channel.";
}

function codeOf(error: unknown): string {
  const { code = "", responseCode, response = "" } = (error ?? {}) as ServerError;
  const [status = ""] = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(response) ?? [];
  return [responseCode ?? code, status].filter((one) => one !== "").join(" ");
}
