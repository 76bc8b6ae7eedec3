import type { ReadMail } from "../parse/mail";
import { statusOfWords } from "./failure-wording";
import { statusWords } from "./status-words";

/** What a mail server said became of a mail of ours. */
export interface Bounce {
  /** Another try would end the same (class 5), as far as the server says. */
  permanent: boolean;
  /** Nothing more is tried. False while the sending server still tries: the message is late, not lost. */
  givenUp: boolean;
  /** Enhanced status code (RFC 3463): "5.1.1". Where none was given, what its words come to. */
  status: string;
  /** For staff, with what to do. */
  words: string;
  /** Whom it was for; null when the bounce does not say. */
  recipient: string | null;
  /** Without its angle brackets. */
  originalMessageId: string | null;
}

type ReportedMail = Pick<ReadMail, "report" | "headers" | "subject" | "text" | "attachedMails">;

/** What happened to the first recipient of whom there is news: a failure before a delay, a delay before a success. */
export function reportedDelivery(mail: ReportedMail): { bounce: Bounce | null; delivered: boolean } {
  const groups = fieldGroups(mail.report?.status ?? "");
  const recipients = groups.filter((group) => group.has("action") || group.has("final-recipient"));
  const action = (group: Fields) => (group.get("action") ?? "failed").toLowerCase().split(/[\s(;]/, 1)[0];
  const bad =
    recipients.find((group) => action(group) === "failed") ?? recipients.find((group) => action(group) === "delayed");
  if (!bad) return { bounce: recipients.length > 0 ? null : wordedBounce(mail), delivered: recipients.length > 0 };
  const givenUp = action(bad) === "failed";
  const diagnostic = bad.get("diagnostic-code") ?? "";
  const given = statusIn(bad.get("status") ?? "");
  // Many servers give the status "5.0.0" and say in the diagnostic what it is.
  const status =
    !given || /^[45]\.0\.0$/.test(given)
      ? (statusIn(diagnostic) ?? statusOfWords(`${diagnostic} ${mail.text.slice(0, 2000)}`) ?? given)
      : given;
  return {
    bounce: bounceOf(
      mail,
      sameClass(status ?? "5.0.0", given, givenUp),
      givenUp,
      addressIn(bad.get("original-recipient")) ?? addressIn(bad.get("final-recipient")),
    ),
    delivered: false,
  };
}

/** A bounce that is written for people only. Null status texts come to "5.0.0". */
export function wordedBounce(mail: ReportedMail): Bounce {
  const text = mail.text.slice(0, 8000);
  const stillTried =
    /delayed|will (?:retry|keep trying|be retried)|still being retried|not yet been delivered|delivery incomplete|do not need to resend|wird weiterhin versucht|verzögert|retardé|retrasado|ritardat|opóźnion|задержан/i;
  const givenUp = !stillTried.test(`${mail.subject.slice(0, 300)}\n${text.slice(0, 1500)}`);
  const status = statusIn(text) ?? statusOfWords(text) ?? "5.0.0";
  const failed = mail.headers.get("x-failed-recipients")?.[0];
  return bounceOf(mail, givenUp ? status : `4${status.slice(1)}`, givenUp, addressIn(failed) ?? recipientIn(text));
}

function bounceOf(mail: ReportedMail, status: string, givenUp: boolean, recipient: string | null): Bounce {
  const permanent = givenUp && status.startsWith("5");
  return {
    permanent,
    givenUp,
    status,
    words: statusWords(status, givenUp),
    recipient,
    originalMessageId: originalId(mail),
  };
}

/** What the words come to must not turn a passing trouble into a lasting one. */
function sameClass(status: string, given: string | null, givenUp: boolean): string {
  if (!givenUp) return `4${status.slice(1)}`;
  return given?.startsWith("4") ? `4${status.slice(1)}` : status;
}

type Fields = ReadonlyMap<string, string>;

/** The groups of fields of a message/delivery-status: one of the report, then one of each recipient. */
function fieldGroups(status: string): Fields[] {
  return status
    .split(/\n[^\S\n]*\n/)
    .slice(0, 100)
    .map((group) => {
      const fields = new Map<string, string>();
      for (const line of group.split("\n")) {
        const at = line.indexOf(":");
        const name = line.slice(0, at).trim().toLowerCase();
        if (at > 0 && !fields.has(name)) fields.set(name, line.slice(at + 1).trim());
      }
      return fields;
    });
}

/** The first enhanced status code that is a failure's; not a piece of an IP address or of a version. */
export function statusIn(text: string): string | null {
  return /(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\.\d)(?!\d)/.exec(text.slice(0, 8000))?.[1] ?? null;
}

/** "rfc822; ada@example.com" as well as "<ada@example.com>" and a name before it. */
function addressIn(text: string | undefined): string | null {
  const found = /[^\s<>"'();,:[\]]{1,120}@[^\s<>"'();,:[\]]{1,190}/.exec((text ?? "").slice(0, 1000))?.[0];
  return found?.replace(/^mailto:/i, "").replace(/\.+$/, "") ?? null;
}

/** The first address that the words name, in one of the places where servers put it. */
function recipientIn(text: string): string | null {
  for (const line of text.split("\n").slice(0, 80)) {
    // The server names itself, and the original its sender.
    if (/postmaster@|mailer-daemon@|^\s*(?:from|von|de|to contact|reporting-mta)\b/i.test(line.slice(0, 500))) continue;
    const address = addressIn(line.slice(0, 500));
    if (address) return address;
  }
  return null;
}

function originalId(mail: ReportedMail): string | null {
  const known = mail.report?.originalMessageId ?? mail.attachedMails.find((one) => one.messageId)?.messageId;
  if (known) return known;
  // What came back as text below the words.
  for (const line of mail.text.slice(0, 60_000).split("\n")) {
    const found = /^[>\s]{0,4}message-id:\s{0,4}<([^<>\s]{1,400})>/i.exec(line);
    if (found?.[1]) return found[1];
  }
  return null;
}
