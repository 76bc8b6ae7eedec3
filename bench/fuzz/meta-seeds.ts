import type { Seed } from "./target";

const sides = { sender: { id: "9100000000001" }, recipient: { id: "17841400000000001" }, timestamp: 1_763_800_000_000 };

/** Events that Instagram and Messenger share, each by its trouble. */
const events: Readonly<Record<string, object>> = {
  text: { message: { mid: "m_1", text: "Is it warm? 🧥" } },
  "files of every kind": {
    message: {
      mid: "m_2",
      attachments: ["image", "video", "audio", "file", "share", "ig_reel", "fallback"].map((type) => ({
        type,
        payload: { url: "https://scontent.fbcdn.net/v/1", title: "A title" },
      })),
    },
  },
  place: {
    message: { mid: "m_3", attachments: [{ type: "location", payload: { coordinates: { lat: 55.6, long: 12.5 } } }] },
  },
  story: {
    message: { mid: "m_4", text: "Lovely", reply_to: { story: { id: "1", url: "https://scontent.fbcdn.net/v/2" } } },
  },
  mention: {
    message: {
      mid: "m_5",
      attachments: [{ type: "story_mention", payload: { url: "https://scontent.fbcdn.net/v/3" } }],
    },
  },
  answer: { message: { mid: "m_6", text: "This", reply_to: { mid: "m_1" }, quick_reply: { payload: "SIZE_M" } } },
  ad: {
    message: {
      mid: "m_7",
      text: "Hi",
      referral: { source: "ADS", ref: "w", ads_context_data: { ad_title: "Winter" } },
    },
  },
  echo: { message: { mid: "m_8", text: "Yes", is_echo: true, app_id: 1, metadata: "k:0" } },
  card: {
    message: {
      mid: "m_9",
      is_echo: true,
      attachments: [{ type: "template", payload: { elements: [{ title: "Jacket" }] } }],
    },
  },
  unsent: { message: { mid: "m_1", is_deleted: true } },
  unsupported: { message: { mid: "m_10", is_unsupported: true } },
  edited: { message_edit: { mid: "m_1", text: "Is it very warm?", num_edit: 1 } },
  reaction: { reaction: { mid: "m_1", action: "react", reaction: "love", emoji: "❤️" } },
  "reaction taken back": { reaction: { mid: "m_1", action: "unreact" } },
  seen: { read: { mid: "m_8", watermark: 1_763_800_000_000 } },
  delivered: { delivery: { mids: ["m_8"], watermark: 1_763_800_000_000 } },
  pressed: { postback: { mid: "m_11", title: "Begin", payload: "BEGIN", referral: { ref: "r", source: "SHORTLINK" } } },
  "only a link": { referral: { ref: "r", source: "SHORTLINK", type: "OPEN_THREAD" } },
  handover: { pass_thread_control: { new_owner_app_id: "2" } },
  policy: { "policy-enforcement": { action: "block", reason: "Spam" } },
};

const from = { from: "551187654321", timestamp: "1763800000" };
const media = { id: "71", mime_type: "image/jpeg", sha256: "x", caption: "This", filename: "a.pdf" };

const messages: Readonly<Record<string, object>> = {
  text: { type: "text", text: { body: "Is it warm?" }, context: { id: "wamid.0" } },
  ...Object.fromEntries(
    ["image", "video", "audio", "document", "sticker"].map((type) => [type, { type, [type]: media }]),
  ),
  place: { type: "location", location: { latitude: 55.6, longitude: 12.5, name: "Store", address: "Main Street" } },
  people: {
    type: "contacts",
    contacts: [{ name: { formatted_name: "Mia" }, phones: [{ phone: "+45" }], emails: [{ email: "a@b.example" }] }],
  },
  button: { type: "button", button: { text: "Yes", payload: "YES" } },
  list: {
    type: "interactive",
    interactive: { type: "list_reply", list_reply: { id: "1", title: "M", description: "Medium" } },
  },
  form: {
    type: "interactive",
    interactive: { type: "nfm_reply", nfm_reply: { response_json: '{"size":"M","flow_token":"t"}' } },
  },
  order: {
    type: "order",
    order: {
      text: "Please",
      product_items: [{ product_retailer_id: "1", quantity: 2, item_price: 3, currency: "EUR" }],
    },
  },
  reaction: { type: "reaction", reaction: { message_id: "wamid.0", emoji: "👍" } },
  moved: { type: "system", system: { type: "user_changed_number", wa_id: "4520123456", body: "moved" } },
  withdrawn: { type: "revoke", revoke: { original_message_id: "wamid.0" } },
  edited: { type: "edit", edit: { original_message_id: "wamid.0", message: { type: "image", image: media } } },
  unknown: { type: "unsupported", errors: [{ code: 131051, title: "Unknown" }] },
};

/** Whole deliveries of our own, and giants. */
export function metaSeeds(): Seed[] {
  const seed = (name: string, body: object): Seed => ({ name, bytes: Buffer.from(JSON.stringify(body)) });
  const ofNumber = (value: object, field = "messages") => ({
    object: "whatsapp_business_account",
    entry: [{ id: "1", changes: [{ field, value: { metadata: { phone_number_id: "1065" }, ...value } }] }],
  });
  const contacts = [{ profile: { name: "Mia", username: "mia" }, wa_id: from.from, user_id: "BR.1" }];
  const single = (["instagram", "page"] as const).flatMap((object) =>
    Object.entries(events).map(([name, event]) =>
      seed(`${object}: ${name}`, {
        object,
        entry: [{ id: "17841400000000001", time: 1, messaging: [{ ...sides, ...event }] }],
      }),
    ),
  );
  const whatsApp = Object.entries(messages).map(([name, message]) =>
    seed(`whatsapp: ${name}`, ofNumber({ contacts, messages: [{ ...from, id: `wamid.${name}`, ...message }] })),
  );
  const status = { id: "wamid.9", status: "failed", timestamp: "1763800000", recipient_id: from.from };
  return [
    ...single,
    ...whatsApp,
    seed(
      "whatsapp: status",
      ofNumber({ statuses: [{ ...status, errors: [{ code: 131047 }], biz_opaque_callback_data: "k:0" }] }),
    ),
    seed(
      "whatsapp: echo",
      ofNumber(
        { message_echoes: [{ to: from.from, id: "wamid.e", type: "text", text: { body: "x" } }] },
        "smb_message_echoes",
      ),
    ),
    seed(
      "whatsapp: preference",
      ofNumber({ contacts, user_preferences: [{ wa_id: from.from, value: "stop" }] }, "user_preferences"),
    ),
    seed("whatsapp: call", ofNumber({ calls: [{ id: "wacid.1", from: from.from, event: "connect" }] }, "calls")),
    seed("a thousand events", {
      object: "page",
      entry: Array.from({ length: 1_000 }, (_, at) => ({
        id: `${at % 7}`,
        messaging: [{ ...sides, message: { mid: `m_${at}`, text: "x" } }],
      })),
    }),
    {
      name: "a deep nesting",
      bytes: Buffer.from(
        `{"object":"page","entry":[{"id":"1","messaging":[{"x":${"[".repeat(50_000)}${"]".repeat(50_000)}}]}]}`,
      ),
    },
    seed("a long text", {
      object: "page",
      entry: [{ id: "1", messaging: [{ ...sides, message: { mid: "m", text: "word ".repeat(400_000) } }] }],
    }),
  ];
}
