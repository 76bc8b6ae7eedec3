import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { createTransport, type SendMailOptions, type Transporter } from "nodemailer";
import { env } from "~/env.server";
import { type Account, Rejected } from "../../channel";
import { findHost } from "../hosts";
import { type EmailSettings, settingsOf } from "../settings";

/** A mail whose bytes are watched on their way: only they say how far it came when the line breaks. */
export type WatchedMail = SendMailOptions & { watch(stream: Readable): void };

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };
const mostPools = 100;

interface Pool {
  made: Transporter;
  /** Of what it was made from: other settings or another password want another pool. */
  from: string;
}

/** By account; the one used longest ago first. */
const pools = new Map<string, Pool>();

/** The connections by which an account sends. Throws Rejected when nobody named a server. */
export async function transportOf(account: Account): Promise<Transporter> {
  const settings = settingsOf(account);
  const from = createHash("sha256")
    .update(JSON.stringify([settings, account.credentials["smtpPassword"], env().SMTP_URL]))
    .digest("base64url");
  const known = pools.get(account.id);
  if (known?.from === from) {
    pools.delete(account.id);
    pools.set(account.id, known);
    return known.made;
  }
  known?.made.close();
  const made = await makeTransport(settings, account.credentials["smtpPassword"], true);
  pools.set(account.id, { made, from });
  const [oldest] = pools.keys();
  if (pools.size > mostPools && oldest !== undefined) {
    pools.get(oldest)?.made.close();
    pools.delete(oldest);
  }
  return made;
}

/** A transport for these settings, of one's own. */
export async function makeTransport(
  settings: EmailSettings,
  password: string | undefined,
  pool: boolean,
): Promise<Transporter> {
  const pooling = pool ? ({ pool: true, maxConnections: 3, maxMessages: 100 } as const) : {};
  if (settings.outgoing === "app") {
    const { SMTP_URL } = env();
    if (!SMTP_URL) throw new Rejected(noServer);
    return watched(createTransport({ url: SMTP_URL, ...pooling, ...patience }));
  }
  const { host, servername } = await findHost(settings.smtpHost);
  return watched(
    createTransport({
      host,
      port: settings.smtpPort,
      secure: settings.smtpSecurity === "tls",
      requireTLS: settings.smtpSecurity === "starttls",
      ignoreTLS: settings.smtpSecurity === "none",
      ...(servername ? { tls: { servername } } : {}),
      ...(settings.smtpUser ? { auth: { user: settings.smtpUser, pass: password ?? "" } } : {}),
      ...pooling,
      ...patience,
    }),
  );
}

function watched(transport: Transporter): Transporter {
  transport.use("stream", ({ data, message }, done) => {
    const { watch } = data as Partial<WatchedMail>;
    const make = message.createReadStream.bind(message);
    message.createReadStream = (...options: Parameters<typeof make>) => {
      const made = make(...options);
      watch?.(made);
      return made;
    };
    done();
  });
  return transport;
}

const noServer = {
  code: "no-server",
  words: "This app has no mail server to send with. Name your own in Settings → Channels, then try again.",
};

/** Ends all connections; the next mail makes new ones. */
export function closeTransports(): void {
  for (const { made } of pools.values()) made.close();
  pools.clear();
}
