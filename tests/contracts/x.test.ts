import { signX } from "~/channels/vendors/x/signature";
import { x } from "../../dev/providers/x/x";
import { describeAdapter } from "./channel-adapter";

const origin = "http://127.0.0.1:4403";
const person = (number: number) => String(5_000_000_000 + number);
const id = (number: number) => `170000000000000010${number}`;

const event = (to: string, changes: object = {}, data: object = {}) => ({
  type: "message_create",
  id: "77",
  created_timestamp: "1795000000000",
  message_create: { target: { recipient_id: to }, sender_id: person(3), message_data: { text: "x", ...data } },
  ...changes,
});
const frame = (us: string, events: unknown[], more: object = {}) =>
  JSON.stringify({ for_user_id: us, direct_message_events: events, ...more });

describeAdapter({
  kind: "x",
  provider: "x",
  providers: [x],
  async account(local, number) {
    const keys = {
      consumerKey: `consumer key ${number}`,
      consumerSecret: `consumer secret ${number}`,
      accessToken: `access token ${number}`,
      accessTokenSecret: `access token secret ${number}`,
    };
    await local.control("x", "/accounts", { id: id(number), username: `shop${number}`, name: "A shop", ...keys });
    return keys;
  },
  async door(request) {
    const { action, loader } = await import("~/routes/channels.x");
    const params = { accountId: new URL(request.url).pathname.split("/")[3] };
    const args = { request, params, context: { requestId: "test", address: "127.0.0.1" } };
    return request.method === "GET" ? loader(args) : action(args);
  },
  signature: "x-twitter-webhooks-signature",
  sign: (account, body) => ({
    url: `${origin}/channels/x/${account.id}`,
    method: "POST",
    headers: [
      ["content-type", "application/json"],
      ["x-twitter-webhooks-signature", signX(body, account.credentials["consumerSecret"] ?? "")],
    ],
    body,
  }),
  tooLarge: 300_000,
  async write(local, account, { person: number, text, files = [] }) {
    const [media] = files.map(({ type, bytes }) => ({ type, base64: Buffer.from(bytes).toString("base64") }));
    const body = { from: person(number), to: account.externalId, text, ...(media ? { media } : {}) };
    return ((await (await local.control("x", "/messages", body)).json()) as { id: string }).id;
  },
  async received(local, account, number) {
    const answer = await local.control("x", `/messages?with=${person(number)}`);
    const { messages } = (await answer.json()) as {
      messages: { id: string; from: string; text: string; media: string | null }[];
    };
    return messages
      .filter((one) => one.from === account.externalId)
      .map((one) => ({ id: one.id, text: one.text, files: one.media ? 1 : 0 }));
  },
  sends: "POST /2/dm_conversations",
  findable: true,
  async refuse(local, _account, number) {
    await local.control("x", "/closed", { id: person(number) });
    return /do not take messages/;
  },
  replies: false,
  files: true,
  emptyId: (account) => frame(account.externalId, [event(account.externalId, { id: "" })]),
  unknownKind: (account) =>
    frame(account.externalId, [
      { type: "voice_note", id: "78", created_timestamp: "1795000000000", sender_id: person(3) },
    ]),
  strange: {
    nothing: () => "",
    "no JSON": () => "{",
    "a list": () => "[]",
    null: () => "null",
    "of nobody": () => "{}",
    "events that are none": (account) =>
      JSON.stringify({ for_user_id: account.externalId, direct_message_events: { a: 1 } }),
    "an event without anything": (account) => frame(account.externalId, [null, 1, "x", {}]),
    "a time beyond time": (account) =>
      frame(account.externalId, [event(account.externalId, { created_timestamp: "9e99" })]),
    "a file elsewhere": (account) =>
      frame(account.externalId, [
        event(
          account.externalId,
          { id: "79" },
          { attachment: { type: "media", media: { media_url_https: "https://169.254.169.254/" } } },
        ),
      ]),
    "a text that is none": (account) =>
      frame(account.externalId, [event(account.externalId, { id: "80" }, { text: { a: 1 } })]),
    "half a character": (account) =>
      frame(account.externalId, [event(account.externalId, { id: "81" }, { text: "\ud800\u0000" })]),
    "users by strange names": (account) => frame(account.externalId, [], { users: { __proto__x: { name: 1 } } }),
    "no UTF-8": (account) =>
      Buffer.concat([
        Buffer.from(`{"for_user_id":"${account.externalId}","x":"`),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}'),
      ]),
    "very deep": (account) =>
      `{"for_user_id":"${account.externalId}","user_event":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
  },
  tooLong: 10_001,
});
