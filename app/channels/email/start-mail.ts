import type { AppContext } from "~/context";
import type { Env } from "~/env.server";
import { log } from "~/platform/log";
import { watchMailboxes } from "./imap/watch";
import { closeTransports } from "./out/transports";
import { startMailServer } from "./smtp/server";

/** Takes mail in, by both ways that are ours to keep open: the server for forwarded mail, and merchants' mailboxes. */
export async function startMail(app: AppContext, env: Env): Promise<{ close(): Promise<void> }> {
  const { MAIL_IN_DOMAIN: domain, SMTP_IN_PORT: port, SMTP_IN_HOST: host } = env;
  const { SMTP_IN_TLS_CERT: tlsCert, SMTP_IN_TLS_KEY: tlsKey } = env;
  const server =
    domain && port !== undefined ? await startMailServer(app, { domain, host, port, tlsCert, tlsKey }) : null;
  if (server) log.info({ port: server.port }, "taking mail");
  const mailboxes = watchMailboxes(app);
  return {
    async close() {
      await Promise.all([server?.close(), mailboxes.close()]);
      closeTransports();
    },
  };
}
