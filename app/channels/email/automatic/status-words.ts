/** What a status says (RFC 3463, with the IANA registry of enhanced status codes), and what staff can do about it. */
interface StatusWords {
  what: string;
  todo: string;
}

const checkAddress = "Check the address, or reach them another way.";
const anotherWay = "Reach them another way, or try again later.";
const askThem = "Reach them another way and ask them to let your address through.";
const authenticate = "Set up SPF, DKIM and DMARC for your domain, then send it again.";
const shorter = "Send it again with smaller or fewer files.";
const administrator = "Ask whoever runs your mail server, then send it again.";

const words: Readonly<Record<string, StatusWords>> = {
  "1.0": { what: "Their mail server does not take this address.", todo: checkAddress },
  "1.1": { what: "There is no mailbox with this address.", todo: checkAddress },
  "1.2": { what: "There is no mail server for the domain of this address.", todo: checkAddress },
  "1.3": { what: "This is not a valid address.", todo: checkAddress },
  "1.4": { what: "The address stands for more than one mailbox there.", todo: checkAddress },
  "1.5": { what: "The address was right and the mail was taken.", todo: "Nothing needs to be done." },
  "1.6": { what: "The person has moved and left no new address.", todo: "Reach them another way and ask for it." },
  "1.7": {
    what: "Their mail server says that your sender address is not valid.",
    todo: "Check the sender address of the account in Settings.",
  },
  "1.8": {
    what: "Their mail server does not know the domain of your sender address.",
    todo: "Check the sender address of the account in Settings.",
  },
  "1.9": { what: "The mail was passed on to a system that cannot report back.", todo: "Nothing needs to be done." },
  "1.10": { what: "The domain of this address says that it takes no mail.", todo: checkAddress },
  "2.0": { what: "Their mailbox has a problem.", todo: anotherWay },
  "2.1": { what: "Their mailbox is switched off and takes no mail.", todo: "Reach them another way." },
  "2.2": { what: "Their mailbox is full.", todo: anotherWay },
  "2.3": { what: "The message is larger than their mailbox allows.", todo: shorter },
  "2.4": { what: "The address is a mailing list that could not be sent to.", todo: checkAddress },
  "3.0": { what: "Their mail server has a problem.", todo: anotherWay },
  "3.1": { what: "Their mail server has no space left.", todo: anotherWay },
  "3.2": { what: "Their mail server takes no mail at the moment.", todo: anotherWay },
  "3.3": {
    what: "Their mail server cannot take this kind of message.",
    todo: "Send it again as plain text without files.",
  },
  "3.4": { what: "The message is larger than their mail server allows.", todo: shorter },
  "3.5": { what: "Their mail server is not set up right.", todo: anotherWay },
  "3.6": { what: "Their mail server took it with another priority.", todo: "Nothing needs to be done." },
  "4.0": { what: "Their mail server could not be reached.", todo: anotherWay },
  "4.1": { what: "Their mail server did not answer.", todo: anotherWay },
  "4.2": { what: "The connection to their mail server broke.", todo: anotherWay },
  "4.3": { what: "Their mail server could not be found.", todo: anotherWay },
  "4.4": { what: "No way to their mail server could be found.", todo: checkAddress },
  "4.5": { what: "Their mail server has too much to do.", todo: anotherWay },
  "4.6": {
    what: "The message went round in circles between mail servers.",
    todo: "Reach them another way: their forwarding is not set up right.",
  },
  "4.7": { what: "Their mail server could not be reached for days, and it was given up.", todo: anotherWay },
  "5.0": { what: "The mail servers did not understand each other.", todo: administrator },
  "5.1": { what: "The mail servers did not understand each other.", todo: administrator },
  "5.2": { what: "The mail servers did not understand each other.", todo: administrator },
  "5.3": {
    what: "The message has too many recipients for their mail server.",
    todo: "Send it to fewer people at once.",
  },
  "5.4": { what: "The mail servers did not understand each other.", todo: administrator },
  "5.5": { what: "The mail servers did not understand each other.", todo: administrator },
  "5.6": { what: "Signing in at the mail server failed.", todo: administrator },
  "6.0": {
    what: "Their mail server cannot take what is in the message.",
    todo: "Send it again as plain text without files.",
  },
  "6.1": { what: "Their mail server cannot take this kind of file.", todo: "Send it again without files." },
  "6.2": {
    what: "The message would have to be converted, which is not allowed.",
    todo: "Send it again as plain text.",
  },
  "6.3": {
    what: "The message would have to be converted, which is not possible.",
    todo: "Send it again as plain text.",
  },
  "6.4": { what: "The message lost something when it was converted.", todo: "Nothing needs to be done." },
  "6.5": { what: "The message could not be converted.", todo: "Send it again as plain text." },
  "6.6": { what: "What the message refers to could not be found.", todo: "Send it again." },
  "6.7": { what: "Their mail server cannot take an address that is not in Latin letters.", todo: checkAddress },
  "6.8": { what: "Their mail server cannot take texts that are not in Latin letters.", todo: anotherWay },
  "6.9": { what: "Their mail server cannot take headers that are not in Latin letters.", todo: anotherWay },
  "6.10": {
    what: "Their mail server cannot take what is in the message.",
    todo: "Send it again as plain text without files.",
  },
  "7.0": { what: "Their mail server refused the message.", todo: askThem },
  "7.1": { what: "Their mail server refused the message, most often because it holds it for spam.", todo: askThem },
  "7.2": { what: "You may not write to this mailing list.", todo: "Reach them another way." },
  "7.3": { what: "Their mail server would have to change the message, which is not allowed.", todo: anotherWay },
  "7.4": { what: "Their mail server lacks a security feature that the message needs.", todo: administrator },
  "7.5": { what: "The message could not be encrypted or decrypted.", todo: administrator },
  "7.6": { what: "The mail servers share no encryption.", todo: administrator },
  "7.7": { what: "The message was changed on its way.", todo: administrator },
  "7.8": { what: "Signing in at the mail server failed.", todo: "Check the password of the account in Settings." },
  "7.9": { what: "The way of signing in at the mail server is too weak.", todo: "Check the account in Settings." },
  "7.10": { what: "The mail server wants an encrypted connection.", todo: "Check the account in Settings." },
  "7.11": { what: "The mail server wants an encrypted connection.", todo: "Check the account in Settings." },
  "7.12": { what: "The mail server wants a new password.", todo: "Change the password, then enter it in Settings." },
  "7.13": { what: "The account at the mail server is switched off.", todo: administrator },
  "7.14": { what: "The mail server does not trust where the message came from.", todo: administrator },
  "7.15": { what: "The message has a priority that their mail server does not take.", todo: anotherWay },
  "7.16": { what: "The message is too large for its priority.", todo: shorter },
  "7.17": {
    what: "The mailbox has changed hands since you knew it.",
    todo: "Reach them another way and ask for their address.",
  },
  "7.18": {
    what: "The domain of this address has changed hands since you knew it.",
    todo: "Reach them another way and ask for their address.",
  },
  "7.19": { what: "Their mail server cannot say whether the mailbox changed hands.", todo: anotherWay },
  "7.20": { what: "Their mail server found no valid DKIM signature.", todo: authenticate },
  "7.21": { what: "Their mail server found no DKIM signature that it accepts.", todo: authenticate },
  "7.22": { what: "Their mail server found no DKIM signature of your domain.", todo: authenticate },
  "7.23": { what: "Your domain's SPF record does not allow the server that sent this.", todo: authenticate },
  "7.24": { what: "Your domain's SPF record could not be read.", todo: authenticate },
  "7.25": { what: "The server that sent this has no name of its own.", todo: administrator },
  "7.26": { what: "Their mail server could not tell that the message is really yours.", todo: authenticate },
  "7.27": {
    what: "The domain of your sender address says that it takes no mail.",
    todo: "Check the sender address of the account in Settings.",
  },
  "7.28": { what: "Their mail server got too many messages at once.", todo: "Wait an hour, then send it again." },
  "7.29": { what: "Their mail server could not check the way that the message took.", todo: authenticate },
  "7.30": { what: "Their mail server cannot keep the connection encrypted.", todo: anotherWay },
};

const subjects: Readonly<Record<string, StatusWords>> = {
  "1": { what: "Their mail server does not take this address.", todo: checkAddress },
  "2": { what: "Their mailbox has a problem.", todo: anotherWay },
  "3": { what: "Their mail server has a problem.", todo: anotherWay },
  "4": { what: "Their mail server could not be reached.", todo: anotherWay },
  "5": { what: "The mail servers did not understand each other.", todo: administrator },
  "6": {
    what: "Their mail server cannot take what is in the message.",
    todo: "Send it again as plain text without files.",
  },
  "7": { what: "Their mail server refused the message.", todo: askThem },
};

/**
 * A sentence or two for staff, the last says what to do. `given up`: nothing more is tried; otherwise the sending server
 * still tries, and there is nothing to do yet.
 */
export function statusWords(status: string, givenUp: boolean): string {
  const [, subject = "0", detail = "0"] = status.split(".");
  const { what, todo } = words[`${Number(subject)}.${Number(detail)}`] ??
    subjects[String(Number(subject))] ?? { what: "Their mail server did not take the message.", todo: anotherWay };
  return givenUp ? `${what} ${todo}` : `${what} It is still being tried, so there is nothing to do yet.`;
}
