import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { AppContext } from "~/context";
import { log } from "~/platform/log";
import { type Arrived, keepInbound } from "../../keep";
import { mailKey } from "../read/meta";
import { type Recipient, recipientsOf } from "./recipients";

export interface MailServerSettings {
  /** MAIL_IN_DOMAIN: other recipients are refused. */
  domain: string;
  host: string;
  port: number;
  /** Paths of PEM files; with both of them STARTTLS is offered. */
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  limits?: Partial<Limits>;
}

interface Limits {
  /** Of one mail, in bytes. */
  size: number;
  /** Of all mails that are coming in at one moment, in bytes. */
  underway: number;
  connections: number;
  connectionsOfPeer: number;
  /** Mails in a minute. */
  ofPeer: number;
  ofRecipient: number;
  /** Recipients that do not exist, in a minute: whoever tries more of them is guessing. */
  unknown: number;
}

const usual: Limits = {
  size: 25 * 1024 * 1024,
  underway: 256 * 1024 * 1024,
  connections: 200,
  // The large providers forward for all their customers from few addresses.
  connectionsOfPeer: 50,
  ofPeer: 6_000,
  ofRecipient: 1_200,
  unknown: 30,
};

export interface MailServer {
  port: number;
  close(): Promise<void>;
}

/** A refusal as SMTP words it: reply code (RFC 5321 section 4.2), then enhanced status code (RFC 3463). */
function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

const away = () => refusal(451, "4.3.0 Not possible at the moment, please try again later");
const busy = () => refusal(450, "4.7.1 Too much at once, please try again later");
const nobody = () => refusal(550, "5.1.1 There is no such address here");

/**
 * The server that takes what merchants' mailboxes forward and what customers answer. It takes mail for our own addresses
 * only, relays nothing and asks for no password. It says yes to a mail once the mail is kept and not before; while the
 * database is away senders are asked to try again, which mail servers do for days.
 */
export async function startMailServer(app: AppContext, settings: MailServerSettings): Promise<MailServer> {
  const limits = { ...usual, ...settings.limits };
  const find = recipientsOf(app.db.sql, settings.domain);
  const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const ofPeer = perMinute(limits.ofPeer);
  const ofRecipient = perMinute(limits.ofRecipient);
  const unknown = perMinute(limits.unknown);
  const found = new WeakMap<SMTPServerSession, Map<string, Recipient>>();
  const open = new Map<string, number>();
  let underway = 0;

  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const pieces: Buffer[] = [];
    let size = 0;
    let full = false;
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        full ||= underway + piece.length > limits.underway;
        if (full || stream.sizeExceeded) {
          // What is too much is read to its end and forgotten, as the protocol has no way to stop it.
          underway -= size;
          size = 0;
          pieces.length = 0;
          continue;
        }
        underway += piece.length;
        size += piece.length;
        pieces.push(piece);
      }
      if (stream.sizeExceeded) throw refusal(552, "5.3.4 This mail is too large");
      if (full) throw refusal(452, "4.3.1 Too much mail at once, please try again later");
      await keep(app, Buffer.concat(pieces), session, found.get(session) ?? new Map());
    } finally {
      underway -= size;
    }
  };

  const server = new SMTPServer({
    name: settings.domain,
    banner: "Throughline",
    size: limits.size,
    maxClients: limits.connections,
    authOptional: true,
    disabledCommands: settings.tlsCert && settings.tlsKey ? ["AUTH"] : ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    socketTimeout: 120_000,
    closeTimeout: 5_000,
    logger: false,
    ...(settings.tlsCert && settings.tlsKey
      ? { cert: readFileSync(settings.tlsCert), key: readFileSync(settings.tlsKey) }
      : {}),
    onConnect(session, callback) {
      const count = (open.get(session.remoteAddress) ?? 0) + 1;
      open.set(session.remoteAddress, count);
      callback(count > limits.connectionsOfPeer ? refusal(421, "4.7.0 Too many connections") : null);
    },
    onClose(session) {
      const left = (open.get(session.remoteAddress) ?? 1) - 1;
      if (left > 0) open.set(session.remoteAddress, left);
      else open.delete(session.remoteAddress);
    },
    onMailFrom(_address, session, callback) {
      found.delete(session);
      ofPeer.consume(session.remoteAddress).then(
        () => callback(),
        () => callback(busy()),
      );
    },
    onRcptTo({ address }, session, callback) {
      find(address).then(
        async (recipient) => {
          if (!recipient) {
            const guessing = await unknown.consume(session.remoteAddress).then(
              () => false,
              () => true,
            );
            return callback(guessing ? refusal(421, "4.7.0 Too many addresses that do not exist") : nobody());
          }
          const isTooMuch = await ofRecipient.consume(recipient.accountId).then(
            () => false,
            () => true,
          );
          if (isTooMuch) return callback(busy());
          const recipients = found.get(session) ?? new Map<string, Recipient>();
          found.set(session, recipients.set(address, recipient));
          callback();
        },
        () => callback(away()),
      );
    },
    onData(stream, session, callback) {
      take(stream, session).then(
        () => callback(null, "2.6.0 Kept"),
        (error: Error & { responseCode?: number }) => {
          if (error.responseCode) return callback(error);
          log.warn({ kind: error.name, code: (error as { code?: string }).code }, "a mail could not be kept");
          callback(away());
        },
      );
    },
  });
  // A line that breaks, or a handshake that fails: the sender's trouble, and the sender tries again.
  server.on("error", (error) => log.debug({ code: (error as { code?: string }).code }, "a mail connection failed"));
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(settings.port, settings.host, () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** One copy for each of our accounts that it is for, with the envelope: who sent it, and to which of our addresses. */
async function keep(
  app: AppContext,
  body: Buffer,
  session: SMTPServerSession,
  recipients: ReadonlyMap<string, Recipient>,
): Promise<void> {
  const { remoteAddress: ip, hostNameAppearsAs: helo, envelope } = session;
  const mailFrom = envelope.mailFrom ? envelope.mailFrom.address : "";
  const key = mailKey(body);
  const accounts = new Map<string, Arrived & { meta: { rcptTo: string[] } }>();
  // Those that were refused are not among the envelope's.
  for (const { address } of envelope.rcptTo) {
    const recipient = recipients.get(address);
    if (!recipient) continue;
    const { shopId, accountId: id } = recipient;
    const meta = { via: "smtp", ip, helo: helo || "", mailFrom, rcptTo: [] as string[] };
    const arrived = accounts.get(id) ?? { account: { shopId, id }, key, body, meta };
    arrived.meta.rcptTo.push(address);
    accounts.set(id, arrived);
  }
  const kept = await keepInbound(app, [...accounts.values()]);
  if (kept.every((one) => one === "unknown")) throw nobody();
}
