import { json } from "../provider";
import { type Asked, notFound, type TwilioPart, type TwilioWorld } from "./asked";
import { number, sidOf, type TwilioAccountState, type TwilioNumber } from "./state";

/** Accounts, their numbers, short codes and messaging services. */
export function accounts(world: TwilioWorld): TwilioPart {
  return {
    async answer(asked) {
      if (asked.host === "messaging.twilio.com") return service(world, asked);
      if (asked.host !== "api.twilio.com") return null;
      if (asked.path === ".json") return json(accountJson(asked.account));
      const [, kind = "", sid] = /^\/(IncomingPhoneNumbers|SMS\/ShortCodes)(?:\/(\w+))?\.json$/.exec(asked.path) ?? [];
      if (kind === "IncomingPhoneNumbers") return numbers(world, asked, sid);
      return kind ? shortCodes(world, asked, sid) : null;
    },
    async control(path, body) {
      const { state } = world.memory;
      if (path === "/accounts" && Object.keys(body).length > 0) {
        const given = body as Partial<TwilioAccountState> & { phoneNumbers?: string[] };
        const sid = given.sid ?? sidOf("AC", String(state.accounts.length));
        const before = state.accounts.find((one) => one.sid === sid);
        const made: TwilioAccountState = {
          sid,
          token: given.token ?? `token of ${sid}`,
          name: given.name ?? "A shop",
          status: given.status ?? "active",
          numbers: (given.phoneNumbers ?? []).map(
            (one) => before?.numbers.find(({ phoneNumber }) => phoneNumber === one) ?? number(one),
          ),
          shortCodes: given.shortCodes ?? [],
          services: given.services ?? [],
        };
        state.accounts = [...state.accounts.filter((one) => one.sid !== sid), made];
        world.memory.save();
        return json(made);
      }
      return path === "/accounts" ? json({ accounts: state.accounts }) : null;
    },
  };
}

function accountJson({ sid, name, status }: TwilioAccountState) {
  return { sid, friendly_name: name, status, type: "Full", uri: `/2010-04-01/Accounts/${sid}.json` };
}

function numbers(world: TwilioWorld, { account, method, query, form }: Asked, sid: string | undefined): Response {
  if (!sid) {
    const wanted = query.get("PhoneNumber");
    const found = account.numbers.filter((one) => wanted === null || one.phoneNumber === wanted);
    return json({ incoming_phone_numbers: found.map(numberJson), page: 0, page_size: 50 });
  }
  const found = account.numbers.find((one) => one.sid === sid);
  if (!found) return notFound();
  if (method === "POST") {
    found.smsUrl = form.get("SmsUrl") ?? found.smsUrl;
    found.voiceUrl = form.get("VoiceUrl") ?? found.voiceUrl;
    found.statusCallback = form.get("StatusCallback") ?? found.statusCallback;
    world.memory.save();
  }
  return json(numberJson(found));
}

function numberJson(one: TwilioNumber) {
  return {
    sid: one.sid,
    phone_number: one.phoneNumber,
    friendly_name: one.phoneNumber,
    capabilities: { sms: one.sms, mms: one.mms, voice: one.voice, fax: false },
    sms_url: one.smsUrl,
    sms_method: "POST",
    voice_url: one.voiceUrl,
    voice_method: "POST",
    status_callback: one.statusCallback,
  };
}

function shortCodes(world: TwilioWorld, { account, method, query, form }: Asked, sid: string | undefined): Response {
  const shown = (one: TwilioAccountState["shortCodes"][number]) => ({
    sid: one.sid,
    short_code: one.shortCode,
    sms_url: one.smsUrl,
    sms_method: "POST",
  });
  if (!sid) {
    const wanted = query.get("ShortCode");
    return json({
      short_codes: account.shortCodes.filter((one) => wanted === null || one.shortCode === wanted).map(shown),
    });
  }
  const found = account.shortCodes.find((one) => one.sid === sid);
  if (!found) return notFound();
  if (method === "POST") found.smsUrl = form.get("SmsUrl") ?? found.smsUrl;
  world.memory.save();
  return json(shown(found));
}

function service(world: TwilioWorld, { account, method, path, form }: Asked): Response {
  const found = account.services.find((one) => path === `/v1/Services/${one.sid}`);
  if (!found) return notFound();
  if (method === "POST") found.inboundUrl = form.get("InboundRequestUrl") ?? found.inboundUrl;
  world.memory.save();
  return json({
    sid: found.sid,
    account_sid: account.sid,
    friendly_name: found.name,
    inbound_request_url: found.inboundUrl || null,
    inbound_method: "POST",
    use_inbound_webhook_on_number: false,
  });
}
