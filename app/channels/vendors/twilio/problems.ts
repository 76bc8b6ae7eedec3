/** What Twilio's codes mean for staff. `closes`: nothing can be sent to this number any more. */
interface Problem {
  words: string;
  closes?: true;
}

const tryOther = "Use another channel.";
export const askManager = "Ask a manager to look at Settings → Channels.";

/** https://www.twilio.com/docs/api/errors, in our own words, for the codes that a shop meets. */
const problems: Readonly<Record<number, Problem>> = {
  401: { words: `Twilio no longer takes the auth token of this account. ${askManager}` },
  404: { words: `Twilio does not know this account or number. ${askManager}` },
  20003: { words: `Twilio no longer takes the auth token of this account. ${askManager}` },
  20005: { words: `The account at Twilio is not active. ${askManager}` },
  20404: { words: `Twilio does not know this account or number. ${askManager}` },
  21211: { words: `This is not a phone number that can be written to. ${tryOther}`, closes: true },
  21212: { words: `The sender is not a number that can send. ${askManager}` },
  21214: { words: `This number cannot be reached. ${tryOther}`, closes: true },
  21408: {
    words: `The account at Twilio may not send to this country. Allow it in Twilio's console, or use another channel.`,
  },
  21601: { words: `The number of this account cannot send text messages. ${askManager}` },
  21602: { words: "The message is empty. Write something and send again." },
  21603: { words: `No sender is set for this account. ${askManager}` },
  21604: { words: "There is no number to send to. Choose another way to reach them." },
  21606: { words: `The sender does not belong to the account at Twilio or cannot send text messages. ${askManager}` },
  21608: { words: `A trial account at Twilio sends to verified numbers only. Upgrade it in Twilio's console.` },
  21610: {
    words: `They wrote STOP, so nothing may be sent to them by SMS. They can write START to allow it again.`,
    closes: true,
  },
  21611: { words: "Too many messages are waiting at Twilio. Wait a few minutes and try again." },
  21612: { words: `This number cannot be reached from the sender's number. ${tryOther}` },
  21614: { words: `This is not a mobile phone number, so it takes no text messages. ${tryOther}`, closes: true },
  21617: { words: "The message is too long: at most 1,600 characters. Shorten it and send again." },
  21620: { words: "Twilio could not read the address of a file. Send the message without it." },
  21623: { words: "There are too many files: at most 10. Take some out and send again." },
  21635: { words: `This is a landline, which takes no text messages. ${tryOther}`, closes: true },
  21703: { words: `The messaging service has no number that can send this. ${askManager}` },
  21910: { words: `The sender and the recipient are on different channels. ${askManager}` },
  30001: { words: "Too many messages were waiting at Twilio. Wait a few minutes and send again." },
  30002: { words: `The account at Twilio was suspended. ${askManager}` },
  30003: { words: "Their phone is switched off or out of reach. Try again later, or use another channel." },
  30004: { words: `Their phone or carrier blocks messages from this number. ${tryOther}` },
  30005: { words: `This number is not in use any more. ${tryOther}`, closes: true },
  30006: { words: `This is a landline or a carrier that cannot be reached. ${tryOther}`, closes: true },
  30007: {
    words: `Their carrier took this for spam and did not deliver it. Change the wording, or use another channel.`,
  },
  30008: { words: "It was not delivered, and their carrier does not say why. Try again, or use another channel." },
  30010: { words: `It costs more than the limit set for the account at Twilio. ${askManager}` },
  30011: { words: `Pictures and files cannot be sent to this country by MMS. Send a link instead.` },
  30019: { words: "A file is too large for their carrier. Send a smaller one, or a link." },
  30022: { words: "The limit of messages a day for this number's campaign was reached. Try again tomorrow." },
  30023: { words: "The limit of messages a day for this number's brand was reached. Try again tomorrow." },
  30024: { words: `This number is not set up for sending to that carrier. ${askManager}` },
  30032: { words: `This toll-free number is not verified yet, so carriers block it. Verify it in Twilio's console.` },
  30034: {
    words: `This number is not registered for business messages in the US (A2P 10DLC). Register it in Twilio's console.`,
  },
  30035: { words: `This number's registration for business messages is still being checked. Try again later.` },
  30036: { words: "It was not delivered in time, so it was given up. Send it again if it still matters." },
  30453: { words: "The recipient cannot be reached for the moment. Try again later." },
  30500: { words: "Twilio had a problem of its own. Send it again." },
  63001: { words: `Twilio could not sign in to the channel. ${askManager}` },
  63003: { words: `This recipient cannot be found on the channel. ${tryOther}`, closes: true },
  63005: { words: "The channel did not take the content. Change it and send again." },
  63007: { words: `The sender is not set up for this channel. ${askManager}` },
  63013: { words: "The channel's rules do not allow this message. Change it and send again." },
  63015: { words: `They have not joined the sandbox of this number. ${tryOther}` },
  63016: { words: "More than 24 hours have passed since they last wrote, so only a template can be sent." },
  63018: { words: "Too many messages were sent in a short time. Wait a minute and send again." },
  63024: { words: `This recipient does not take messages on the channel. ${tryOther}`, closes: true },
  63032: { words: `This person chose not to take messages from you. ${tryOther}`, closes: true },
  63033: { words: `They blocked messages from you. ${tryOther}`, closes: true },
};

/** A code in words; one that is not known with what Twilio says of it, which holds nothing of the message. */
export function problemOf(code: number, message: string | null = null): { words: string; closes: boolean } {
  const known = problems[code];
  if (known) return { words: known.words, closes: known.closes ?? false };
  const said = message ? ` Twilio says: ${message.slice(0, 200)}` : "";
  return {
    words: `Twilio did not take this (code ${code}).${said.replace(/[.!?]?$/, said ? "." : "")} Change it, or use another channel.`,
    closes: false,
  };
}
