/** A page of Facebook's with its profile on Instagram, as the merchant of the demo has them. */
export interface Page {
  id: string;
  name: string;
  token: string;
  instagram: { id: string; username: string; name: string };
}

/** A number at WhatsApp's cloud. */
export interface PhoneNumber {
  id: string;
  wabaId: string;
  display: string;
  verifiedName: string;
  token: string;
  quality: "GREEN" | "YELLOW" | "RED";
}

export type Kind = "instagram" | "messenger" | "whatsapp";

export interface Person {
  kind: Kind;
  /** IGSID, PSID or wa_id; of a person who shows a name on WhatsApp, an id of WhatsApp's. */
  id: string;
  name: string;
  username: string | null;
  /** They blocked the business. */
  blocks: boolean;
}

export interface Attachment {
  type: string;
  /** Of a file: in `media`. */
  mediaId: string | null;
  payload: Record<string, unknown>;
}

export interface Message {
  id: string;
  by: "person" | "business";
  at: string;
  text: string;
  attachments: Attachment[];
  /** Whatever else stood in the webhook or the request, as it stood there. */
  extra: Record<string, unknown>;
  reaction: string | null;
  deleted: boolean;
  edits: number;
  state: "sent" | "delivered" | "read" | "failed";
  /** biz_opaque_callback_data, or metadata. */
  key: string | null;
}

export interface Thread {
  id: string;
  kind: Kind;
  /** Page, profile or phone number id. */
  account: string;
  person: string;
  messages: Message[];
  /** When they last wrote, from which the window counts. */
  lastInAt: string | null;
  typing: boolean;
}

export interface Media {
  mediaType: string;
  name: string;
  base64: string;
}

export interface State {
  pages: Page[];
  numbers: PhoneNumber[];
  people: Person[];
  threads: Thread[];
  media: Record<string, Media>;
  templates: Record<string, unknown>[];
  /** Pages, profiles and businesses whose events go to the app. */
  subscribed: string[];
  /** Tokens that were withdrawn. */
  ended: string[];
  count: number;
}

/** What a merchant has who begins. The tokens are long because real ones are. */
export function firstState(): State {
  return {
    pages: [
      {
        id: "104200000000001",
        name: "Northwind Outfitters",
        token: "EAAlocalpagetoken000000000000000001",
        instagram: { id: "17841400000000001", username: "northwind.outfitters", name: "Northwind Outfitters" },
      },
    ],
    numbers: [
      {
        id: "106500000000001",
        wabaId: "102200000000001",
        display: "+45 20 12 34 56",
        verifiedName: "Northwind Outfitters",
        token: "EAAlocalsystemusertoken00000000000001",
        quality: "GREEN",
      },
    ],
    people: [],
    threads: [],
    media: {},
    templates: firstTemplates(),
    subscribed: [],
    ended: [],
    count: 1,
  };
}

function firstTemplates(): Record<string, unknown>[] {
  const template = (name: string, language: string, category: string, components: unknown[], status = "APPROVED") => ({
    ...{ id: `17${name.length}0${language.length}`, name, language, category, status, components },
    parameter_format: "POSITIONAL",
  });
  const body = (text: string) => ({ type: "BODY", text });
  return [
    template("order_update", "en_US", "UTILITY", [
      { type: "HEADER", format: "TEXT", text: "Order {{1}}" },
      body("Hello {{1}}, there is news of your order: {{2}}"),
      { type: "FOOTER", text: "Northwind Outfitters" },
      { type: "BUTTONS", buttons: [{ type: "URL", text: "See order", url: "https://northwind.example/orders/{{1}}" }] },
    ]),
    template("order_update", "da", "UTILITY", [body("Hej {{1}}, der er nyt om din ordre: {{2}}")]),
    template("continue_chat", "en_US", "UTILITY", [
      body("We have an answer to your question. May we go on here?"),
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Yes, please" },
          { type: "QUICK_REPLY", text: "No" },
        ],
      },
    ]),
    {
      ...template("named_hello", "en_US", "MARKETING", [body("Hello {{first_name}}, your {{item}} is back.")]),
      parameter_format: "NAMED",
    },
    template("size_guide", "en_US", "MARKETING", [
      { type: "HEADER", format: "IMAGE" },
      body("This is our size guide."),
    ]),
    template("winter_sale", "en_US", "MARKETING", [body("Our sale begins tomorrow.")], "PAUSED"),
  ];
}

/** An id in the form of each product's: a message's, a person's, a file's. */
export function newIdOf(state: State, what: Kind | "media" | "thread"): string {
  state.count += 1;
  const number = String(state.count).padStart(10, "0");
  const coded = Buffer.from(`local:${what}:${number}`).toString("base64url");
  const forms: Record<typeof what, string> = {
    instagram: `aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE${coded}`,
    messenger: `m_${coded}`,
    whatsapp: `wamid.${Buffer.from(`local:${number}`).toString("base64")}`,
    media: `7${number}`,
    thread: `t_${number}`,
  };
  return forms[what];
}

/** The thread of a person with an account, begun when there is none. */
export function threadOf(state: State, kind: Kind, account: string, person: string): Thread {
  const found = state.threads.find((one) => one.kind === kind && one.account === account && one.person === person);
  if (found) return found;
  const thread: Thread = {
    id: newIdOf(state, "thread"),
    kind,
    account,
    person,
    messages: [],
    lastInAt: null,
    typing: false,
  };
  state.threads.push(thread);
  return thread;
}

/** A message of any thread, with its thread. */
export function messageOf(state: State, id: string): { thread: Thread; message: Message } | null {
  for (const thread of state.threads) {
    const message = thread.messages.find((one) => one.id === id);
    if (message) return { thread, message };
  }
  return null;
}

/** Puts a message at the end of a thread. */
export function add(state: State, thread: Thread, at: Date, message: Partial<Message> & Pick<Message, "by">): Message {
  const whole: Message = {
    id: newIdOf(state, thread.kind),
    at: at.toISOString(),
    text: "",
    attachments: [],
    extra: {},
    reaction: null,
    deleted: false,
    edits: 0,
    state: "sent",
    key: null,
    ...message,
  };
  thread.messages.push(whole);
  if (whole.by === "person") thread.lastInAt = whole.at;
  return whole;
}

/** Where a file of Meta's is told to be. */
export const mediaUrl = (kind: Kind, id: string): string =>
  kind === "whatsapp"
    ? `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${id}`
    : `https://scontent.fbcdn.net/v/${id}`;
