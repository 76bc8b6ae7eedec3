import type { ARCData } from "mailauth";
import { arc } from "mailauth/lib/arc/index.js";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { evaluateDmarc } from "mailauth/lib/dmarc/index.js";
import { spf } from "mailauth/lib/spf/index.js";
import type { MailAuthentication } from "../../content";
import { boundedResolver, type Resolve } from "./dns";
import { readTrustedResults } from "./trusted-results";

/** Who handed us the mail, where we took it ourselves. */
export interface Peer {
  ip: string;
  helo: string;
  /** Empty for a bounce. */
  mailFrom: string;
}

export interface AuthenticationQuestion {
  raw: Buffer;
  /** The one address that stands in From, normalised; null when there is none or several. */
  from: string | null;
  /** Null for mail from a mailbox or over HTTP: who handed it over is not known then. */
  peer: Peer | null;
  /** Values of Authentication-Results, topmost first. */
  authenticationResults: readonly string[];
  /** The merchant's own server, whose results they told us to believe. */
  trustedServer: string | null;
  /** Domains whose ARC seals the merchant told us to believe: those that forward their mail. */
  trustedSealers: readonly string[];
  resolve: Resolve;
}

/** What DNS is asked for one mail at most, and signatures that are looked at: a mail may have any number of them. */
const mostLookups = 60;
const mostSignatures = 8;
/** Headers beyond this are no mail of a person's. */
const mostHeaders = 256 * 1024;
/** For all of it; then nothing is known. */
const patience = 15_000;

/**
 * Whether the domain in From vouches for the mail: DKIM (RFC 6376), SPF (RFC 7208), DMARC (RFC 9989) and, where the
 * merchant trusts who forwards, ARC (RFC 8617). Never throws; without DNS nothing is proven.
 */
export async function authenticate(question: AuthenticationQuestion): Promise<MailAuthentication> {
  const domain = question.from?.slice(question.from.lastIndexOf("@") + 1) ?? null;
  if (!question.from || !domain) return unproven("It does not say who it is from.");
  if (question.trustedServer) {
    const trusted = byTrustedServer(question, domain);
    if (trusted) return trusted;
  }
  if (isExcessive(question.raw)) return unproven(`Nothing shows whether this is from ${domain}.`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<MailAuthentication>((resolve) => {
    timer = setTimeout(resolve, patience, unproven(`It could not be checked in time whether this is from ${domain}.`));
  });
  try {
    return await Promise.race([check(question, domain), late]);
  } catch {
    return unproven(`It could not be checked whether this is from ${domain}.`);
  } finally {
    clearTimeout(timer);
  }
}

async function check(question: AuthenticationQuestion, domain: string): Promise<MailAuthentication> {
  const { raw, from, peer } = question;
  const resolver = boundedResolver(question.resolve, mostLookups);
  const dkim = await dkimVerify(raw, { resolver, rejectRsaSha1: true, ...(peer ? { sender: peer.mailFrom } : {}) });
  // What the reader of the mail took for From must be what was checked.
  const [author, ...more] = [dkim.headerFrom ?? []].flat();
  if (!author || more.length > 0 || author.toLowerCase() !== from?.toLowerCase()) {
    return unproven(`Nothing shows whether this is from ${domain}.`);
  }
  // A signature over a part of the body, or with a key under test, vouches for nothing (RFC 6376 sections 8.2 and 3.6.1).
  const signatures = (dkim.results ?? []).filter(
    ({ status }) => status.result === "pass" && !status.underSized && !status.testing,
  );
  const sent = peer
    ? await spf({ ip: peer.ip, helo: peer.helo, sender: peer.mailFrom, mta: "mail", resolver, maxElapsedTime: 8_000 })
    : null;
  const sentBy = sent && sent.status.result === "pass" ? [sent.domain] : [];
  const { response: dmarc } = await evaluateDmarc({
    headerFrom: [author],
    ...(dkim.fromFields === undefined ? {} : { fromFields: dkim.fromFields }),
    spfDomains: sentBy,
    dkimDomains: signatures.map((one) => ({
      domain: one.signingDomain ?? "",
      aligned: one.status.aligned ?? false,
    })),
    resolver,
  });
  const own = signatures.find((one) => one.status.aligned);
  const says = dmarc ? dmarc.status.result : "none";
  if (says === "pass") {
    return aligned(own ? `Signed by ${own.signingDomain}` : `Sent by a server of ${sentBy[0] ?? domain}`);
  }
  // Without a policy, a signature of the same organisation is as good a word for the sender.
  if (own && says === "none") return aligned(`Signed by ${own.signingDomain}`);
  if (question.trustedSealers.length > 0) {
    const sealed = await bySealer(question, dkim.arc as ARCData | undefined, resolver, domain);
    if (sealed) return sealed;
  }
  const refuses = dmarc && ["quarantine", "reject"].includes(dmarc.policy);
  // Mail from a mailbox tells nothing of the server that sent it, so a missing signature there proves nothing.
  const isWhole = peer !== null && !["temperror", "permerror"].includes(sent?.status.result ?? "");
  const undecided = (dkim.results ?? []).some(({ status }) => status.result === "temperror");
  if (says === "fail" && refuses && isWhole && !undecided) {
    return { verdict: "forged", words: `${domain} asks not to trust this: nothing shows that it is from there` };
  }
  return unproven(`Nothing shows whether this is from ${domain}`);
}

/** A forwarder that the merchant trusts saw it pass before its own change broke the signature. */
async function bySealer(
  { trustedSealers }: AuthenticationQuestion,
  chain: ARCData | undefined,
  resolver: Resolve,
  domain: string,
): Promise<MailAuthentication | null> {
  if (!chain) return null;
  const result = await arc(chain, { resolver });
  const sealer = result.status.result === "pass" && result.signature ? result.signature.signingDomain : null;
  if (!sealer || !trustedSealers.some((one) => one.toLowerCase() === sealer.toLowerCase())) return null;
  const seen = result.authenticationResults?.["dmarc"] as { result?: string; header?: { from?: string } } | undefined;
  const from = seen?.header?.from?.toLowerCase().replace(/^.*@/, "");
  return seen?.result === "pass" && from === domain ? aligned(`Checked by ${sealer}, which forwarded it`) : null;
}

function byTrustedServer(question: AuthenticationQuestion, domain: string): MailAuthentication | null {
  const server = question.trustedServer ?? "";
  const results = readTrustedResults(question.authenticationResults, server);
  const dmarc = results?.find((one) => one.method === "dmarc");
  if (!dmarc || dmarc.properties.get("header.from")?.replace(/^.*@/, "") !== domain) return null;
  if (dmarc.result === "pass") return aligned(`Checked by ${server}`);
  if (dmarc.result === "fail" && /\bp=(reject|quarantine)\b/i.test(dmarc.comment)) {
    return { verdict: "forged", words: `${server} says that this is not from ${domain}` };
  }
  return null;
}

function isExcessive(raw: Buffer): boolean {
  const ends = [raw.indexOf("\r\n\r\n"), raw.indexOf("\n\n")].filter((at) => at >= 0);
  const end = ends.length > 0 ? Math.min(...ends) : raw.length;
  if (end > mostHeaders) return true;
  const signatures = raw.toString("latin1", 0, end).match(/^(?:dkim-signature|arc-seal):/gim);
  return (signatures?.length ?? 0) > mostSignatures;
}

const aligned = (words: string): MailAuthentication => ({ verdict: "aligned", words });
const unproven = (words: string): MailAuthentication => ({ verdict: "unproven", words: words.replace(/\.$/, "") });
