import type { LocalProviders } from "../providers/start";
import type { Person } from "./people";
import type { Bubble, Phone, Said } from "./phone";

type Kind = "instagram" | "messenger" | "whatsapp";

interface MetaMessage {
  id: string;
  by: "person" | "business";
  at: string;
  text: string;
  attachments: { type: string; mediaId: string | null }[];
  reaction: string | null;
  deleted: boolean;
  edits: number;
  state: string;
}

const labels: Record<Kind, string> = { instagram: "Instagram", messenger: "Messenger", whatsapp: "WhatsApp" };

/** Instagram, Messenger and WhatsApp in a customer's hand. */
export function metaPhones(providers: LocalProviders): Phone[] {
  return (["instagram", "messenger", "whatsapp"] as const).map((kind) => phone(providers, kind));
}

function phone(providers: LocalProviders, kind: Kind): Phone {
  const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const answer = await providers.control("meta", path, body);
    const said = (await answer.json()) as Answer & { error?: string };
    if (!answer.ok) throw new Error(said.error ?? "Meta did not take this.");
    return said;
  };
  const idOf = (me: Person) => (kind === "whatsapp" ? me.phone.slice(1) : me.ids[kind]);
  return {
    on: kind,
    label: labels[kind],
    acts: [
      ...(kind === "instagram"
        ? [
            { act: "story", label: "Answer a story", needs: "text" as const },
            { act: "mention", label: "Mention in my story" },
          ]
        : []),
      ...(kind === "whatsapp" ? [{ act: "location", label: "Send my location" }] : []),
      { act: "referral", label: "Come from an ad", needs: "text" },
      { act: "react", label: "❤ the last answer" },
      { act: "edit", label: "Change my last message", needs: "text" },
      { act: "delete", label: "Take my last message back" },
      { act: "read", label: "Read everything" },
      { act: "expire", label: "Let 25 hours pass" },
    ],
    async stores() {
      const { accounts } = await ask<{ accounts: { kind: string; externalId: string; name: string }[] }>("/accounts");
      return accounts.filter((one) => one.kind === kind).map((one) => ({ id: one.externalId, name: one.name }));
    },
    async thread(me, store) {
      // What WhatsApp took and could not deliver never came to the phone.
      const came = (await messages(me, store)).filter((one) => one.state !== "failed");
      return came.map((one) => bubble(providers.origin, one));
    },
    async say(me, store, said) {
      await ask("/people", { kind, name: me.name, username: me.username, id: idOf(me) });
      const to = { kind, account: store, person: idOf(me) };
      const last = async (by: MetaMessage["by"]) => {
        const found = (await messages(me, store)).findLast((one) => one.by === by && !one.deleted);
        if (!found) throw new Error("There is no such message yet.");
        return found.id;
      };
      switch (said.act) {
        case "react":
          return void (await ask("/react", { message: await last("business"), emoji: "❤" }));
        case "edit":
          return void (await ask("/edit", { message: await last("person"), text: said.text }));
        case "delete":
          return void (await ask("/delete", { message: await last("person") }));
        case "read":
          return void (await ask("/read", to));
        case "expire":
          return void (await ask("/expire", { ...to, hours: 25 }));
        default:
          await ask("/say", { ...to, text: said.text, file: said.file, replyTo: said.about, ...besides(said) });
      }
    },
  };

  async function messages(me: Person, store: string): Promise<MetaMessage[]> {
    const query = new URLSearchParams({ kind, account: store, person: idOf(me) });
    const { threads } = await ask<{ threads: { messages: MetaMessage[] }[] }>(`/threads?${query}`);
    return threads.flatMap((one) => one.messages);
  }
}

function besides({ act, text }: Said): object {
  if (act === "story") return { story: "reply" };
  if (act === "mention") return { story: "mention" };
  if (act === "referral") return { referral: { ref: "autumn", headline: "Autumn jackets" } };
  if (act === "location") {
    return {
      text: "",
      as: { type: "location", value: { latitude: 55.6761, longitude: 12.5683, name: text || "City Hall Square" } },
    };
  }
  return {};
}

function bubble(origin: string, one: MetaMessage): Bubble {
  const notes = [
    one.reaction,
    one.deleted ? "taken back" : null,
    one.edits > 0 ? "edited" : null,
    one.by === "person" ? one.state : null,
    ...one.attachments.filter((each) => !each.mediaId).map((each) => each.type.replaceAll("_", " ")),
  ];
  return {
    id: one.id,
    by: one.by === "person" ? "me" : "store",
    text: one.text,
    at: one.at,
    note: notes.filter(Boolean).join(" · ") || null,
    files: one.attachments.flatMap(({ type, mediaId }) =>
      mediaId ? [{ name: type, href: `${origin}/at/scontent.fbcdn.net/${mediaId}`, isImage: type === "image" }] : [],
    ),
  };
}
