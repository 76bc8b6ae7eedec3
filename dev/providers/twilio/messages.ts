import { createHash } from "node:crypto";
import { segmentsOf } from "../../../app/channels/sms/segments";
import { json } from "../provider";
import { type Asked, notFound, problem, type TwilioPart, type TwilioWorld } from "./asked";
import { newSid, type Phone, rfc2822, type TwilioAccountState, type TwilioMessage } from "./state";

const stops = /^(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout)$/i;
const starts = /^(start|unstop|yes)$/i;

/** Text messages both ways, their files, and what becomes of them. */
export function messages(world: TwilioWorld): TwilioPart {
  const { state } = world.memory;
  return {
    async answer(asked) {
      if (asked.host.endsWith("twiliocdn.com")) return file(state.messages, asked.path.slice(1));
      if (asked.host !== "api.twilio.com") return null;
      if (asked.path === "/Messages.json") return asked.method === "POST" ? create(world, asked) : list(world, asked);
      const [, sid, kind, of] = /^\/Messages\/(\w+?)(?:\/(Media)(?:\/(\w+))?)?(?:\.json)?$/.exec(asked.path) ?? [];
      const found = state.messages.find((one) => one.sid === sid && one.accountSid === asked.account.sid);
      if (!sid) return null;
      if (!found) return notFound();
      if (!kind) return json(messageJson(found));
      if (!of) return json({ media_list: found.media.map((one) => mediaJson(found, one)) });
      const one = found.media.find((each) => each.sid === of);
      if (!one) return notFound();
      // Files are handed out by another host.
      const location = `https://mms.twiliocdn.com/${found.accountSid}/${one.sid}`;
      return new Response(null, { status: 307, headers: { Location: location } });
    },
    async control(path, body, query) {
      if (path === "/messages" && typeof body["from"] === "string") return json(await write(world, body as never));
      if (path === "/messages") {
        const phone = query.get("with");
        const with_ = state.messages.filter((one) => phone === null || one.from === phone || one.to === phone);
        return json({ messages: with_.slice(-200).map((one) => ({ ...one, media: one.media.map(withoutBytes) })) });
      }
      if (path === "/receipts" && typeof body["sid"] === "string") {
        const found = state.messages.find((one) => one.sid === body["sid"]);
        if (!found) return json({ error: "There is no such message." }, 404);
        await become(world, found, String(body["status"]), (body["errorCode"] as number | undefined) ?? null);
        return json({});
      }
      if (path === "/phones" && typeof body["number"] === "string") {
        Object.assign(phoneOf(world, body["number"]), body);
        return json(phoneOf(world, body["number"]));
      }
      if (path === "/receipts/mode") {
        state.receipts = body["mode"] === "manual" ? "manual" : "auto";
        return json({ receipts: state.receipts });
      }
      return null;
    },
  };
}

function phoneOf({ memory }: TwilioWorld, number: string): Phone {
  memory.state.phones[number] ??= { refuses: null, fails: null, stopped: [] };
  memory.save();
  return memory.state.phones[number];
}

async function create(world: TwilioWorld, { account, form }: Asked): Promise<Response> {
  const to = form.get("To") ?? "";
  const serviceSid = form.get("MessagingServiceSid");
  const service = account.services.find((one) => one.sid === serviceSid);
  const from = form.get("From") ?? service?.numbers[0] ?? "";
  const body = form.get("Body") ?? "";
  const urls = form.getAll("MediaUrl");
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return problem(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  if (body === "" && urls.length === 0) return problem(400, 21602, "Message body is required.");
  if (body.length > 1600) return problem(400, 21617, "The concatenated message body exceeds the 1600 character limit");
  if (urls.length > 10) return problem(400, 21623, "Number of media files exceeds allowed limit");
  const owned =
    account.numbers.some((one) => one.phoneNumber === from) || account.shortCodes.some((one) => one.shortCode === from);
  const isName = /[a-z]/i.test(from);
  if (!owned && !isName)
    return problem(400, 21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number");
  const phone = phoneOf(world, to);
  if (phone.stopped.includes(from)) return problem(400, 21610, "Attempt to send to unsubscribed recipient");
  if (phone.refuses) return problem(400, phone.refuses, `The message cannot be sent to ${to}.`);
  const media = await Promise.all(urls.map((url) => take(world, url)));
  if (media.some((one) => one === null)) return problem(400, 21620, "Invalid media URL(s)");
  const made: TwilioMessage = {
    sid: newSid(urls.length > 0 ? "MM" : "SM"),
    accountSid: account.sid,
    serviceSid: service?.sid ?? null,
    from,
    to,
    body,
    direction: "outbound-api",
    status: "queued",
    errorCode: null,
    media: media.filter((one) => one !== null),
    made: world.clock().getTime(),
    callback: form.get("StatusCallback"),
  };
  world.memory.state.messages.push(made);
  world.memory.save();
  if (world.memory.state.receipts === "auto") void goOut(world, made, phone);
  return json({ ...messageJson(made), ...(service ? { num_segments: "0", from: null } : {}) }, 201);
}

async function goOut(world: TwilioWorld, made: TwilioMessage, phone: Phone): Promise<void> {
  await become(world, made, "sent", null);
  if (phone.fails) await become(world, made, "undelivered", phone.fails);
  else await become(world, made, "delivered", null);
}

/** Twilio takes the file over when the message is made. */
async function take(world: TwilioWorld, url: string): Promise<TwilioMessage["media"][number] | null> {
  const answer = await world.app(new Request(url)).catch(() => null);
  if (!answer?.ok) return null;
  const type = answer.headers.get("content-type") ?? "application/octet-stream";
  const base64 = Buffer.from(await answer.arrayBuffer()).toString("base64");
  return { sid: newSid("ME"), type, name: "file", base64 };
}

async function become(
  world: TwilioWorld,
  message: TwilioMessage,
  status: string,
  errorCode: number | null,
): Promise<void> {
  message.status = status;
  message.errorCode = errorCode;
  world.memory.save();
  const account = world.memory.state.accounts.find((one) => one.sid === message.accountSid);
  if (!message.callback || !account) return;
  await world.tell(account, message.callback, {
    SmsSid: message.sid,
    SmsStatus: status,
    MessageStatus: status,
    To: message.to,
    MessageSid: message.sid,
    AccountSid: message.accountSid,
    From: message.from,
    ApiVersion: "2010-04-01",
    ...(message.serviceSid ? { MessagingServiceSid: message.serviceSid } : {}),
    ...(errorCode ? { ErrorCode: String(errorCode) } : {}),
  });
}

/** What a shopper does: writes from a phone to a number of an account. */
interface Written {
  from: string;
  to: string;
  text?: string;
  sid?: string;
  media?: { name: string; type: string; base64: string }[];
}

async function write(world: TwilioWorld, { from, to, text = "", sid, media = [] }: Written): Promise<{ sid: string }> {
  const { accounts, messages: all } = world.memory.state;
  const account = accounts.find(
    (one) =>
      one.numbers.some(({ phoneNumber }) => phoneNumber === to) ||
      one.shortCodes.some(({ shortCode }) => shortCode === to),
  );
  if (!account) throw new Error(`nobody has the number ${to}`);
  const service = account.services.find((one) => one.inboundUrl !== "" && one.numbers.includes(to));
  const files = media.map((one) => ({ ...one, sid: newSid("ME") }));
  const made: TwilioMessage = {
    sid: sid ?? newSid(files.length > 0 ? "MM" : "SM"),
    accountSid: account.sid,
    serviceSid: service?.sid ?? null,
    from,
    to,
    body: text,
    direction: "inbound",
    status: "received",
    errorCode: null,
    media: files,
    made: world.clock().getTime(),
    callback: null,
  };
  all.push(made);
  const phone = phoneOf(world, from);
  if (stops.test(text.trim())) phone.stopped = [...new Set([...phone.stopped, to])];
  if (starts.test(text.trim())) phone.stopped = phone.stopped.filter((one) => one !== to);
  const url = service?.inboundUrl || urlOf(account, to);
  if (url) void world.tell(account, url, webhookOf(made));
  return { sid: made.sid };
}

function urlOf(account: TwilioAccountState, to: string): string {
  const number = account.numbers.find((one) => one.phoneNumber === to);
  return number?.smsUrl ?? account.shortCodes.find((one) => one.shortCode === to)?.smsUrl ?? "";
}

/** https://www.twilio.com/docs/messaging/guides/webhook-request */
function webhookOf(message: TwilioMessage): Record<string, string> {
  const { sid, accountSid, from, to, body, media } = message;
  const files = media.flatMap((one, at) => [
    [`MediaContentType${at}`, one.type],
    [`MediaUrl${at}`, `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media/${one.sid}`],
  ]);
  return {
    ToCountry: "US",
    SmsMessageSid: sid,
    NumMedia: String(media.length),
    SmsSid: sid,
    SmsStatus: "received",
    Body: body,
    FromCountry: "US",
    To: to,
    NumSegments: String(Math.max(1, segmentsOf(body).segments)),
    MessageSid: sid,
    AccountSid: accountSid,
    From: from,
    ApiVersion: "2010-04-01",
    ...(message.serviceSid ? { MessagingServiceSid: message.serviceSid } : {}),
    ...Object.fromEntries(files),
  };
}

function list(world: TwilioWorld, { account, query }: Asked): Response {
  const since = Date.parse(`${query.get("DateSent>") ?? "1970-01-01"}T00:00:00Z`);
  const found = world.memory.state.messages
    .filter((one) => one.accountSid === account.sid && one.made >= since)
    .filter((one) => !query.has("To") || one.to === query.get("To"))
    .filter((one) => !query.has("From") || one.from === query.get("From"))
    .sort((one, other) => other.made - one.made);
  const size = Number(query.get("PageSize") ?? 50);
  const page = Number(query.get("Page") ?? 0);
  const rest = new URLSearchParams(query);
  rest.set("Page", String(page + 1));
  const uri = `/2010-04-01/Accounts/${account.sid}/Messages.json?${rest}`;
  return json({
    messages: found.slice(page * size, (page + 1) * size).map(messageJson),
    page,
    page_size: size,
    next_page_uri: found.length > (page + 1) * size ? uri : null,
  });
}

function messageJson(one: TwilioMessage) {
  return {
    sid: one.sid,
    account_sid: one.accountSid,
    messaging_service_sid: one.serviceSid,
    from: one.from,
    to: one.to,
    body: one.body,
    direction: one.direction,
    status: one.status,
    error_code: one.errorCode,
    error_message: null,
    num_media: String(one.media.length),
    num_segments: String(Math.max(1, segmentsOf(one.body).segments)),
    date_created: rfc2822(one.made),
    date_sent: rfc2822(one.made),
    api_version: "2010-04-01",
    uri: `/2010-04-01/Accounts/${one.accountSid}/Messages/${one.sid}.json`,
  };
}

function mediaJson(message: TwilioMessage, one: TwilioMessage["media"][number]) {
  const uri = `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}/Media/${one.sid}.json`;
  return { sid: one.sid, parent_sid: message.sid, content_type: one.type, uri };
}

function file(all: readonly TwilioMessage[], path: string): Response {
  const one = all
    .flatMap((message) => message.media.map((each) => ({ each, message })))
    .find(({ each, message }) => path === `${message.accountSid}/${each.sid}`);
  if (!one) return new Response("Not found", { status: 404 });
  const bytes = Buffer.from(one.each.base64, "base64");
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": one.each.type,
      "Content-Disposition": `inline; filename="${one.each.name}"`,
      ETag: `"${createHash("md5").update(bytes).digest("hex")}"`,
    },
  });
}

const withoutBytes = ({ base64, ...rest }: TwilioMessage["media"][number]) => ({
  ...rest,
  size: (base64.length * 3) / 4,
});
