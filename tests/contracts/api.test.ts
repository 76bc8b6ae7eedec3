import { signApi } from "~/channels/api/signature";
import { newId } from "~/platform/ids";
import { own } from "../../dev/providers/own/own";
import { describeAdapter } from "./channel-adapter";

const origin = "http://127.0.0.1:4403";
const secret = (number: number) => `the secret of account ${number}`.padEnd(40, "x");
const person = (number: number) => `person-${number}`;
const message = (changes: object = {}) =>
  JSON.stringify({ type: "message", id: "77", from: { id: person(3) }, text: "x", ...changes });

describeAdapter({
  kind: "api",
  provider: "own",
  providers: [own],
  account: async (local, number) => ({
    name: `Kiosk ${number}`,
    url: `${local.origin}/at/own-channel/hook`,
    secret: secret(number),
  }),
  async door(request) {
    const { action } = await import("~/routes/channels.api");
    const params = { accountId: new URL(request.url).pathname.split("/")[3] };
    return action({ request, params, context: { requestId: "test", address: "127.0.0.1" } });
  },
  signature: "X-Throughline-Signature",
  sign(account, body, now) {
    const seconds = String(Math.floor(now.getTime() / 1_000));
    return {
      url: `${origin}/channels/api/${account.id}`,
      method: "POST",
      headers: [
        ["x-throughline-timestamp", seconds],
        ["x-throughline-signature", signApi(account.credentials["secret"] ?? "", seconds, body)],
      ],
      body,
    };
  },
  tooLarge: 16_000_000,
  async write(local, account, { person: number, text, files = [], replyTo }) {
    await local.control("own", "/channels", { id: account.id, name: "", secret: account.credentials["secret"] });
    const id = newId();
    const sent = files.map(({ name, type, bytes }) => ({ name, type, content: Buffer.from(bytes).toString("base64") }));
    const event = {
      type: "message",
      id,
      from: { id: person(number), name: "Anna" },
      text,
      files: sent,
      replyTo: replyTo ?? null,
    };
    await local.control("own", "/events", { channel: account.id, event });
    return id;
  },
  async received(local, _account, number) {
    const answer = await local.control("own", `/messages?with=${person(number)}`);
    const { messages } = (await answer.json()) as { messages: { id: string; text: string; files: unknown[] }[] };
    return messages.map((one) => ({ id: one.id, text: one.text, files: one.files.length }));
  },
  sends: "POST /hook",
  findable: true,
  async refuse(local, _account, number) {
    await local.control("own", "/refused", { id: person(number) });
    return /refused this with status 422/;
  },
  async receipt(local, account, { id }, state) {
    // Its own channel does not tell that it was sent: whoever takes it has it.
    if (state === "sent") return;
    const event = { type: "receipt", id: newId(), message: id, state };
    await local.control("own", "/events", { channel: account.id, event });
  },
  replies: true,
  files: true,
  emptyId: () => message({ id: "" }),
  strange: {
    nothing: () => "",
    "no JSON": () => "{",
    null: () => "null",
    "a kind that is new": () => JSON.stringify({ type: "dance", id: "1" }),
    "no sender": () => JSON.stringify({ type: "message", id: "2", text: "x" }),
    "a time that is none": () => message({ id: "3", at: "yesterday" }),
    "a receipt of nobody's message": () =>
      JSON.stringify({ type: "receipt", id: "4", message: "nobody", state: "read" }),
    "half a character": () => message({ id: "5", text: "\ud800\u0000" }),
    "no UTF-8": () => Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    "a file that is none": () => message({ id: "6", files: [{ name: "x", content: "%%%" }] }),
  },
  ownIds: true,
  tooLong: 50_001,
});
