import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { normaliseEmail } from "~/customers/normalise";
import { env } from "~/env.server";
import { type FieldProblem, Invalid } from "~/http/errors";
import type { ChannelAdapter } from "../channel";
import { logInProblem, sendProblem } from "./log-in";
import { type EmailSettings, emailSettings } from "./settings";
import { newToken } from "./thread/addresses";

/**
 * Checks an address by really logging in wherever it says to, and makes what it needs: the forwarding address, a key to
 * sign with, a secret for HTTP. Throws Invalid naming the field that is wrong.
 */
export const identifyAccount: ChannelAdapter["identify"] = async ({ settings: given, credentials }) => {
  const read = emailSettings.safeParse(given);
  if (!read.success) {
    throw new Invalid(read.error.issues.map(({ path, message }) => ({ field: path.join("."), message })));
  }
  const settings = { ...read.data, token: read.data.token ?? newToken() };
  const address = normaliseEmail(settings.address);
  const problems = missing(settings, credentials, address);
  if (problems.length > 0 || !address) throw new Invalid(problems);
  const kept = { ...credentials };
  if (settings.incoming === "http") kept["httpSecret"] ??= randomBytes(32).toString("base64url");
  signWith(settings, kept);
  const [incoming, outgoing] = await Promise.all([
    settings.incoming === "imap" ? logInProblem(settings, kept["imapPassword"]) : null,
    settings.outgoing === "own" ? sendProblem(settings, kept["smtpPassword"]) : null,
  ]);
  const wrong = [incoming, outgoing].filter((one) => one !== null);
  if (wrong.length > 0) throw new Invalid(wrong);
  return {
    externalId: address,
    name: address,
    settings: { ...settings, address },
    credentials: kept,
    tokenExpiresAt: null,
  };
};

function missing(settings: EmailSettings, credentials: Record<string, string>, address: string | null): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const needs = (field: string, is: unknown, message: string) => {
    if (!is) problems.push({ field, message });
  };
  needs("address", address, "Enter an email address, such as support@yourstore.com.");
  const { MAIL_IN_DOMAIN, SMTP_URL } = env();
  if (settings.incoming === "forwarding") {
    needs("incoming", MAIL_IN_DOMAIN, "This app has no forwarding addresses: its operator has to set MAIL_IN_DOMAIN.");
  }
  if (settings.incoming === "imap") {
    needs("imapHost", settings.imapHost, "Enter the name of the IMAP server.");
    needs("imapUser", settings.imapUser, "Enter the user name of the mailbox.");
    needs("imapPassword", credentials["imapPassword"], "Enter the password of the mailbox.");
  }
  if (settings.outgoing === "own") needs("smtpHost", settings.smtpHost, "Enter the name of the SMTP server.");
  else needs("outgoing", SMTP_URL, "This app has no mail server of its own. Name yours.");
  if (settings.dkimDomain) needs("dkimSelector", settings.dkimSelector, "Enter a selector, such as throughline.");
  const domain = address?.slice(address.lastIndexOf("@") + 1) ?? "";
  const dkim = settings.dkimDomain.toLowerCase();
  needs(
    "dkimDomain",
    !dkim || domain === dkim || domain.endsWith(`.${dkim}`),
    "This must be the domain of your address.",
  );
  return problems;
}

/** A key of 2048 bits (RFC 8301 section 3.2) where none was given, and what DNS has to say of it (RFC 6376 section 3.6.1). */
function signWith(settings: EmailSettings, credentials: Record<string, string>): void {
  if (!settings.dkimDomain) {
    delete credentials["dkimKey"];
    settings.dkimRecord = "";
    return;
  }
  credentials["dkimKey"] ||= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;
  try {
    const key = createPublicKey(credentials["dkimKey"]);
    if (key.asymmetricKeyType !== "rsa") throw new Error("another kind of key");
    const spki = key.export({ type: "spki", format: "der" }).toString("base64");
    settings.dkimRecord = `${settings.dkimSelector}._domainkey.${settings.dkimDomain} TXT "v=DKIM1; k=rsa; p=${spki}"`;
  } catch {
    throw new Invalid([{ field: "dkimKey", message: "This is not an RSA private key in PEM form." }]);
  }
}
