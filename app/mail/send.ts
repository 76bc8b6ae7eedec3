import { createTransport, type Transporter } from "nodemailer";
import { env } from "~/env.server";
import { Problem } from "~/http/errors";

export interface Mail {
  to: string;
  /** Who it is from as a person reads it; the address is the app's own. */
  fromName: string;
  subject: string;
  text: string;
  /** BCP 47 */
  language: string;
}

/** Whether this app can send mail: the settings name a server and a sender. */
export function canMail(): boolean {
  return env().SMTP_URL !== undefined && env().MAIL_FROM !== undefined;
}

/** What depends on mail says this where no mail server is set: 503. */
export class MailNotSetUp extends Problem {
  constructor() {
    super(503, "mail-not-set-up", "This app cannot send e-mail yet. Its operator has to name a mail server.");
  }
}

/** The server will not take this mail, also not later (RFC 5321 section 4.2.1: 5yz). */
export class MailRejected extends Error {}

let transport: { url: string; made: Transporter } | undefined;

/**
 * Hands a mail to the server of the settings. Throws MailNotSetUp, MailRejected when the server refuses it for good, and
 * nodemailer's error for what may go better later.
 */
export async function sendMail(mail: Mail): Promise<void> {
  const { SMTP_URL: url, MAIL_FROM: from } = env();
  if (!url || !from) throw new MailNotSetUp();
  if (transport?.url !== url) {
    const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
    transport = { url, made: createTransport({ url, ...patience }) };
  }
  try {
    await transport.made.sendMail({
      from: { name: mail.fromName, address: from },
      to: { name: "", address: mail.to },
      subject: mail.subject,
      text: mail.text,
      // RFC 3834: nobody's absence note answers it.
      headers: { "Auto-Submitted": "auto-generated", "Content-Language": mail.language },
    });
  } catch (error) {
    const status = (error as { responseCode?: number }).responseCode ?? 0;
    if (status >= 500 && status < 600) throw new MailRejected(`The mail server answered ${status}.`);
    throw error;
  }
}
