import { type Account, type Inbound, Unreadable } from "../../app/channels/channel";
import { readMessaging } from "../../app/channels/vendors/meta/read-messaging";
import { split } from "../../app/channels/vendors/meta/split";
import { readWhatsApp } from "../../app/channels/whatsapp/read";
import { metaSeeds } from "./meta-seeds";
import { mutateBytes } from "./mutate";
import type { Chance, FuzzTarget, Seed } from "./target";

const receivedAt = new Date("2026-11-22T12:00:00Z");

/** What Meta delivers: taken apart at the door, and each piece read. */
export const metaTarget: FuzzTarget = {
  seeds: async () => metaSeeds(),
  mutate(input, chance, others) {
    return chance.below(3) === 0 ? mutateBytes(input, chance, others) : mutateJson(input, chance, others);
  },
  async run(input) {
    const { pieces, others } = split(input);
    const wrong: string[] = [];
    if (pieces.length === 0 && others === 0 && hasEvents(input)) wrong.push("An event was lost at the door.");
    for (const { account, key, body } of pieces) {
      if (key === "" || key.length > 512) wrong.push(`A key has ${key.length} letters.`);
      if (!("kind" in account)) continue;
      const of: Account = { ...account, shopId: "s", id: "a", name: "n", settings: {}, credentials: {} };
      const raw = { id: "i", key, receivedAt, body: Buffer.from(body), meta: {} };
      for (const item of await read(of, raw)) wrong.push(...troubleOf(item));
    }
    return wrong;
  },
  isExpected: (error) => error instanceof Unreadable,
};

/** What is put aside is kept, and the others of the same delivery are read all the same. */
async function read(account: Account, raw: Parameters<typeof readWhatsApp>[0]): Promise<Inbound[]> {
  try {
    if (account.kind === "whatsapp") return readWhatsApp(raw, account);
    const kind = account.kind === "instagram" ? "instagram" : "messenger";
    return await readMessaging({ kind, account, raw, appId: "1", nameOf: async () => null });
  } catch (error) {
    if (error instanceof Unreadable) return [];
    throw error;
  }
}

/** Whether some entry holds an object in a list where events stand. */
function hasEvents(input: Buffer): boolean {
  try {
    const { entry } = JSON.parse(input.toString("utf8")) as { entry?: unknown };
    const isObject = (one: unknown) => typeof one === "object" && one !== null && !Array.isArray(one);
    const entries = Array.isArray(entry) ? entry.filter(isObject) : [];
    return entries.some(
      ({ messaging }: { messaging?: unknown }) => Array.isArray(messaging) && messaging.some(isObject),
    );
  } catch {
    return false;
  }
}

function troubleOf(item: Inbound): string[] {
  const wrong: string[] = [];
  if (item.externalId === "") wrong.push(`A ${item.type} has no id.`);
  if (Number.isNaN(item.at.getTime())) wrong.push(`A ${item.type} has no time.`);
  if (item.type === "message") {
    if (item.from.address === "") wrong.push("A message is from nobody.");
    if (item.text === "" && item.files.length === 0 && !item.content) wrong.push("A message says nothing at all.");
    for (const { reference } of item.files) if (!reference) wrong.push("A file is nowhere.");
  }
  const told = JSON.stringify(item);
  if (/\\u0000/.test(told) || /\\ud[89a-f]/i.test(told))
    wrong.push(`A ${item.type} holds what PostgreSQL does not take.`);
  return wrong;
}

const values: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, "", "0", "\0", "\ud800", "x".repeat(5_000), [], {}, [[]], [null], { id: null }],
  ...[
    "instagram",
    "page",
    "whatsapp_business_account",
    "__proto__",
    "https://169.254.169.254/",
    1763800000,
    "1763800000",
  ],
];

/** A JSON whose values are exchanged, doubled or taken out, so that what is behind the frame is met too. */
function mutateJson(input: Buffer, chance: Chance, others: readonly Seed[]): Buffer {
  let whole: unknown;
  try {
    whole = JSON.parse(input.toString("utf8"));
  } catch {
    return mutateBytes(input, chance, others);
  }
  for (let count = 1 + chance.below(4); count > 0; count -= 1) mutateValue(whole, chance);
  try {
    return Buffer.from(JSON.stringify(whole));
  } catch {
    // Nested deeper than can be written.
    return input;
  }
}

function mutateValue(whole: unknown, chance: Chance): void {
  let at = whole;
  for (let depth = chance.below(12); depth >= 0; depth -= 1) {
    if (typeof at !== "object" || at === null) return;
    const names = Object.keys(at);
    if (names.length === 0) return;
    const name = chance.pick(names);
    const holder = at as Record<string, unknown>;
    const next = holder[name];
    if (depth > 0 && typeof next === "object" && next !== null) {
      at = next;
      continue;
    }
    const done = chance.below(4);
    if (done === 0) delete holder[name];
    else if (done === 1 && Array.isArray(at)) at.push(next);
    else holder[name] = structuredClone(chance.pick(values));
    return;
  }
}
