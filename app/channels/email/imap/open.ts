import { ImapFlow } from "imapflow";
import { findHost } from "../hosts";
import type { EmailSettings } from "../settings";

/** Logs in to a mailbox. Throws PrivateHost, or imapflow's error, with `authenticationFailed` where the password is wrong. */
export async function openMailbox(settings: EmailSettings, password: string): Promise<ImapFlow> {
  const { host, servername } = await findHost(settings.imapHost);
  const client = new ImapFlow({
    host,
    ...(servername ? { servername } : {}),
    port: settings.imapPort,
    secure: settings.imapSecurity === "tls",
    doSTARTTLS: settings.imapSecurity === "tls" ? undefined : settings.imapSecurity === "starttls",
    auth: { user: settings.imapUser, pass: password },
    logger: false,
    connectionTimeout: 15_000,
    greetingTimeout: 10_000,
    // Longer than servers let a connection stand idle: IDLE is renewed before (RFC 2177 says 29 minutes).
    socketTimeout: 600_000,
    maxIdleTime: 240_000,
  });
  // An error between two commands has nobody else to hear it; the next command then fails.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
