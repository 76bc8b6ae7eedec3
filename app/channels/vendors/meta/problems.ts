import { type Failure, Rejected, Retryable } from "../../channel";
import { type Json, object, text } from "./json";

interface Known {
  words: string;
  /** later: it may go better by itself. closes: nothing at all can be sent there. */
  outcome?: "later" | "closes";
}

const ended =
  "The connection to Meta has ended. Reconnect this account in Settings → Channels, then send the message again.";
const forbidden =
  "Meta does not allow this app to send for this account. Reconnect it in Settings → Channels with a login that manages messages.";
const busy = "Meta asks to send less for a while. The message goes out by itself a little later.";
const tooLate =
  "The time in which this person can be written to freely has ended. Wait until they write again, or reach them on another channel.";
const tooLateForWhatsApp =
  "More than 24 hours have passed since this person last wrote on WhatsApp. Send a template instead.";
const template =
  "WhatsApp did not take the values of this template. Check that every value is filled in and has the form that the template asks for.";
const unreachable =
  "This person cannot be reached here: they may have blocked you or closed their account. Reach them on another channel.";

/**
 * What Meta's codes mean to whoever wrote the message, by `code` or `code:subcode`.
 * https://developers.facebook.com/docs/messenger-platform/error-codes
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
const known: Readonly<Record<string, Known>> = {
  "0": { words: ended },
  "1": { words: "Meta had a problem of its own. The message goes out by itself a little later.", outcome: "later" },
  "2": {
    words: "Meta is out of service for the moment. The message goes out by itself a little later.",
    outcome: "later",
  },
  "3": { words: forbidden },
  "4": { words: busy, outcome: "later" },
  "10": { words: forbidden },
  "10:2018065": { words: tooLate },
  "10:2018108": { words: unreachable, outcome: "closes" },
  "10:2018278": { words: tooLate },
  "10:2534022": { words: tooLate },
  "17": { words: busy, outcome: "later" },
  "32": { words: busy, outcome: "later" },
  "33": { words: "This number no longer exists at WhatsApp. Reconnect it in Settings → Channels." },
  "80006": { words: busy, outcome: "later" },
  "80007": { words: busy, outcome: "later" },
  "100": { words: "Meta could not read this message. Change it a little and send it again, or use another channel." },
  "100:33": {
    words: "Meta does not know this account or this person any more. Check the connection in Settings → Channels.",
  },
  "100:2018001": {
    words: "Meta finds nobody with this id. They may have closed their account; reach them on another channel.",
  },
  "100:2018007": {
    words: "Meta could not fetch the file. Send it again; if that fails, send it as another type of file.",
  },
  "100:2018008": {
    words: "Meta could not fetch the file. Send it again; if that fails, send it as another type of file.",
  },
  "100:2018047": {
    words: "Meta could not take over this file. Check that it opens, then send it again or as another type of file.",
  },
  "100:2018294": { words: "Meta took too long to fetch the file. Send a smaller one." },
  "100:2534014": {
    words: "Instagram finds nobody with this id. They may have closed their account; reach them on another channel.",
  },
  "190": { words: ended },
  "200": { words: forbidden },
  "200:1545041": { words: unreachable, outcome: "closes" },
  "200:2018028": {
    words:
      "The app at Meta is still in test, so only its own testers can be written to. Ask whoever runs it to publish it.",
  },
  "230": { words: forbidden },
  "368": {
    words:
      "Meta has stopped this account from sending because of its rules. Open Business Support Home at Meta to see why.",
  },
  "506": { words: "Meta took this for a repetition of the message before it. Change it a little and send it again." },
  "551": { words: unreachable, outcome: "closes" },
  "613": { words: busy, outcome: "later" },
  "1200": {
    words: "Meta could not send this for the moment. The message goes out by itself a little later.",
    outcome: "later",
  },
  "1545041": { words: unreachable, outcome: "closes" },
  "130429": { words: busy, outcome: "later" },
  "130472": {
    words: "WhatsApp withheld this as part of an experiment with marketing messages. Reach them on another channel.",
  },
  "130497": {
    words: "WhatsApp does not let this business write to people in this country. Reach them on another channel.",
  },
  "131000": {
    words: "WhatsApp had a problem of its own. The message goes out by itself a little later.",
    outcome: "later",
  },
  "131005": { words: forbidden },
  "131008": { words: "WhatsApp misses something in this message. Write it anew and send it again." },
  "131009": {
    words: "WhatsApp did not take a value of this message. Check the number and the template, then send it again.",
  },
  "131016": {
    words: "WhatsApp is out of service for the moment. The message goes out by itself a little later.",
    outcome: "later",
  },
  "131021": { words: "This is the number that the message comes from. Choose another one.", outcome: "closes" },
  "131026": {
    words:
      "WhatsApp cannot deliver to this number: it may not be on WhatsApp, or run an old version. Reach them by SMS or email.",
  },
  "131030": {
    words:
      "The number at WhatsApp is a test number and may only write to numbers on its list. Add this one to the list at Meta.",
  },
  "131031": {
    words: "WhatsApp has locked this account. Open Business Support Home at Meta to see why and to ask for a review.",
  },
  "131037": { words: "WhatsApp has not approved the display name of this number yet. Check it in WhatsApp Manager." },
  "131042": { words: "WhatsApp could not charge for this message. Check the payment method in WhatsApp Manager." },
  "131045": {
    words: "This number is not registered for sending. Register it in WhatsApp Manager, then send the message again.",
  },
  "131047": { words: tooLateForWhatsApp },
  "131048": {
    words:
      "WhatsApp limits this number because people marked its messages as spam. Check its quality in WhatsApp Manager.",
  },
  "131049": {
    words: "WhatsApp held back this marketing message because this person gets many. Try again in a day or two.",
  },
  "131050": {
    words: "This person asked WhatsApp for no marketing messages from you. Reach them only about what they asked for.",
  },
  "131051": { words: "WhatsApp does not take this type of message. Send a text or another type of file." },
  "131052": { words: "WhatsApp could not hand over the file they sent. Ask them to send it again." },
  "131053": {
    words:
      "WhatsApp could not take over this file. Check that it opens and is of a type that WhatsApp takes, then send it again.",
  },
  "131056": {
    words: "Too many messages went to this person in a short time. The message goes out by itself a little later.",
    outcome: "later",
  },
  "131057": {
    words: "WhatsApp is working on this account. The message goes out by itself a little later.",
    outcome: "later",
  },
  "131062": {
    words:
      "WhatsApp sends this only to a phone number, and only their WhatsApp id is known. Ask them for their number.",
  },
  "132000": { words: "The number of values is not what the template asks for. Fill in every value and send it again." },
  "132001": {
    words: "WhatsApp does not have this template in this language. Choose another language or another template.",
  },
  "132005": { words: "With these values the template's text gets too long. Shorten them and send it again." },
  "132007": { words: "The text of this template breaks a rule of WhatsApp's. Change it in WhatsApp Manager." },
  "132012": { words: template },
  "132015": { words: "WhatsApp has paused this template because people did not like it. Choose another one." },
  "132016": { words: "WhatsApp has switched this template off for good. Choose another one." },
  "132018": { words: template },
  "133004": {
    words: "WhatsApp is out of service for the moment. The message goes out by itself a little later.",
    outcome: "later",
  },
  "133010": {
    words: "This number is not registered at WhatsApp. Register it in WhatsApp Manager, then send the message again.",
  },
  "135000": { words: "WhatsApp could not read this message. Change it a little and send it again." },
};

/** An error as Meta gives it, in words for staff. Of one that is not listed, Meta's own words are shown, if it has any for people. */
export function failureOf(error: Json): Failure & { outcome: Known["outcome"] | null } {
  const code = text(error.code) ?? "unknown";
  const subcode = text(error.error_subcode);
  const found = (subcode && (known[`${code}:${subcode}`] ?? known[subcode])) || known[code] || byRange(Number(code));
  const forPeople = text(error.error_user_msg) ?? text(object(error.error_data).details);
  const words = found?.words ?? `${told(forPeople)} Try again, or use another channel.`;
  return { code: subcode ? `${code}/${subcode}` : code, words, isOf: isOf(words), outcome: found?.outcome ?? null };
}

function told(theirs: string | null): string {
  if (!theirs) return "Meta refused this message without saying why.";
  return `Meta refused this message: “${theirs.slice(0, 200).replace(/[.\s]+$/, "")}.”`;
}

function byRange(code: number): Known | null {
  if (code >= 200 && code < 300) return { words: forbidden };
  if (code >= 500 && code < 600) return { words: unreachable };
  return null;
}

/** The error to throw for an answer of the Graph API's that refuses. `after`: when Meta says it may go again. */
export function refusal(error: Json, after: Date | null): Retryable | Rejected {
  const { code, words, isOf, outcome } = failureOf(error);
  if (outcome === "later" || error.is_transient === true || after) return new Retryable({ code, words }, after);
  return new Rejected({ code, words, isOf }, outcome === "closes");
}

/** What a sentence of ours is about: see `Failure`. */
function isOf(words: string): Failure["isOf"] {
  if (words === ended || words === forbidden) return "account";
  return words === tooLate || words === tooLateForWhatsApp ? "window" : undefined;
}
