import type { Account } from "~/channels/channel";
import { signTwilio } from "~/channels/vendors/twilio/signature";
import { twilio } from "../../dev/providers/twilio/twilio";
import { describeAdapter } from "./channel-adapter";

const origin = "http://127.0.0.1:4403";
const sid = (number: number) => `AC${String(number).repeat(32)}`;
const phone = (person: number) => `+1202555${String(1000 + person)}`;

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

function common(account: Account): Record<string, string> {
  return {
    AccountSid: String(account.settings["accountSid"]),
    To: account.externalId,
    From: phone(3),
    ApiVersion: "2010-04-01",
  };
}

describeAdapter({
  kind: "sms",
  provider: "twilio",
  providers: [twilio],
  async account(local, number) {
    const sender = `+1555010050${number}`;
    const token = `token number ${number}`;
    await local.control("twilio", "/accounts", { sid: sid(number), token, phoneNumbers: [sender] });
    return { accountSid: sid(number), authToken: token, sender };
  },
  async door(request) {
    const { action } = await import("~/routes/channels.twilio");
    const [, , , accountId, what] = new URL(request.url).pathname.split("/");
    const params = { accountId, ...(what ? { what } : {}) };
    return action({ request, params, context: { requestId: "test", address: "127.0.0.1" } });
  },
  signature: "X-Twilio-Signature",
  sign(account, body) {
    const url = `${origin}/channels/twilio/${account.id}`;
    const fields = new URLSearchParams(new TextDecoder().decode(body));
    return {
      url,
      method: "POST",
      headers: [
        ["content-type", "application/x-www-form-urlencoded"],
        ["x-twilio-signature", signTwilio(url, fields, account.credentials["authToken"] ?? "")],
      ],
      body,
    };
  },
  tooLarge: 70_000,
  async write(local, account, { person, text, files = [] }) {
    const media = files.map(({ name, type, bytes }) => ({ name, type, base64: Buffer.from(bytes).toString("base64") }));
    const answer = await local.control("twilio", "/messages", {
      from: phone(person),
      to: account.externalId,
      text,
      media,
    });
    return ((await answer.json()) as { sid: string }).sid;
  },
  async received(local, account, person) {
    const answer = await local.control("twilio", `/messages?with=${encodeURIComponent(phone(person))}`);
    const { messages } = (await answer.json()) as {
      messages: { sid: string; body: string; media: unknown[]; direction: string; from: string }[];
    };
    return messages
      .filter((one) => one.direction !== "inbound" && one.from === account.externalId)
      .map((one) => ({ id: one.sid, text: one.body, files: one.media.length }));
  },
  sends: "POST /2010-04-01",
  findable: true,
  async refuse(local, _account, person) {
    await local.control("twilio", "/phones", { number: phone(person), refuses: 21614 });
    return /not a mobile phone number/;
  },
  async receipt(local, _account, { id }, state) {
    await local.control("twilio", "/receipts", {
      sid: id,
      status: state,
      errorCode: state === "failed" ? 30003 : null,
    });
  },
  replies: false,
  files: true,
  emptyId: (account) => form({ ...common(account), MessageSid: "", SmsSid: "", Body: "no id", SmsStatus: "received" }),
  unknownKind: (account) =>
    form({ ...common(account), MessageSid: "SMnew", SmsStatus: "received", NumMedia: "0", Body: "" }),
  strange: {
    "nothing at all": () => "",
    "no form": () => '{"MessageSid":"SM1"}',
    "no sender": (account) => form({ AccountSid: "AC", To: account.externalId, MessageSid: "SM2", Body: "x" }),
    "a status that is new": (account) =>
      form({ From: account.externalId, MessageSid: "SM3", MessageStatus: "pondered" }),
    "a receipt of nobody's message": (account) =>
      form({ From: account.externalId, MessageSid: "SM4", MessageStatus: "delivered" }),
    "many files, none of them there": (account) =>
      form({ ...common(account), MessageSid: "SM5", NumMedia: "99999999" }),
    "a file elsewhere": (account) =>
      form({ ...common(account), MessageSid: "SM6", NumMedia: "1", MediaUrl0: "https://169.254.169.254/latest" }),
    "half a character": (account) => `${form({ ...common(account), MessageSid: "SM7" })}&Body=%F0%9F%91`,
    "a null in the text": (account) => form({ ...common(account), MessageSid: "SM8", Body: "a\u0000b\ud800" }),
    "letters for a number": (account) =>
      form({ ...common(account), From: "client:anna", MessageSid: "SM9", Body: "x" }),
  },
  tooLong: 1_601,
});
