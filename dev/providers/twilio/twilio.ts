import { signTwilio } from "../../../app/channels/vendors/twilio/signature";
import { json, type MakeProvider } from "../provider";
import { accounts } from "./accounts";
import { type Asked, notFound, problem, type TwilioPart, type TwilioWorld } from "./asked";
import { messages } from "./messages";
import { first, type TwilioAccountState } from "./state";
import { voice } from "./voice";

/** What there is of Twilio. */
const makeParts: readonly ((world: TwilioWorld) => TwilioPart)[] = [accounts, messages, voice];

/** Twilio on this machine: its REST API with accounts, numbers and messages, and its webhooks. */
export const twilio: MakeProvider = (surroundings) => {
  const memory = surroundings.kept("twilio", first);
  const world: TwilioWorld = {
    ...surroundings,
    memory,
    tell: (account, url, fields) => surroundings.webhooks.send(() => signed(account, url, fields)),
  };
  const parts = makeParts.map((make) => make(world));
  return {
    name: "twilio",
    hosts: ["*.twilio.com", "*.twiliocdn.com"],
    async answer(request) {
      const asked = await readAsked(request, memory.state.accounts);
      if (asked instanceof Response) return dated(asked, surroundings.clock());
      for (const part of parts) {
        const answer = await part.answer(asked);
        if (answer) return dated(answer, surroundings.clock());
      }
      return dated(notFound(), surroundings.clock());
    },
    refuse: (status, retryAfterSeconds) => {
      const answer =
        status === 429 ? problem(429, 20429, "Too Many Requests") : problem(status, status, "Service unavailable");
      if (retryAfterSeconds !== null) answer.headers.set("Retry-After", String(retryAfterSeconds));
      return answer;
    },
    async control(request) {
      const url = new URL(request.url);
      const body =
        request.method === "GET" ? {} : ((await request.json().catch(() => ({}))) as Record<string, unknown>);
      for (const part of parts) {
        const answer = await part.control?.(url.pathname, body, url.searchParams);
        if (answer) return answer;
      }
      return json({ error: "There is no such control." }, 404);
    },
  };
};

function dated(answer: Response, now: Date): Response {
  answer.headers.set("Date", now.toUTCString());
  return answer;
}

async function readAsked(request: Request, all: readonly TwilioAccountState[]): Promise<Asked | Response> {
  const url = new URL(request.url);
  const text = request.method === "GET" ? "" : await request.text();
  const common = {
    method: request.method,
    host: url.hostname,
    query: url.searchParams,
    form: new URLSearchParams(text),
  };
  // Files are handed out by their address alone.
  const [anybody] = all;
  if (url.hostname.endsWith("twiliocdn.com") && anybody) return { ...common, path: url.pathname, account: anybody };
  const [sid = "", token = ""] = Buffer.from(
    (request.headers.get("authorization") ?? "").replace(/^Basic /, ""),
    "base64",
  )
    .toString()
    .split(":");
  const account = all.find((one) => one.sid === sid && one.token === token);
  if (!account) return problem(401, 20003, "Authenticate");
  if (url.hostname !== "api.twilio.com") return { ...common, path: url.pathname, account };
  const [, of, path] = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})(\.json|\/.*)$/i.exec(url.pathname) ?? [];
  if (!path || of !== account.sid) return notFound();
  return { ...common, path, account };
}

/** As the real one signs: https://www.twilio.com/docs/usage/security#validating-requests */
function signed(account: TwilioAccountState, url: string, fields: Record<string, string>): Request {
  const form = new URLSearchParams(fields);
  return new Request(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "User-Agent": "TwilioProxy/1.1",
      "X-Twilio-Signature": signTwilio(url, form, account.token),
    },
    body: form.toString(),
  });
}
