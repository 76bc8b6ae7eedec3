import { createHmac } from "node:crypto";
import type { Account } from "~/channels/channel";
import { meta } from "../../dev/providers/meta/provider";
import type { LocalProviders } from "../../dev/providers/start";
import type { Contract } from "./contract";

type Kind = "instagram" | "messenger" | "whatsapp";

const secret = "a secret at Meta";
const idOf = (kind: Kind, person: number): string =>
  ({ instagram: "9100000000000", messenger: "6100000000000", whatsapp: "452011" })[kind] + String(1000 + person);

async function ask<Answer>(local: LocalProviders, word: string, body?: object): Promise<Answer> {
  const answer = await local.control("meta", `/${word}`, body);
  if (!answer.ok) throw new Error(`${word}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

interface Threads {
  threads: {
    account: string;
    messages: { id: string; by: string; text: string; state: string; attachments: unknown[] }[];
  }[];
}

/** An event of Instagram's or Messenger's, or a fact of WhatsApp's, of a person at an account. */
export function delivered(kind: Kind, account: Account, facts: object): string {
  const { externalId } = account;
  if (kind === "whatsapp") {
    const metadata = { display_phone_number: "4520123456", phone_number_id: externalId };
    const value = { messaging_product: "whatsapp", metadata, ...facts };
    return JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{ id: "1", changes: [{ field: "messages", value }] }],
    });
  }
  const sides = { sender: { id: idOf(kind, 3) }, recipient: { id: externalId }, timestamp: Date.now() };
  const entry = [{ id: externalId, time: Date.now(), messaging: [{ ...sides, ...facts }] }];
  return JSON.stringify({ object: kind === "instagram" ? "instagram" : "page", entry });
}

const frame = (kind: Kind) => ({
  "nothing at all": () => "",
  "no JSON": () => "{",
  "a list": () => "[[]]",
  "no entries": () => JSON.stringify({ object: kind }),
  "entries that are none": () => JSON.stringify({ object: "page", entry: [null, 1, "x", []] }),
  "another object": () => JSON.stringify({ object: "user", entry: [{ id: "1" }] }),
  "a nesting without end": () => `{"object":"page","entry":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
});

/** What the battery needs to know of each of Meta's channels. */
export function metaContract(
  kind: Kind,
  own: Pick<Contract, "strange" | "emptyId" | "unknownKind" | "tooLong" | "receipt" | "findable">,
): Contract {
  return {
    kind,
    provider: "meta",
    providers: [meta],
    environment: { META_APP_ID: "4711", META_APP_SECRET: secret, META_VERIFY_TOKEN: "the agreed word" },
    async account(local, number) {
      const { accounts } = await ask<{ accounts: { kind: Kind; values: Record<string, string> }[] }>(
        local,
        "accounts",
        { number: number + 10 },
      );
      return accounts.find((one) => one.kind === kind)?.values ?? {};
    },
    async door(request) {
      const { action } = await import("~/routes/channels.meta");
      return action({ request, params: {}, context: { requestId: "test", address: "127.0.0.1" } });
    },
    signature: "X-Hub-Signature-256",
    sign: (_account, body) => ({
      url: "http://127.0.0.1:4403/channels/meta",
      method: "POST",
      headers: [
        ["content-type", "application/json"],
        ["x-hub-signature-256", `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`],
      ],
      body,
    }),
    tooLarge: 4 * 1024 * 1024 + 1,
    async write(local, account, { person, text, files = [], replyTo }) {
      const id = idOf(kind, person);
      await ask(local, "people", { kind, name: `Person ${person}`, id });
      const [file] = files.map((one) => ({
        name: one.name,
        mediaType: one.type,
        base64: Buffer.from(one.bytes).toString("base64"),
      }));
      const said = {
        kind,
        account: account.externalId,
        person: id,
        text,
        ...(file ? { file } : {}),
        ...(replyTo ? { replyTo } : {}),
      };
      return (await ask<{ id: string }>(local, "say", said)).id;
    },
    async received(local, account, person) {
      const { threads } = await ask<Threads>(
        local,
        `threads?kind=${kind}&account=${account.externalId}&person=${idOf(kind, person)}`,
      );
      return (threads[0]?.messages ?? [])
        .filter((one) => one.by === "business" && (kind !== "whatsapp" || !["sent", "failed"].includes(one.state)))
        .map(({ id, text, attachments }) => ({ id, text, files: attachments.length }));
    },
    sends: kind === "whatsapp" ? "POST /v24.0/1065" : "POST /v24.0/me/messages",
    async refuse(local, _account, person) {
      await ask(local, "block", { kind, person: idOf(kind, person), blocks: true });
      return /cannot be reached|cannot deliver/;
    },
    replies: true,
    files: true,
    ...own,
    strange: { ...frame(kind), ...own.strange },
  };
}

/** What both of the Messenger Platform's channels may be told one day. */
export function messagingContract(
  kind: "instagram" | "messenger",
): Pick<Contract, "strange" | "emptyId" | "unknownKind"> {
  const event = (facts: object) => (account: Account) => delivered(kind, account, facts);
  return {
    emptyId: event({ message: { mid: "", text: "no id" } }),
    unknownKind: event({ message: { mid: "mid.new", attachments: [{ type: "hologram", payload: {} }] } }),
    strange: {
      "a message that is none": event({ message: null }),
      "nobody who wrote": event({ sender: {}, message: { mid: "mid.1", text: "x" } }),
      "an event that is new": event({ levitation: { height: 2 } }),
      "a time before time": event({ timestamp: -1, message: { mid: "mid.2", text: "x" } }),
      "a time that is none": event({ timestamp: "yesterday", message: { mid: "mid.3", text: "x" } }),
      "a null and half a letter": event({ message: { mid: "mid.4", text: "a\u0000b\ud800" } }),
      "a file elsewhere": event({
        message: { mid: "mid.5", attachments: [{ type: "image", payload: { url: "https://169.254.169.254/latest" } }] },
      }),
      "an id of ten thousand letters": event({ message: { mid: "m".repeat(10_000), text: "x" } }),
      "a receipt of nobody's message": event({ delivery: { mids: ["mid.nobody"], watermark: 1 } }),
      "a reaction to nothing": event({ reaction: { action: "react" } }),
      "lists for texts": event({ message: { mid: ["mid.6"], text: [["x"]], attachments: {} } }),
    },
  };
}

/** The provider tells of a message of ours, as far as it has a word for that. */
export const told =
  (kind: Kind): NonNullable<Contract["receipt"]> =>
  async (local, account, { id, person }, state) => {
    await ask(local, "tell", { kind, account: account.externalId, person: idOf(kind, person), message: id, state });
  };
