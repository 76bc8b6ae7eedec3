import { env } from "~/env.server";
import { Invalid } from "~/http/errors";
import { type Account, type Health, Rejected, Retryable, Unclear } from "../channel";
import { askTwilio, type TwilioAccount, type TwilioAnswer } from "../vendors/twilio/client";
import { type SmsSettings, senderKind, settingsOf, smsSettings, twilioAccount } from "./settings";

/** https://www.twilio.com/docs/messaging/api/service-resource */
const services = "https://messaging.twilio.com/v1/Services";

/** Where Twilio tells of messages to this account, and with `what` of what became of ours. */
export function doorOf(account: Pick<Account, "id">, what?: "status"): string {
  return new URL(`/channels/twilio/${account.id}${what ? `/${what}` : ""}`, env().SHOPIFY_APP_URL).href;
}

/** The sender as Twilio knows it, and who its account belongs to. Throws Invalid naming the field that is wrong. */
export async function identify(input: { settings: Record<string, unknown>; credentials: Record<string, string> }) {
  const settings = smsSettings.parse(input.settings) as unknown as SmsSettings;
  const twilio = { accountSid: settings.accountSid, authToken: input.credentials["authToken"] ?? "" };
  const owner = await asked("authToken", () => askTwilio(twilio, ".json"));
  if (owner["status"] !== "active") throw wrong("accountSid", "This account at Twilio is not active.");
  const found = await asked("sender", () => findSender(twilio, settings.sender));
  if (!found)
    throw wrong("sender", "This sender does not belong to the account. See Phone Numbers in Twilio's console.");
  if (found.sms === false) throw wrong("sender", "This number cannot send text messages. Choose another one.");
  const kind = senderKind(settings.sender);
  // A short code and a name are of one account only together with it.
  const isUnique = kind === "number" || kind === "service";
  return {
    externalId: isUnique ? settings.sender : `${settings.accountSid}:${settings.sender}`,
    name: kind === "service" ? (found.name ?? settings.sender) : settings.sender,
    settings: { ...settings, ...(found.sid ? { senderSid: found.sid } : {}), mms: found.mms },
    credentials: { authToken: twilio.authToken },
    tokenExpiresAt: null,
  };
}

interface FoundSender {
  sid: string | null;
  name: string | null;
  sms: boolean;
  mms: boolean;
  /** Where messages to it go. */
  webhook: string | null;
}

async function findSender(twilio: TwilioAccount, sender: string): Promise<FoundSender | null> {
  const text = (value: unknown) => (typeof value === "string" && value ? value : null);
  switch (senderKind(sender)) {
    case "number": {
      const [number] = await listed(
        twilio,
        `/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(sender)}`,
        "incoming_phone_numbers",
      );
      if (!number || number["phone_number"] !== sender) return null;
      const can = (number["capabilities"] ?? {}) as { sms?: boolean; mms?: boolean };
      return {
        sid: text(number["sid"]),
        name: text(number["friendly_name"]),
        sms: can.sms ?? false,
        mms: can.mms ?? false,
        webhook: text(number["sms_url"]),
      };
    }
    case "short-code": {
      const [code] = await listed(twilio, `/SMS/ShortCodes.json?ShortCode=${sender}`, "short_codes");
      return code ? { sid: text(code["sid"]), name: null, sms: true, mms: true, webhook: text(code["sms_url"]) } : null;
    }
    case "service": {
      const service = await askTwilio(twilio, `${services}/${sender}`);
      const name = text(service["friendly_name"]);
      return { sid: sender, name, sms: true, mms: true, webhook: text(service["inbound_request_url"]) };
    }
    default:
      // Names are registered by country or not at all, and the API does not list them.
      return { sid: null, name: null, sms: true, mms: false, webhook: null };
  }
}

async function listed(twilio: TwilioAccount, path: string, name: string): Promise<TwilioAnswer[]> {
  const { [name]: rows } = await askTwilio(twilio, path);
  return Array.isArray(rows) ? (rows as TwilioAnswer[]) : [];
}

/** Has Twilio send messages to our door, unless the merchant does that by hand or nobody can write to the sender. */
export async function connected(account: Account): Promise<void> {
  const { sender, setUp, senderSid } = settingsOf(account);
  const kind = senderKind(sender);
  if (setUp === "no" || kind === "alphanumeric" || !senderSid) return;
  const url = doorOf(account);
  const service = { InboundRequestUrl: url, InboundMethod: "POST", UseInboundWebhookOnNumber: "false" };
  const [path, form] =
    kind === "service"
      ? [`${services}/${senderSid}`, service]
      : [
          kind === "number" ? `/IncomingPhoneNumbers/${senderSid}.json` : `/SMS/ShortCodes/${senderSid}.json`,
          { SmsUrl: url, SmsMethod: "POST" },
        ];
  await askTwilio(twilioAccount(account), path, { form: new URLSearchParams(form as Record<string, string>) });
}

/** Whether the credentials still work and messages come here. */
export async function check(account: Account): Promise<Health> {
  const settings = settingsOf(account);
  const health = (ok: boolean, words: string): Health => ({ ok, words, tokenExpiresAt: null });
  try {
    const found = await findSender(twilioAccount(account), settings.sender);
    if (!found) return health(false, `${settings.sender} no longer belongs to the account at Twilio.`);
    if (senderKind(settings.sender) === "alphanumeric") {
      await askTwilio(twilioAccount(account), ".json");
      return health(true, `Connected. Nobody can answer to ${settings.sender}.`);
    }
    if (found.webhook !== doorOf(account)) {
      if (settings.setUp === "no")
        return health(
          false,
          `Messages to ${settings.sender} go elsewhere. Set its webhook for messages to ${doorOf(account)}.`,
        );
      await connected(account);
    }
    return health(true, `Connected as ${account.name}.`);
  } catch (error) {
    if (!isProviders(error)) throw error;
    return health(false, error.failure.words);
  }
}

const isProviders = (error: unknown): error is Rejected | Retryable | Unclear =>
  error instanceof Rejected || error instanceof Retryable || error instanceof Unclear;

const wrong = (field: string, message: string): Invalid => new Invalid([{ field, message }]);

async function asked<Answer>(field: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!isProviders(error)) throw error;
    const { code, words } = error.failure;
    if (code === "20003" || code === "401")
      throw wrong("authToken", "Twilio does not accept this auth token for this account SID.");
    if (code === "20404" || code === "404")
      throw wrong(field === "sender" ? "sender" : "accountSid", "Twilio does not know this. Copy it from the console.");
    throw wrong(field, words);
  }
}
