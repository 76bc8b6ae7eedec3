import { json } from "../provider";
import { type Asked, notFound, problem, type TwilioPart, type TwilioWorld } from "./asked";
import { newSid } from "./state";
import { Lines } from "./voice-line";
import type { VoiceCall } from "./voice-state";

/** Calls, conferences and recordings; by its control one plays whoever calls, and the phones that the app rings. */
export function voice(world: TwilioWorld): TwilioPart {
  const lines = new Lines(world);
  return {
    async answer(asked) {
      if (asked.host !== "api.twilio.com") return null;
      const [, kind, sid, rest] = /^\/(Calls|Conferences|Recordings)(?:\/(\w+))?(.*)$/.exec(asked.path) ?? [];
      if (kind === "Calls") return calls(lines, asked, sid);
      if (kind === "Conferences") return conferences(lines, asked, sid, rest ?? "");
      return kind === "Recordings" ? recordings(lines, asked, sid, rest ?? "") : null;
    },
    async control(path, body, query) {
      if (path === "/pace") {
        lines.pace = typeof body.millisecondsPerSecond === "number" ? body.millisecondsPerSecond : null;
        return json({ pace: lines.pace });
      }
      if (path === "/recordings")
        return json({ recordings: [...lines.recordings.values()].map(({ account: _, ...one }) => one) });
      const [, sid, act] = /^\/calls(?:\/(CA\w+)\/([\w-]+))?$/.exec(path) ?? [];
      if (act && sid) return play(lines, sid, act, body);
      if (path !== "/calls") return null;
      if (Object.keys(body).length > 0) return callIn(world, lines, body);
      const of = query.get("of");
      const all = [...lines.calls.values()].filter((one) => !of || one.from === of || one.to === of);
      return json({ calls: all.map((call) => shown(lines, call)) });
    },
  };
}

function shown(lines: Lines, call: VoiceCall) {
  const { account: _, go: __, ...rest } = call;
  const place = call.queue ? lines.inQueue(call.queue.name).indexOf(call) + 1 : null;
  const rooms = [...lines.rooms.values()];
  const room = rooms.find(({ participants }) => participants.some((one) => one.call === call));
  const hold = room?.participants.find((one) => one.call === call)?.hold ?? false;
  return {
    ...rest,
    place,
    hold,
    with: room?.participants.filter((one) => one.call !== call).map((one) => one.call.sid) ?? [],
  };
}

/** Somebody calls a number of the merchant's. */
function callIn(world: TwilioWorld, lines: Lines, body: Record<string, unknown>): Response {
  const to = String(body.to ?? "");
  const account = world.memory.state.accounts.find((one) => one.numbers.some((each) => each.phoneNumber === to));
  const number = account?.numbers.find((one) => one.phoneNumber === to);
  if (!account || !number?.voiceUrl) return json({ error: "Nobody answers at this number." }, 404);
  const call: VoiceCall = {
    ...fresh(account, String(body.from ?? "+266696687"), to),
    direction: "inbound",
    status: "ringing",
    callback: number.statusCallback,
    verstat: typeof body.verstat === "string" ? body.verstat : null,
  };
  lines.calls.set(call.sid, call);
  lines.follow(call, number.voiceUrl);
  call.status = "in-progress";
  return json(shown(lines, call));
}

function fresh(account: VoiceCall["account"], from: string, to: string): VoiceCall {
  return {
    sid: newSid("CA"),
    account,
    from,
    to,
    direction: "outbound-api",
    status: "queued",
    url: "",
    callback: "",
    events: [],
    verstat: null,
    heard: [],
    waiting: { kind: "nothing" },
    queue: null,
    turn: 0,
    go: null,
  };
}

/** What the person on a line does. */
function play(lines: Lines, sid: string, act: string, body: Record<string, unknown>): Response {
  const call = lines.calls.get(sid);
  if (!call) return json({ error: "There is no such call." }, 404);
  const rings = call.status === "ringing" && call.direction === "outbound-api";
  switch (act) {
    case "answer":
      if (rings) lines.pickUp(call);
      break;
    case "decline":
      if (rings) lines.end(call, "busy");
      break;
    case "no-answer":
      if (rings) lines.end(call, "no-answer");
      break;
    case "press":
      if (call.waiting.kind === "key") call.go?.({ key: String(body.key ?? "") });
      break;
    case "silent":
      if (call.waiting.kind !== "room") call.go?.({ silence: true });
      break;
    case "speak":
      if (call.waiting.kind === "message") {
        call.go?.({ spoke: { text: String(body.text ?? ""), seconds: Number(body.seconds ?? 5) } });
      }
      break;
    case "hang-up":
      lines.end(call, rings ? "no-answer" : "completed");
      break;
    default:
      return json({ error: "That is nothing one does on the phone." }, 404);
  }
  return json(shown(lines, call));
}

function calls(lines: Lines, { account, method, form }: Asked, sid: string | undefined): Response {
  if (!sid) {
    if (method !== "POST") return notFound();
    const [to, url] = [form.get("To") ?? "", form.get("Url") ?? ""];
    if (!/^(\+\d{6,15}|client:\w+)$/.test(to))
      return problem(400, 21211, "The 'To' number is not a valid phone number.");
    if (!account.numbers.some((one) => one.phoneNumber === form.get("From"))) {
      return problem(400, 21210, "The source phone number provided is not yet verified for your account.");
    }
    const callback = form.get("StatusCallback") ?? "";
    const events = form.getAll("StatusCallbackEvent");
    const call: VoiceCall = { ...fresh(account, form.get("From") ?? "", to), url, callback, events, status: "ringing" };
    lines.calls.set(call.sid, call);
    call.waiting = { kind: "ringing" };
    ringOut(lines, call, Number(form.get("Timeout") ?? 60));
    return json(callJson(call), 201);
  }
  const call = lines.calls.get(sid);
  if (call?.account.sid !== account.sid || !call) return notFound();
  if (method === "POST") {
    if (lines.isOver(call)) return problem(400, 21220, "Call is not in-progress. Cannot redirect.");
    const [status, url] = [form.get("Status"), form.get("Url")];
    if (status === "completed" || status === "canceled") {
      lines.end(call, call.status === "ringing" ? "canceled" : "completed");
    } else if (url) {
      const { queue } = call;
      call.queue = null;
      if (queue) void lines.told(call, queue.action, { QueueResult: "redirected" });
      lines.follow(call, url);
    }
  }
  return json(callJson(call));
}

function ringOut(lines: Lines, call: VoiceCall, seconds: number): void {
  if (lines.pace === null) return;
  setTimeout(() => call.status === "ringing" && lines.end(call, "no-answer"), seconds * lines.pace).unref();
}

function callJson({ sid, account, from, to, status, direction }: VoiceCall) {
  return { sid, account_sid: account.sid, from, to, status, direction, api_version: "2010-04-01" };
}

function conferences(
  lines: Lines,
  { account, method, query, form }: Asked,
  sid: string | undefined,
  rest: string,
): Response {
  const rooms = [...lines.rooms.values()].filter((one) => one.account.sid === account.sid);
  if (!sid) {
    const name = query.get("FriendlyName");
    const found = rooms.filter((one) => !name || one.name === name);
    const listed = found.map((one) => ({ sid: one.sid, friendly_name: one.name, status: "in-progress" }));
    return json({ conferences: listed, page: 0 });
  }
  const room = rooms.find((one) => one.sid === sid);
  const [, callSid] = /^\/Participants\/(\w+)\.json$/.exec(rest) ?? [];
  const one = room?.participants.find(({ call }) => call.sid === callSid);
  if (!room || !one) return notFound();
  if (method === "POST") {
    if (form.has("Hold")) one.hold = form.get("Hold") === "true";
    if (form.has("EndConferenceOnExit")) one.endsRoom = form.get("EndConferenceOnExit") === "true";
  }
  return json({ call_sid: callSid, conference_sid: sid, hold: one.hold, end_conference_on_exit: one.endsRoom });
}

function recordings(lines: Lines, { account, method }: Asked, sid: string | undefined, rest: string): Response {
  const found = lines.recordings.get(sid ?? "");
  if (!found || found.account.sid !== account.sid || found.deleted) return notFound();
  if (method === "DELETE") {
    found.deleted = true;
    return new Response(null, { status: 204 });
  }
  if (rest !== ".wav") return json({ sid, duration: String(found.seconds), status: "completed" });
  return new Response(lines.soundOf(found) as Uint8Array<ArrayBuffer>, { headers: { "Content-Type": "audio/x-wav" } });
}
