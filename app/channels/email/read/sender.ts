import { normaliseEmail } from "~/customers/normalise";
import type { Sender } from "../../channel";
import type { MailAuthentication } from "../../content";
import type { ReadMail } from "../parse/mail";

/**
 * Who a mail is from. By From, and by Reply-To only where a machine wrote for somebody: a form on a website, a market
 * place. A name that a machine gives is a claim, however well the machine's own mail is signed.
 */
export function senderOf(
  mail: ReadMail,
  authentication: MailAuthentication,
  /** Addresses of the merchant's. */
  own: readonly string[],
): Sender {
  const sender = namedBy(mail, authentication, own);
  return authentication.verdict === "forged" ? { ...sender, denied: true } : sender;
}

function namedBy(mail: ReadMail, authentication: MailAuthentication, own: readonly string[]): Sender {
  const from = mail.from ?? mail.sender;
  const address = from && normaliseEmail(from.address);
  const [answer] = mail.replyTo;
  const answerTo = answer && normaliseEmail(answer.address);
  if (answer && answerTo && answerTo !== address && !own.includes(answerTo) && isRelay(address, own)) {
    return {
      address: answerTo,
      name: answer.name ?? null,
      identifier: { kind: "email", value: answerTo },
      grade: "claimed",
      proof: `named by a mail from ${address ?? "nobody"}`,
    };
  }
  if (!address) return nobody(from?.address ?? mail.returnPath ?? "", from?.name ?? null);
  const isAligned = authentication.verdict === "aligned" && mail.from !== null;
  return {
    address,
    name: from?.name ?? null,
    identifier: { kind: "email", value: address },
    grade: isAligned ? "aligned-mail" : "claimed",
    proof: isAligned ? `wrote from this address, ${lowered(authentication.words)}` : "named this address as the sender",
  };
}

/** To whom a mail of the store's own went; null when to nobody but itself. */
export function addresseeOf(mail: ReadMail, own: readonly string[]): Sender | null {
  for (const one of [...mail.to, ...mail.cc]) {
    const address = normaliseEmail(one.address);
    if (!address || own.includes(address)) continue;
    const proof = "the store wrote to this address from its own mailbox";
    return {
      address,
      name: one.name,
      identifier: { kind: "email", value: address },
      grade: "provider-verified",
      proof,
    };
  }
  return null;
}

// Local parts of machines that write for somebody else and read no answers.
const machines =
  /^(?:(?:no|do-?not|donot)[-_.]?(?:reply|respond|answer)|mailer|postmaster|wordpress|www-data|forms?|contact-?forms?|notifications?|automated|system|apache|nobody)(?:[+._-].*)?$/;

function isRelay(address: string | null, own: readonly string[]): boolean {
  if (!address) return true;
  return own.includes(address) || machines.test(address.slice(0, address.lastIndexOf("@")));
}

/** There is no address that could be answered: what it says is kept, and nobody is found by it. */
function nobody(said: string, name: string | null): Sender {
  const address =
    said
      .replace(/[\p{Cc}\s]+/gu, " ")
      .trim()
      .slice(0, 254) || "unknown sender";
  return { address, name, identifier: null, grade: "claimed", proof: "named no address that could be answered" };
}

const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
