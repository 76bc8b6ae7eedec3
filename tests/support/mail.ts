import "./app";
import { generateKeyPairSync } from "node:crypto";
import type { AddressInfo } from "node:net";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import { SMTPServer } from "smtp-server";
import { sealCredentials } from "~/channels/accounts";
import type { Account } from "~/channels/channel";
import { emailAdapter } from "~/channels/email/adapter";
import type { Resolve } from "~/channels/email/authenticate/dns";
import { emailSettings } from "~/channels/email/settings";
import { newToken } from "~/channels/email/thread/addresses";
import { adapters } from "~/channels/registry";
import { newId } from "~/platform/ids";
import type { TestShop } from "./context";

export const mailDomain = "in.throughline.example";

Object.assign(process.env, { MAIL_IN_DOMAIN: mailDomain });

/** DNS of a test: `TXT northwind.example` → its records. What is not there does not exist. */
export type Zone = Record<string, string[]>;

export function zoneResolver(zone: Zone): Resolve {
  return async (name, type) => {
    const found = zone[`${type} ${name.toLowerCase()}`];
    if (!found) throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
    return type === "TXT" ? found.map((one) => [one]) : found;
  };
}

/** A domain that signs its mail, with what its DNS says. */
export function signingDomain(domain: string, zone: Zone, policy?: "none" | "quarantine" | "reject") {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const spki = publicKey.export({ type: "spki", format: "der" }).toString("base64");
  zone[`TXT s1._domainkey.${domain}`] = [`v=DKIM1; k=rsa; p=${spki}`];
  if (policy) zone[`TXT _dmarc.${domain}`] = [`v=DMARC1; p=${policy}`];
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return async (mail: string, options: { maxBodyLength?: number } = {}): Promise<Buffer> => {
    const { signatures, errors } = await dkimSign(mail, {
      signatureData: [{ signingDomain: domain, selector: "s1", privateKey: pem, ...options }],
    } as never);
    if (errors.length > 0) throw new Error("not signed");
    return Buffer.from(signatures + mail);
  };
}

export interface WrittenMail {
  from?: string;
  to?: string;
  subject?: string;
  messageId?: string;
  /** Further header lines. */
  headers?: string[];
  text?: string;
}

/** A plain mail as a mail program writes it. */
export function writeMail(mail: WrittenMail = {}): string {
  return [
    `From: ${mail.from ?? "Mia Lund <mia@customer.example>"}`,
    `To: ${mail.to ?? "support@northwind.example"}`,
    `Subject: ${mail.subject ?? "Is the jacket warm?"}`,
    `Message-ID: <${mail.messageId ?? `${newId()}@customer.example`}>`,
    ...(mail.headers ?? []),
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    mail.text ?? "Hello, is the Field Jacket warm enough for March?",
    "",
  ].join("\r\n");
}

/** Lets the app's adapter ask this DNS for the rest of the test file. */
export function askZone(zone: Zone): void {
  (adapters as Record<string, unknown>)["email"] = emailAdapter(() => zoneResolver(zone));
}

/** An address of the shop's, connected without logging in anywhere. */
export async function mailAccount(
  shop: TestShop,
  given: Record<string, unknown> = {},
  credentials: Record<string, string> = {},
): Promise<Account> {
  const { shop: owner, db } = shop.base;
  const id = newId();
  const token = newToken();
  const settings = emailSettings.parse({ address: `support-${token}@northwind.example`, token, ...given });
  const externalId = settings.address;
  await db.prisma.channelAccount.create({
    data: {
      shopId: owner.id,
      id,
      kind: "email",
      externalId,
      name: externalId,
      state: "active",
      settings,
      credentials: sealCredentials(owner.id, id, credentials),
      createdAt: shop.clock.now(),
    },
  });
  return { shopId: owner.id, id, kind: "email", externalId, name: externalId, settings, credentials };
}

export interface SentMail {
  from: string;
  to: string[];
  raw: string;
}

/**
 * The customers' mail server: takes what the app sends. `refuse` answers instead of it, at a command and with a line such
 * as "550 5.1.1 no such user", or cuts the line once the mail is there.
 */
export async function customersServer() {
  const sent: SentMail[] = [];
  const far = { refuse: null as { at: "MAIL" | "RCPT" | "DATA"; line: string } | "cut" | null };
  const refused = (at: string) => {
    const { refuse } = far;
    if (!refuse || refuse === "cut" || refuse.at !== at) return null;
    const [, code = "", text = ""] = /^(\d{3}) (.*)$/.exec(refuse.line) ?? [];
    return Object.assign(new Error(text), { responseCode: Number(code) });
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onMailFrom: (_address, _session, done) => done(refused("MAIL")),
    onRcptTo: (_address, _session, done) => done(refused("RCPT")),
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const error = refused("DATA");
        if (error) return done(error);
        const { mailFrom, rcptTo } = session.envelope;
        sent.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(pieces).toString(),
        });
        if (far.refuse === "cut") for (const one of server.connections) one.close();
        else done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    sent,
    far,
    port,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((done) => server.close(done)),
  };
}
