import { SMTPServer } from "smtp-server";
import type { MailFolder } from "./mail-folder";

/** 35 MiB: what common providers take, in transfer encoding. */
const LARGEST = 35 * 1024 * 1024;

/**
 * An SMTP server that takes every mail for anybody and answers 250 only once the mail is on the disk.
 * No sign-in and no TLS: it listens on the loopback address alone.
 */
export function smtpServer(folder: MailFolder, clock: () => Date): SMTPServer {
  return new SMTPServer({
    name: "mail.localhost",
    banner: "Throughline's local mail: everything is caught, nothing is sent on",
    size: LARGEST,
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 2000,
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = { from: mailFrom ? mailFrom.address : "", to: rcptTo.map((each) => each.address) };
      // An oversized mail is read to its end, as the protocol wants, and thrown away.
      const check = () => {
        if (stream.sizeExceeded) throw refusal(552, "The mail is larger than 35 MB");
      };
      folder.keep(stream, envelope, clock(), check).then(
        (id) => done(null, `Kept as ${id}`),
        (error: unknown) => done(isRefusal(error) ? error : refusal(452, "The mail could not be written to the disk")),
      );
    },
  });
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function isRefusal(error: unknown): error is Error {
  return error instanceof Error && "responseCode" in error;
}
