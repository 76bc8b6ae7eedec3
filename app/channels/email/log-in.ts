import type { FieldProblem } from "~/http/errors";
import { PrivateHost } from "./hosts";
import { openMailbox } from "./imap/open";
import { makeTransport } from "./out/transports";
import type { EmailSettings } from "./settings";

interface LogInError {
  code?: string;
  responseCode?: number;
  authenticationFailed?: boolean;
}

/** Why the mailbox cannot be read, at the field that is wrong; null when it can. */
export async function logInProblem(
  settings: EmailSettings,
  password: string | undefined,
): Promise<FieldProblem | null> {
  try {
    const client = await openMailbox(settings, password ?? "");
    await client.logout().catch(() => client.close());
    return null;
  } catch (error) {
    if ((error as LogInError).authenticationFailed) {
      const message = "The server refused this user name and password. Some providers want an app password here.";
      return { field: "imapPassword", message };
    }
    return { field: "imapHost", message: unreachable(error, settings.imapSecurity) };
  }
}

/** Why the server will not take mail from us, at the field that is wrong; null when it will. */
export async function sendProblem(settings: EmailSettings, password: string | undefined): Promise<FieldProblem | null> {
  try {
    const transport = await makeTransport(settings, password, false);
    try {
      await transport.verify();
    } finally {
      transport.close();
    }
    return null;
  } catch (error) {
    if ((error as LogInError).code === "EAUTH") {
      const message = "The server refused this user name and password. Some providers want an app password here.";
      return { field: "smtpPassword", message };
    }
    return { field: "smtpHost", message: unreachable(error, settings.smtpSecurity) };
  }
}

function unreachable(error: unknown, security: string): string {
  if (error instanceof PrivateHost) return "This name leads into a private network. Enter the server's public name.";
  const { code = "" } = error as LogInError;
  if (/ENOTFOUND|EAI_AGAIN|EDNS/.test(code)) return "There is no server of this name.";
  if (/CERT|SELF_SIGNED|ETLS|SSL|ERR_TLS/.test(code)) {
    return security === "none"
      ? "The server wants a secure connection. Choose TLS or STARTTLS."
      : "The server's certificate is not valid for this name, or it speaks no TLS at this port.";
  }
  return "The server does not answer at this port.";
}
